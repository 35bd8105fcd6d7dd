"""What text, choices, dates and lists are fit to keep; what is refused is refused by field, rule and place."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from commitments import content
from commitments.errors import Invalid
from tests.domain.attempts import edit, problems

WRONG = [
    ({"results": 5}, ("results", "text")),
    ({"results": None}, ("results", "text")),
    ({"results": ["a"]}, ("results", "text")),
    ({"results": b"a"}, ("results", "text")),
    ({"results": "a\x00b"}, ("results", "characters")),
    ({"results": "a\x1bb"}, ("results", "characters")),
    ({"results": "a\x7fb"}, ("results", "characters")),
    ({"results": "a\ud800b"}, ("results", "characters")),
    ({"results": "a\udfff"}, ("results", "characters")),
    ({"results": "a\uffffb"}, ("results", "characters")),
    ({"results": "x" * 20_001}, ("results", "length")),
    ({"rating": "excellent"}, ("rating", "choice")),
    ({"rating": 1}, ("rating", "choice")),
    ({"rating": True}, ("rating", "choice")),
    ({"rating": False}, ("rating", "choice")),
    ({"rating": ["limited"]}, ("rating", "choice")),
    ({"rating": {"limited": 1}}, ("rating", "choice")),
    ({"trend": "up"}, ("trend", "choice")),
    ({"adopted": True}, ("adopted", "choice")),
    ({"applied": "maybe"}, ("applied", "choice")),
    ({"next_steps_on": "2026-13-01"}, ("next_steps_on", "date")),
    ({"next_steps_on": "2026-02-30"}, ("next_steps_on", "date")),
    ({"next_steps_on": "2026-W01-1"}, ("next_steps_on", "date")),
    ({"next_steps_on": "2026-1-1"}, ("next_steps_on", "date")),
    ({"next_steps_on": "2026-01-01T00:00"}, ("next_steps_on", "date")),
    ({"next_steps_on": "２０２６-01-01"}, ("next_steps_on", "date")),
    ({"next_steps_on": "0001-01-01"}, ("next_steps_on", "date")),
    ({"next_steps_on": "9999-12-31"}, ("next_steps_on", "date")),
    ({"next_steps_on": 20260101}, ("next_steps_on", "date")),
    ({"next_steps_on": ["2026-01-01"]}, ("next_steps_on", "date")),
    ({"next_steps_on": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, ("next_steps_on", "date")),
    ({"original_language": "de"}, ("original_language", "choice")),
    ({"original_language": ""}, ("original_language", "choice")),
    ({"original_language": ["en"]}, ("original_language", "choice")),
    ({"translations": []}, ("translations", "object")),
    ({"translations": {"de": {}}}, ("translations.de", "choice")),
    ({"translations": {1: {}}}, ("translations.1", "choice")),
    ({"translations": {"\ud800": {}}}, ("translations.?", "choice")),
    ({"translations": {"ru": "слова"}}, ("translations.ru", "object")),
    ({"translations": {"ru": {"rating": "x"}}}, ("translations.ru.rating", "unknown")),
    ({"translations": {"ru": {"\x00": "x", 5: "y"}}}, ("translations.ru.?", "unknown")),
    ({"translations": {"ru": {"results": 5}}}, ("translations.ru.results", "text")),
    ({"translations": {"ru": {"results": "AB1234567"}}}, ("translations.ru.results", "personal-data")),
    ({"withheld_sections": "results"}, ("withheld_sections", "list")),
    ({"withheld_sections": {"results": 1}}, ("withheld_sections", "list")),
    ({"withheld_sections": ["results", "rating"]}, ("withheld_sections", "unknown")),
    ({"withheld_sections": [["results"]]}, ("withheld_sections", "unknown")),
    ({"withheld_sections": [5]}, ("withheld_sections", "unknown")),
    ({"to_be_reconfirmed": "no"}, ("to_be_reconfirmed", "flag")),
    ({"to_be_reconfirmed": 0}, ("to_be_reconfirmed", "flag")),
    ({"status": "published"}, ("status", "unknown")),
    ({"audience": "public"}, ("audience", "unknown")),
    ({"version": 7}, ("version", "unknown")),
    ({"commitment": 7}, ("commitment", "unknown")),
    ({"current_revision": 7}, ("current_revision", "unknown")),
    ({"__class__": "x"}, ("__class__", "unknown")),
    ({5: "x"}, ("5", "unknown")),
    ({"я" * 100: "x"}, ("я" * 60, "unknown")),
    ({"bad\ud800\x00": "x"}, ("bad??", "unknown")),
]


@pytest.mark.parametrize(("values", "problem"), WRONG, ids=lambda value: ascii(value)[:50])
def test_what_is_malformed_is_refused_by_field_and_rule(world, values, problem):
    update, focal = world.update(), world.who("focal.kaz")

    assert problems(lambda: update.edit(by=focal, version=0, values=values)) == [problem]
    update.refresh_from_db()
    assert update.version == 0


def test_a_refusal_names_all_that_is_wrong_at_once_and_can_be_printed(world):
    values = {"rating": "good", "results": "a\x00", "trend": 5, "\ud800": "x"}
    with pytest.raises(Invalid) as refusal:
        edit(world.update(), world.who("focal.kaz"), **values)

    found = refusal.value.problems
    assert [problem.field for problem in found] == ["rating", "results", "trend", "?"]
    assert all(f"{problem.field} {problem.message}".encode() for problem in found)


def test_the_place_of_a_character_is_named(world):
    with pytest.raises(Invalid) as refusal:
        edit(world.update(), world.who("focal.kaz"), results="ab\x00cd")

    assert "Character 3" in str(refusal.value.problems[0].message)
    assert "U+0000" in str(refusal.value.problems[0].message)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Two words. \n", "Two words."),
        ("One\r\nTwo\rThree", "One\nTwo\nThree"),
        ("и\u0306", "й"),
        ("e\u0301tude", "étude"),
        ("\u200b \u2060", ""),
        ("=SUM(A1)", "=SUM(A1)"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("Ақтөбе, Өзбекстан, Тоҷикистон 😀", "Ақтөбе, Өзбекстан, Тоҷикистон 😀"),
        ("a" + "\u0323" * 30, "ạ" + "\u0323" * 29),
        ("x" * 20_000, "x" * 20_000),
        ("x" * 20_000 + "\n", "x" * 20_000),
    ],
    ids=lambda text: ascii(text)[:30],
)
def test_text_is_kept_composed_and_otherwise_as_it_is(world, written, kept):
    update = edit(world.update(), world.who("focal.kaz"), results="before", measures_taken=written, rating="limited")

    update.refresh_from_db()

    assert update.measures_taken == kept


def test_more_signs_upon_a_letter_than_any_script_has_are_refused():
    """To put them in order takes the square of their number, and sections are many."""
    with pytest.raises(Invalid) as refusal:
        content.clean_text("results", "a" + "\u0323\u0301" * 15 + "\u0301")

    assert [(one.field, one.rule) for one in refusal.value.problems] == [("results", "characters")]


def test_text_made_to_be_slow_is_refused_quickly():
    started = time.monotonic()

    with pytest.raises(Invalid):
        content.clean_text("results", "a" + "\u0315\u0300" * 1_000_000)

    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("IIN 850101300123 was issued", 5),
        ("ПИН 22301199012345", 5),
        ("He holds AB1234567.", 10),
        ("N12345678", 1),
        ("паспорт АС 2345678", 9),
        ("passport AN №1234567", 10),
        ("passport A-12345678", 10),
        ("In 2024 and\nA1234567", 13),
    ],
)
def test_identifiers_of_persons_are_refused_and_the_place_named(world, text, place):
    update, focal = world.update(), world.who("focal.kaz")

    with pytest.raises(Invalid) as refusal:
        update.edit(by=focal, version=0, values={"results": text})

    problem = refusal.value.problems[0]
    assert (problem.field, problem.rule) == ("results", "personal-data")
    assert f"Character {place} " in str(problem.message)


@pytest.mark.parametrize(
    "text",
    [
        "A/RES/72/284 and S/RES/2396 (2017)",
        "Decree 1234 of 2023-05-01; 12 500 000 tenge; USD 15000000",
        "Telephone +7 7172 70 00 00",
        "Between 2022 and 2024, 1234567 travellers were checked.",
        "Order UP-6255, Law No. 416-VI, ISO/IEC 27001",
        "The registry holds 1500000 records",
        "5 courses in 14 regions",
    ],
)
def test_figures_and_symbols_that_reports_need_are_kept(world, text):
    update = edit(world.update(), world.who("focal.kaz"), results=text)

    assert update.results == text


@pytest.mark.parametrize(
    ("value", "kept"), [("2026-06-30", dt.date(2026, 6, 30)), (dt.date(2026, 6, 30), dt.date(2026, 6, 30)), ("", None)]
)
def test_a_date_is_kept(world, value, kept):
    update = edit(world.update(), world.who("focal.kaz"), next_steps_on="2025-01-01")

    edit(update, world.who("focal.kaz"), next_steps_on=value)

    update.refresh_from_db()
    assert update.next_steps_on == kept


def test_withheld_sections_stand_in_the_order_of_the_form_and_once(world):
    update = edit(world.update(), world.who("focal.kaz"), withheld_sections=["results", "measures_taken", "results"])

    assert update.withheld_sections == ["measures_taken", "results"]
