"""What the note on one State shows, what it leaves out, and that it is two pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from benchmarks.full_cycle import full_cycle
from commitments.content import Rating
from reporting import figures
from reporting.facts import Section, Tombstone, Wording
from reporting.kinds import KINDS
from reporting.manuscript import Masthead
from reporting.renderers import RENDERERS
from reporting.state_note import build, sections
from reporting.state_note.room import Line, fitting, with_words
from tests.reporting.noted import crowded, lines, note, notes
from tests.reporting.readers import open_pdf, squeezed, text_of
from tests.reporting.released import table, texts
from tests.reporting.small_plan import (
    MADE_ON,
    activity,
    facts,
    headings,
    numbers,
    passage,
    reported,
    source,
    update,
    written,
)


def test_every_column_of_figures_adds_up_to_what_is_due():
    rows = {row["rating"]: row for row in numbers(table(note(reported()), "figures"))}

    for key in ("I", "II", "IV", "all"):
        rated = sum(rows[str(rating.label)][key] for rating in Rating)
        assert rated == rows["Reported"][key]
        assert rows["Reported"][key] + rows["Awaiting"][key] == rows["Due"][key]
    assert sum(rows["Due"][key] for key in ("I", "II", "IV")) == rows["Due"]["all"] == 5


def test_the_figures_are_those_of_the_state_in_the_whole_cycle():
    whole = reported()

    rows = numbers(table(note(whole, state="UZB"), "figures"))

    expected = figures.of_state(whole, "UZB")
    assert [row["all"] for row in rows] == [
        expected.due,
        *(number for _rating, number in expected.ratings),
        expected.reported,
        expected.empty,
    ]


def test_another_state_stands_nowhere_in_the_note():
    told = facts(
        update("KAZ", "I.1.1"),
        update(
            "TJK", "I.1.2", words={"measures_taken": "Canary.", "challenges": "Canary."}, sources=(source("Canary"),)
        ),
        activities=(activity("canary", "I.1.1", states=("TJK",)),),
    )

    content = RENDERERS["json"].render(note(told)).decode()

    assert "anary" not in content
    assert "Tajikistan" not in content


def test_implemented_items_come_first_and_two_of_a_pillar_at_most():
    told = facts(
        update("KAZ", "I.1.1", "limited"),
        update("KAZ", "I.1.2", "implemented"),
        update("KAZ", "II.1.1", "not_started"),
        update("KAZ", "IV.SPRR.1", "limited"),
        update("KAZ", "IV.SPRR.2", "substantial"),
    )

    shown = lines(note(told), "Main measures and results")

    assert [line.split()[0] for line in shown] == ["I.1.2", "I.1.1", "IV.SPRR.2", "IV.SPRR.1"]


def test_what_is_left_out_is_counted_and_its_place_named():
    whole = full_cycle()

    document = note(whole)

    measures = lines(document, "Main measures and results")
    progress = [one for one in whole.updates_of("KAZ") if one.rating in {"limited", "substantial", "implemented"}]
    assert len(measures) == 8
    assert f"{len(progress) - 8} more stand in the review report of the cycle" in notes(document)


def test_words_of_a_state_stand_whole_or_not_at_all():
    short, long = "A law was passed.", "Very much was done. " * 200
    told = facts(
        update("KAZ", "I.1.1", words={"measures_taken": long}), update("KAZ", "I.1.2", words={"measures_taken": short})
    )

    shown = lines(note(told), "Main measures and results")

    assert shown == ["I.1.1 Do I.1.1. Limited progress.", "I.1.2 Do I.1.2. Limited progress. “A law was passed.”"]


def test_words_in_another_language_are_not_quoted_without_their_translation():
    words = (Section("measures_taken", Wording("Принят закон.")), Section("challenges", Wording("Мало средств.")))
    translated = (Section("measures_taken", Wording("Принят закон.", (("en", "A law was passed."),))), words[1])
    told = facts(replace(update("KAZ", "I.1.1", language="ru"), sections=translated))

    document = note(told)

    assert lines(document, "Main measures and results")[0].endswith("“A law was passed.”")
    assert lines(document, "Challenges and assistance needed") == ["I.1.1 Do I.1.1."]


def test_next_steps_stand_by_their_day_and_passed_ones_last():
    day = dt.date(2028, 1, 9)
    told = facts(
        update("KAZ", "I.1.1", next_steps_on=day),
        update("KAZ", "I.1.2", next_steps_on=dt.date(2029, 1, 1)),
        update("KAZ", "II.1.1", next_steps_on=dt.date(2028, 3, 1)),
        update("KAZ", "IV.SPRR.1", next_steps_on=dt.date(2030, 1, 1)),
    )

    shown = lines(note(told), "Next steps")

    assert [line.split(": ")[0] for line in shown] == ["1 March 2028", "1 January 2029", "1 January 2030"]
    assert "1 more stands in the review report" in notes(note(told))


def test_the_latest_activities_in_the_state_come_first():
    days = {"a": dt.date(2027, 9, 1), "b": dt.date(2027, 10, 1), "c": dt.date(2027, 11, 1), "d": dt.date(2027, 12, 1)}
    told = facts(activities=tuple(activity(slug, starts_on=on, ends_on=on) for slug, on in days.items()))

    shown = lines(note(told), "Activities of partners")

    assert [line.split(" (")[0] for line in shown] == ["Workshop d", "Workshop c", "Workshop b"]
    assert "1 more stands in the review report of the cycle, among the activities" in notes(note(told))


def test_sources_are_named_once_and_linked():
    law = source("The law", "https://law.example/1")
    told = facts(update("KAZ", "I.1.1", sources=(law,)), update("KAZ", "I.1.2", sources=(law, source("A report"))))

    last = note(told).blocks[-1]

    assert [(one.text, one.link) for one in last.citations] == [
        ("The law", "https://law.example/1"),
        ("A report", ""),
    ]


def test_late_and_withdrawn_updates_are_counted():
    beyond = update("KAZ", "II.1.2", is_late=True)  # nobody owes it, and no figure of what is due counts it
    told = facts(update("KAZ", "I.1.1", is_late=True), beyond, tombstones=(Tombstone("KAZ", "I.1.2", "a"),))

    said = " ".join(texts(note(told)))

    assert "1 came late. 1 was withdrawn since." in said


@pytest.mark.parametrize("slug", ["measures", "challenges", "partners", "next"])
def test_what_editors_write_takes_the_place_of_what_the_rules_choose(slug):
    told = facts(
        update("KAZ", "I.1.1", words={"measures_taken": "M.", "challenges": "C."}, next_steps_on=MADE_ON),
        activities=(activity("a", "I.1.1"),),
    )

    document = note(told, passage(slug, "{{ state.KAZ.reported }} of {{ state.KAZ.due }}.", ("KAZ", "I.1.1")))

    assert "1 of 5." in texts(document)
    assert lines(document, dict(sections(told))[slug]) == []


def test_a_state_that_reports_nothing_has_an_honest_note():
    said = " ".join(texts(note(facts())))

    for sentence in (
        "Kazakhstan: updates due 5, reported 0 (0.0 %), awaiting 5.",
        "No released update reports progress on an action item.",
        "No released update names a challenge.",
        "No released update names assistance that is needed.",
        "No activity of partners in this State is recorded for the period.",
        "No released update dates a next step.",
        "No released update names a source.",
    ):
        assert sentence in said


@pytest.mark.parametrize("scope", ["", "KAZ", "state:", "state:FRA", "pillar:I"])
def test_a_note_on_no_state_of_the_cycle_is_refused(scope):
    with pytest.raises(ValueError, match="State"):
        build(facts(), written(), made_on=MADE_ON, scope=scope)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("length", [60, 130, 320])
def test_the_note_of_a_full_cycle_is_two_pages(language, length):
    document = note(
        crowded(language, length), language=language, masthead=Masthead(session="S" * 60, agenda_item="A" * 90)
    )

    assert len(open_pdf(RENDERERS["pdf"].render(document)).pages) == 2


@pytest.mark.parametrize("extension", ["html", "pdf"])
def test_the_note_opens_in_the_format(extension):
    told = facts(update("KAZ", "I.1.1"), activities=(activity("a", "I.1.1"),))

    shown = squeezed(text_of(extension, RENDERERS[extension].render(note(told))))

    for words in ("Note on Kazakhstan", "“A law on I.1.1.”", "Workshop a", "All pillars", "add up to “Due”"):
        assert squeezed(words) in shown


def test_the_parts_of_the_note_stand_in_the_order_of_its_sections():
    told = facts()
    labels = [label for _slug, label in sections(told)][1:]

    assert [text for text in headings(note(told)) if text in labels] == labels
    assert (KINDS["state-note"].build, KINDS["state-note"].sections) == (build, sections)


@pytest.mark.parametrize(("room", "shown"), [(1, "short"), (2, "short"), (3, "f" * 200)])
def test_words_are_shown_where_all_of_them_fit(room, shown):
    assert with_words([Line("short", "f" * 200)], room) == (shown,)


def test_what_is_too_long_is_passed_over_and_never_cut():
    assert fitting(["a" * 500, "b", "c", "d"], 2, 3) == ("b", "c")
