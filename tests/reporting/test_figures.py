"""Figures: adding up, whatever they are counted over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commitments.content import Rating
from commitments.models import Theme
from reporting import figures
from reporting.facts import ReviewFacts
from tests.builders import World
from tests.reporting.worlds import facts_for, rated
from tests.standing import standing


@pytest.fixture
def reported(world) -> World:
    return standing(report, world)


def report(world) -> World:
    """Updates of several ratings, one of them on an item of partners, and some that are not released to all."""
    world.walk("published", "KAZ", "I.1.1", rating="implemented")
    world.walk("published", "KAZ", "I.1.2", **rated("not_applicable"))
    world.walk("published", "TJK", "I.1.1", rating="substantial", original_language="ru")
    world.walk("published", "TJK", "II.1.1", **rated("no_information"))
    world.walk("published", "UZB", "II.1.2", rating="limited")
    world.walk("published", "UZB", "I.1.1", **rated("not_started"), audience="un")
    world.walk("accepted", "UZB", "I.1.2")
    return world


PARTITIONS = {
    "pillars": figures.by_pillar,
    "objectives": figures.by_objective,
    "States": figures.by_state,
    "addressees": figures.by_addressee,
}


def summed(parts: list[figures.Figures]) -> figures.Figures:
    ratings = tuple((rating.value, sum(part.rated(rating) for part in parts)) for rating in Rating)
    return figures.Figures(sum(part.due for part in parts), ratings, sum(part.beyond for part in parts))


@pytest.mark.parametrize("partition", PARTITIONS)
@pytest.mark.parametrize("audience", ["public", "participants", "un"])
def test_parts_add_up_to_the_whole(reported, audience, partition):
    facts = facts_for(reported, audience)

    parts = PARTITIONS[partition](facts)

    assert summed(list(parts.values())) == figures.of_all(facts)
    assert figures.of_all(facts).due == 9


@pytest.mark.parametrize("audience", ["public", "un"])
def test_numerator_rest_not_applicable_and_not_reported_are_what_is_due(reported, audience):
    facts = facts_for(reported, audience)

    for partition in PARTITIONS.values():
        for one in partition(facts).values():
            assert one.reached + one.rest + one.not_applicable + one.empty == one.due
    total = figures.of_all(facts)
    told = {"public": (2, 1, 1, 5), "un": (2, 2, 1, 4)}
    assert (total.reached, total.rest, total.not_applicable, total.empty) == told[audience]


def test_a_state_and_some_items_are_counted_together(reported):
    facts = facts_for(reported)

    one = figures.of_state(facts, "KAZ", facts.pillars[0].items)

    assert (one.due, one.rated("implemented"), one.not_applicable, one.empty) == (2, 1, 1, 0)
    assert figures.of_state(facts, "KAZ", facts.items) == figures.of_state(facts, "KAZ")


def test_shares_leave_nothing_out_of_the_denominator(reported):
    total = figures.of_all(facts_for(reported))

    assert (str(total.reported_share), str(total.reached_share)) == ("44.4", "22.2")
    assert total.no_information == 1


def test_an_update_that_nobody_owes_stands_beside_the_figures(reported):
    facts = facts_for(reported)

    total, partners = figures.of_all(facts), figures.by_addressee(facts)["partner"]

    assert (total.reported, total.beyond) == (4, 1)
    assert (partners.due, partners.reported, partners.beyond) == (0, 0, 1)


def test_figures_of_a_theme_are_those_of_its_items(reported):
    for slug, codes in (("youth", ["I.1.1", "II.1.1"]), ("ict", ["I.1.1"])):
        Theme.objects.create(slug=slug, title=slug).action_items.set([reported.items[code] for code in codes])

    themes = figures.by_theme(facts_for(reported))

    assert {slug: (one.due, one.reported) for slug, one in themes.items()} == {"ict": (3, 2), "youth": (6, 3)}


def test_states_are_counted_in_alphabetical_order_whatever_they_report(reported):
    assert list(figures.by_state(facts_for(reported))) == ["KAZ", "TJK", "UZB"]


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(0, 9, "0.0"), (1, 8, "12.5"), (1, 16, "6.3"), (9, 9, "100.0")]
)
def test_shares_have_one_decimal_and_round_halves_up(part, whole, expected):
    assert str(figures.share(part, whole)) == expected


def test_nothing_due_has_no_share():
    assert figures.share(0, 0) is None


# --- Coverage and languages -----------------------------------------------------------------------------------


def test_items_on_which_nobody_reported_are_those_that_are_owed(reported):
    facts = facts_for(reported)

    assert [item.code for item in figures.unreported(facts)] == []
    assert [item.code for item in figures.unreported(_without(facts, "KAZ"))] == ["I.1.2"]
    assert [item.code for item in figures.touched(_without(facts, "UZB"), facts.items)] == ["I.1.1", "I.1.2", "II.1.1"]


def test_coverage_counts_items_and_states_of_every_objective(reported):
    facts = facts_for(reported)

    covered = figures.coverage(_without(facts, "KAZ"))

    assert [(one.objective.code, one.items, one.touched, one.untouched, one.states) for one in covered] == [
        ("I.1", 2, 1, 1, 1),
        ("II.1", 2, 2, 0, 2),
    ]


@pytest.mark.parametrize(
    ("state", "expected"), [("", {"en": 4, "ru": 1}), ("TJK", {"en": 1, "ru": 1}), ("KAZ", {"en": 2})]
)
def test_languages_are_those_that_updates_were_written_in(reported, state, expected):
    assert figures.by_language(facts_for(reported), state) == expected


def _without(facts: ReviewFacts, state: str) -> ReviewFacts:
    return replace(facts, updates=tuple(one for one in facts.updates if one.state != state))
