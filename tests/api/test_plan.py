"""The plan over HTTP: editions, codes that mean the latest of them, and search in English and Russian."""

from __future__ import annotations

import datetime as dt

import pytest

from commitments.models import ActionItem, Objective, Pillar, Plan, RoadmapProvision, Theme
from commitments.search import matches, search_text, stems

TEXTS = {
    "I.1.1": ("Strengthening border security for women", "Укрепление безопасности границ для женщин"),
    "I.1.2": ("Support of youth-led initiatives", "Поддержка молодёжных инициатив"),
    "II.1.1": ("Exchange of information on foreign fighters", "Обмен информацией об иностранных боевиках"),
}


@pytest.fixture
def searchable(world):
    for code, texts in TEXTS.items():
        ActionItem.objects.filter(code=code).update(search_text=search_text(texts))
    return world


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("border", ["I.1.1"]),
        ("BORDERS", ["I.1.1"]),
        ("strengthen", ["I.1.1"]),
        ("securities borders", ["I.1.1"]),
        ("границы", ["I.1.1"]),
        ("ГРАНИЦАМ женщины", ["I.1.1"]),
        ("молодежь", ["I.1.2"]),
        ("молодежные", ["I.1.2"]),
        ("молодёжных", ["I.1.2"]),
        ("youth", ["I.1.2"]),
        ("поддержкой youth", ["I.1.2"]),
        ("fight", ["II.1.1"]),
        ("infor", ["II.1.1"]),
        ("of", ["I.1.2", "II.1.1"]),
        ("border youth", []),
        ("rder", []),
        ("100%", []),
        ("_", None),
        ("?!", None),
    ],
)
def test_search_finds_words_in_any_form_and_in_both_languages(searchable, call, query, codes):
    answer = call().get("action-items/", {"search": query, "fields": "code"})

    if codes is None:
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "search")
    else:
        assert [row["code"] for row in answer.json()["results"]] == codes


def test_stems_are_the_same_for_all_forms_of_a_word():
    assert stems("Borders border BORDER's") == ["border", "border", "border", "s"]
    assert stems("граница границы границами") == ["границ"] * 3
    assert stems("counter-terrorism") == ["counter", "terror"]
    assert search_text(["a b", "b c"]) == " a b c "


@pytest.mark.django_db
def test_a_query_without_a_word_finds_nothing_rather_than_everything_unlike():
    assert not ActionItem.objects.filter(matches("?!")).exists()


def test_a_code_means_the_latest_edition_unless_another_is_named(world, call):
    older = Plan.objects.create(slug="jpoa-2011", title="First", adopted_on=dt.date(2011, 11, 30), source="x")
    pillar = Pillar.objects.create(plan=older, code="I", position=1, title="Older pillar")
    objective = Objective.objects.create(plan=older, pillar=pillar, code="I.1", position=1, title="Older")
    ActionItem.objects.create(
        plan=older, objective=objective, code="I.1.1", position=1, text="Older text.", short_title="x",
        addressee="joint",
    )  # fmt: skip
    caller = call()

    assert caller.get("action-items/I.1.1/").json()["text"] == "To do I.1.1."
    assert caller.get("action-items/I.1.1/?plan=jpoa-2011").json()["text"] == "Older text."
    assert [row["code"] for row in caller.get("action-items/?plan=jpoa-2011").json()["results"]] == ["I.1.1"]
    assert caller.get("pillars/I/").json()["title"] == "Pillar I"
    assert caller.get("pillars/I/?plan=jpoa-2011").json()["title"] == "Older pillar"
    assert caller.get("pillars/?plan=jpoa-2011&count=true").json()["count"] == 1
    assert caller.get("action-items/?plan=jpoa-2011&pillar=I&count=true").json()["count"] == 1


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("pillar=I", ["I.1.1", "I.1.2"]),
        ("objective=II.1", ["II.1.1", "II.1.2"]),
        ("addressee=partner", ["II.1.2"]),
        ("theme=youth", ["I.1.2"]),
        ("theme=youth&pillar=II", []),
    ],
)
def test_items_are_filtered(world, call, query, codes):
    theme = Theme.objects.create(slug="youth", title="Youth")
    world.items["I.1.2"].themes.add(theme, Theme.objects.create(slug="border", title="Border"))

    rows = call().get(f"action-items/?{query}").json()["results"]

    assert [row["code"] for row in rows] == codes
    assert all(row["themes"] == ["border", "youth"] for row in rows if row["code"] == "I.1.2")


def test_the_roadmap_is_read_by_part(world, call):
    for number, part in enumerate(("implementation", "monitoring"), 1):
        RoadmapProvision.objects.create(
            plan=world.plan, part=part, code=f"A.{number}", position=number, text="x", short_title="x"
        )

    assert [row["code"] for row in call().get("roadmap/?part=monitoring").json()["results"]] == ["A.2"]
    assert call().get("roadmap/A.1/").json()["part"] == "implementation"
