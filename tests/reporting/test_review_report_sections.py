"""The sections of the regional review report in their order; participation and the region as a whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from reporting import figures
from reporting.document import Heading
from reporting.facts import (
    EarlierCycle,
    EarlierRating,
    Wording,
)
from reporting.review_report import LANGUAGES, sections
from tests.reporting import small_plan
from tests.reporting.released import table, texts
from tests.reporting.reviewed import report, under
from tests.reporting.small_plan import numbers, reported, update

RECORDED = replace(small_plan.CYCLE, slug="baseline-2022")


# --- Order and honesty -----------------------------------------------------------------------------


def test_the_sections_stand_in_their_order():
    document = report(reported())

    parts = [one for one in document.blocks if isinstance(one, Heading) and one.level == 1]

    assert [one.anchor for one in parts] == [
        "introduction", "participation", "picture", "pillar-I", "pillar-II", "pillar-IV", "sprr", "threads", "joint",
        "strategies", "partners", "assistance", "annex-a", "conclusions-and-recommendations", "annex-items",
        "annex-updates", "annex-statements", "annex-remarks", "annex-glossary", "annex-manifest",
    ]  # fmt: skip
    assert [one.number for one in parts[:14]] == [
        "I.", "II.", "III.", "IV.", "V.", "VI.", "VII.", "VIII.", "IX.", "X.", "XI.", "XII.", "XIII.", "XIV.",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", [small_plan.facts(), reported(), replace(reported(), cycle=RECORDED)])
def test_no_heading_stands_above_nothing(facts, language):
    blocks = [one for one in report(facts, language=language).blocks if one.kind != "page_break"]

    for heading, follower in zip(blocks, [*blocks[1:], None], strict=True):
        if isinstance(heading, Heading):
            assert follower is not None
            assert not isinstance(follower, Heading) or follower.level == heading.level + 1, heading.text


def test_sections_without_facts_say_so_in_one_sentence():
    document = report(small_plan.facts())

    for anchor, sentence in {
        "who-reported": "No update of a Member State is released to the readers of this report.",
        "quality": "No update is released to the readers of this report.",
        "partners": "No activity of partners is recorded for the period.",
        "assistance": "No released update names assistance that a State needs.",
        "strategies": "No action item of the plan speaks of a strategy.",
        "annex-a": "The plan under review is recorded without a roadmap.",
        "conclusions": "No conclusions are drawn in this report.",
        "recommendations": "No recommendations are made in this report.",
        "follow-up": "No recommendations of an earlier report are followed up here.",
        "annex-statements": "No Member State has signed a statement for this cycle.",
        "annex-remarks": "No Member State has commented on a draft of this report.",
    }.items():
        assert under(document, anchor) == [sentence]


def test_every_section_that_editors_write_in_has_a_slug_that_fits_its_field():
    listed = sections(reported())

    slugs = [slug for slug, _label in listed]
    assert slugs[4:7] == ["objective-I-1", "objective-II-1", "sprr"]
    assert len(set(slugs)) == len(slugs)
    assert all(len(slug) <= 60 and slug.replace("-", "").isalnum() and label for slug, label in listed)


def test_the_same_facts_make_the_same_fingerprint():
    one, other = (report(reported()) for _ in range(2))

    assert one.fingerprint == other.fingerprint


# --- Participation ------------------------------------------------------------------------------------


def test_updates_are_counted_by_when_they_were_submitted():
    after = small_plan.CYCLE.submissions_due_on + dt.timedelta(days=1)
    facts = small_plan.facts(
        update("KAZ", "I.1.1", submitted_on=small_plan.CYCLE.opens_on),
        update("KAZ", "I.1.2", submitted_on=after),
        update("KAZ", "II.1.1", submitted_on=after, is_late=True),
    )

    rows = numbers(table(report(facts), "participation-table"))

    assert [rows[0][key] for key in ("due", "reported", "on_time", "extended", "late", "empty")] == [5, 3, 1, 1, 1, 2]
    assert rows[-1]["due"] == 15
    assert rows[-1]["reported"] + rows[-1]["empty"] == rows[-1]["due"]


def test_in_a_recorded_cycle_nobody_was_in_time_or_late():
    document = report(replace(reported(), cycle=RECORDED))

    keys = [column.key for column in table(document, "participation-table").columns]
    assert keys == ["state", "due", "reported", "not_applicable", "no_information", "empty"]
    assert any("no State was asked for updates" in text for text in under(document, "due-and-reported"))


@pytest.mark.parametrize(("is_over", "words"), [(True, "has not reconfirmed"), (False, "not reconfirmed yet")])
def test_what_is_not_released_is_said_to_be_one_figure(is_over, words):
    facts = reported()
    facts = replace(facts, states=tuple(replace(state, is_over=is_over) for state in facts.states))

    said = " ".join(under(report(facts), "due-and-reported"))

    assert words in said
    assert "cannot be told apart" in said


def test_subjects_and_languages_of_the_updates_are_counted():
    facts = small_plan.facts(
        update("KAZ", "I.1.1", language="ru", words={"results": "A.", "challenges": "B."}),
        update("TJK", "I.1.1", words={"results": "C."}),
    )
    document = report(facts)

    subjects = {row["subject"]: row["all"] for row in numbers(table(document, "sections-table"))}
    assert (subjects["Results"], subjects["Challenges"], subjects["Lessons learned"]) == (2, 1, 0)
    assert [(row["language"], row["updates"]) for row in numbers(table(document, "languages-table"))] == [
        ("English", 1), ("Russian", 1), ("All", 2),
    ]  # fmt: skip


# --- The region ---------------------------------------------------------------------------------------


def test_every_figure_of_the_picture_has_its_table_and_the_same_numbers():
    facts = reported()
    document = report(facts)

    assert {one.table for one in document.blocks if one.kind == "figure"} == {
        "figures-pillars", "heat-table", "coverage-table",
    }  # fmt: skip
    rows = numbers(table(document, "figures-pillars"))
    assert [(row["due"], row["reported"]) for row in rows[:-1]] == [
        (one.due, one.reported) for one in (figures.of_items(facts, pillar.items) for pillar in facts.pillars)
    ]


def test_this_cycle_is_compared_with_the_last_one():
    earlier = EarlierCycle("review-2026", Wording("Review 2026"), dt.date(2026, 1, 1), (
        EarlierRating("KAZ", "I.1.1", "implemented"), EarlierRating("TJK", "I.1.1", "limited"),
    ))  # fmt: skip
    facts = small_plan.facts(update("KAZ", "I.1.1"), update("UZB", "I.1.1"), earlier=(earlier,))

    document = report(facts)

    total = numbers(table(document, "movement-table"))[-1]
    assert {key: total[key] for key in ("backward", "new", "reported", "gone")} == {
        "backward": 1, "new": 1, "reported": 2, "gone": 1,
    }  # fmt: skip
    assert {"cycles-table", "cycles-sums"} <= {one.anchor for one in document.tables}
    assert "nothing can be compared" not in " ".join(texts(document))


def test_without_an_earlier_cycle_nothing_is_compared():
    document = report(reported())

    assert "nothing can be compared" in " ".join(under(document, "trend"))
    assert "movement-table" not in {one.anchor for one in document.tables}


def test_items_that_states_owe_and_none_reports_on_are_named_by_pillar():
    facts = small_plan.facts(update("KAZ", "I.1.1"), update("KAZ", "II.1.1"))

    assert under(report(facts), "silent") == [
        "Pillar I: 1 of 2 items: I.1.2.",
        "Pillar II: there is an update on the 1 item that the States owe.",
        "Pillar IV: 2 of 2 items: IV.SPRR.1, IV.SPRR.2.",
    ]
