"""What the progress brief says, and what it never does."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from reporting.kinds import KINDS
from reporting.progress_brief import build, sections
from reporting.renderers import RENDERERS
from tests.reporting.readers import squeezed, text_of
from tests.reporting.released import table, texts
from tests.reporting.small_plan import CYCLE, MADE_ON, facts, numbers, passage, standing, update, written

STANDING = (
    standing("KAZ", "I", 2, 1, 1, 0, 0, 0),
    standing("KAZ", "II", 1, 0, 0, 0, 1, 0),
    standing("TJK", "I", 2, 2, 0, 0, 0, 2),
    standing("TJK", "II", 1, 0, 0, 1, 0, 0),
)


def brief(*passages, made_on=MADE_ON, **changes):
    values = {"audience": "un", "standing": STANDING} | changes
    return build(facts(update("KAZ", "II.1.1"), **values), written(*passages), made_on=made_on, language="en")


def test_what_is_due_is_the_sum_of_where_it_stands():
    rows = numbers(table(brief(), "standing-table"))

    assert len(rows) == 4
    for row in rows:
        assert row["open"] + row["cleared"] + row["accepted"] + row["published"] == row["due"]
        assert row["overdue"] <= row["open"]


# In every column the State in the middle of the alphabet has twice what the others have: whatever the States were
# sorted by, up or down, it would not stand in the middle.
UNEVEN = (
    standing("KAZ", "I", 4, 1, 1, 1, 1, 1),
    standing("TJK", "I", 8, 2, 2, 2, 2, 2),
    standing("UZB", "I", 4, 1, 1, 1, 1, 1),
)
ALPHABETICAL = ["Kazakhstan", "Tajikistan", "Uzbekistan"]


@pytest.mark.parametrize("given", [UNEVEN, tuple(reversed(UNEVEN))])
@pytest.mark.parametrize("anchor", ["standing-table", "overdue-table"])
def test_states_stand_in_alphabetical_order_whatever_their_counts(anchor, given):
    rows = numbers(table(brief(standing=given), anchor))

    assert [row["state"] for row in rows] == ALPHABETICAL


def test_states_stand_in_alphabetical_order_whatever_they_have_released():
    released = (update("KAZ", "I.1.1"), update("TJK", "I.1.1"), update("TJK", "I.1.2"), update("UZB", "I.1.1"))

    said = texts(build(facts(*released, audience="un", standing=UNEVEN), written(), made_on=MADE_ON))

    assert [name for text in said for name in ALPHABETICAL if text.startswith(f"{name}: ")] == ALPHABETICAL


def test_pillars_of_a_state_stand_in_the_order_of_the_plan():
    document = brief(standing=tuple(reversed(STANDING)))

    assert [(row["state"], row["pillar"]) for row in numbers(table(document, "standing-table"))] == [
        ("Kazakhstan", "I"),
        ("Kazakhstan", "II"),
        ("Tajikistan", "I"),
        ("Tajikistan", "II"),
    ]


def test_no_table_has_a_total_or_a_share_that_would_compare_states():
    for one in brief().tables:
        assert not one.footer
        assert not [column for column in one.columns if column.kind == "percent"]
        assert not re.search(r"rank|score|share", " ".join(column.label.lower() for column in one.columns))


def test_only_overdue_updates_are_listed_as_overdue():
    rows = numbers(table(brief(), "overdue-table"))

    assert [(row["state"], row["overdue"], row["open"], row["due"]) for row in rows] == [("Tajikistan", 2, 2, 2)]


def test_nothing_overdue_is_said_in_a_sentence():
    document = brief(standing=STANDING[:2])

    assert "No update is overdue." in texts(document)
    assert not [one for one in document.tables if one.anchor == "overdue-table"]


@pytest.mark.parametrize(
    ("made_on", "said"),
    [
        (dt.date(2028, 1, 9), "in 2 days"),
        (dt.date(2028, 1, 10), "in 1 day"),
        (dt.date(2028, 1, 11), "today"),
        (dt.date(2028, 1, 12), "1 day ago"),
        (dt.date(2028, 1, 21), "10 days ago"),
    ],
)
def test_days_are_counted_from_the_day_of_the_brief(made_on, said):
    rows = numbers(table(brief(made_on=made_on), "dates"))

    assert next(row["left"] for row in rows if row["what"] == "Updates are due from the States") == said


def test_what_comes_next_names_no_day_that_has_passed():
    ahead = [
        text for text in texts(brief(made_on=dt.date(2028, 2, 1))) if text.startswith(("Updates are", "The cycle"))
    ]

    assert ahead == ["The cycle closes: 30 June 2028 (in 150 days)."]
    assert "All dates of this cycle have passed." in texts(brief(made_on=dt.date(2029, 1, 1)))


def test_released_items_are_named_by_state():
    said = texts(brief())

    assert "Kazakhstan: II.1.1." in said
    assert "Tajikistan: nothing yet." in said


def test_an_objective_that_is_released_as_a_whole_is_named_once():
    released = facts(update("KAZ", "I.1.1"), update("KAZ", "I.1.2"), audience="un", standing=STANDING)

    said = texts(build(released, written(), made_on=MADE_ON))

    assert "Kazakhstan: I.1 (all 2)." in said


def test_the_brief_says_what_the_secretariat_cannot_know():
    said = " ".join(texts(brief()))

    assert "Drafts and submitted updates belong to the State" in said
    assert "cannot tell them apart" in said


def test_a_cycle_in_which_nothing_is_due_makes_an_honest_brief():
    document = brief(standing=(), states=(), updates=(), cycle=replace(CYCLE, phase="planned"))

    assert "No update is due in this cycle, so there is nothing to count." in texts(document)


def test_what_editors_write_stands_in_its_section_with_its_figures():
    document = brief(passage("overdue", "Of {{ due }} updates some are late.", ("KAZ", "II.1.1")))

    said = next(block for block in document.blocks if getattr(block, "text", "") == "Of 15 updates some are late.")
    assert [(one.text, one.link) for one in said.citations] == [("Kazakhstan, II.1.1", "")]


def test_every_section_that_editors_may_write_is_in_the_brief():
    wanted = [slug for slug, _label in sections(facts())]

    document = brief(*(passage(slug, f"Words in {slug}.") for slug in wanted))

    assert [text for text in texts(document) if text.startswith("Words in")] == [f"Words in {slug}." for slug in wanted]


def test_the_registry_finds_the_brief():
    assert (KINDS["progress"].build, KINDS["progress"].sections) == (build, sections)


@pytest.mark.parametrize("extension", ["html", "pdf"])
def test_the_brief_opens_in_the_format(extension):
    document = brief()

    shown = squeezed(text_of(extension, RENDERERS[extension].render(document)))

    for words in ("Progress brief on reporting", "Kazakhstan: II.1.1.", "What this brief cannot tell", "in 1 day"):
        assert squeezed(words) in shown
