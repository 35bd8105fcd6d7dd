"""What facts say of the plan besides its items: the roadmap and the themes."""

from __future__ import annotations

import pytest

from commitments.models import RoadmapProvision, Theme
from reporting.facts import PlanFacts, Provision
from reporting.frozen import thaw
from tests.reporting.worlds import facts_for


@pytest.fixture
def roadmap(world) -> None:
    parts = ["implementation"] * 6 + ["monitoring"] * 5 + ["communication"] * 4
    for position, part in enumerate(parts, 1):
        RoadmapProvision.objects.create(
            plan=world.plan, part=part, code=f"A.{position}", position=position, text=f"To do {position}.",
            short_title=f"Do {position}", first_line=900 + position,
            translations={"ru": {"text": f"Делать {position}."}},
        )  # fmt: skip


def test_the_roadmap_is_whole_and_in_its_order(world, roadmap):
    facts = facts_for(world)

    assert [one.code for one in facts.roadmap] == [f"A.{number}" for number in range(1, 16)]
    first = facts.roadmap[0]
    assert (first.part, first.short_title.text, first.text.translated("ru")) == ("implementation", "Do 1", "Делать 1.")
    assert (first.place.document, first.place.first_line) == ("x", 901)


def test_the_mandate_is_what_the_roadmap_says_of_monitoring(world, roadmap):
    facts = facts_for(world)

    monitoring = [one for one in facts.roadmap if one.part == "monitoring"]
    assert facts.mandate == tuple(Provision(one.code, one.text, one.place) for one in monitoring)
    assert len(facts.mandate) == 5


def test_the_place_of_adoption_is_known_in_every_language_that_the_plan_has_it_in(world):
    type(world.plan).objects.filter(pk=world.plan.pk).update(translations={"ru": {"adopted_in": "Ташкент"}})

    place = facts_for(world).plan.adopted_at

    assert (place.within("en"), place.within("ru")) == ("Tashkent", "Ташкент")


def test_a_plan_that_was_frozen_with_one_name_of_its_place_can_still_be_read():
    frozen = b'{"slug":"p","title":{"text":"P"},"adopted_on":"2022-03-03","adopted_in":"Tashkent","source":"x"}'

    assert thaw(frozen, PlanFacts).adopted_at.within("ru") == "Tashkent"


def test_themes_are_those_of_the_plans_items_by_title(world):
    themes = {slug: Theme.objects.create(slug=slug, title=title) for slug, title in
              (("youth", "Youth"), ("ict", "Internet"), ("unused", "Unused"))}  # fmt: skip
    world.items["I.1.1"].themes.set([themes["youth"], themes["ict"]])
    world.items["II.1.2"].themes.set([themes["youth"]])

    facts = facts_for(world)

    assert [(theme.slug, theme.title.text) for theme in facts.themes] == [("ict", "Internet"), ("youth", "Youth")]
    assert {item.code: item.themes for item in facts.items} == {
        "I.1.1": ("ict", "youth"),
        "I.1.2": (),
        "II.1.1": (),
        "II.1.2": ("youth",),
    }
