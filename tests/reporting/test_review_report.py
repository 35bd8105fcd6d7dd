"""What the review report says."""

from __future__ import annotations

import itertools
import re

import pytest

from reporting import figures
from reporting.document import Bullets, Paragraph, plain
from reporting.renderers import RENDERERS
from tests.reporting.released import facts_for, report_of, shown, table, texts

pytestmark = pytest.mark.same_on_every_engine


def test_the_matrix_has_a_cell_with_words_for_every_item_and_state(world):
    world.walk("published", "TJK", "I.1.1", rating="substantial")

    rows = [row for pillar in ("I", "II") for row in table(report_of(world), f"matrix-{pillar}").rows]

    assert [[cell.text for cell in row[:1] + row[2:]] for row in rows] == [
        ["I.1.1", "Awaiting", "Substantial progress", "Awaiting"],
        ["I.1.2", "Awaiting", "Awaiting", "Awaiting"],
        ["II.1.1", "Awaiting", "Awaiting", "Awaiting"],
        ["II.1.2", "Not due", "Not due", "Not due"],
    ]


def test_the_annex_lists_every_item(world):
    rows = table(report_of(world, after_days=51), "items-table").rows

    assert [row[0].text for row in rows] == ["I.1.1", "I.1.2", "II.1.1", "II.1.2"]
    assert [cell.text for cell in rows[3][2:4]] == ["The UN and organizations", ""]
    assert {cell.text for cell in rows[0][4:]} == {"Not released"}


def test_who_reported_is_counted_for_every_state(world):
    world.walk("published", "TJK", "I.1.1", rating="not_applicable", rating_reason="No border.", measures_taken="")
    world.walk("published", "TJK", "I.1.2")

    participation = table(report_of(world), "participation-table")

    assert [[cell.text for cell in row] for row in (*participation.rows, participation.footer)] == [
        ["Kazakhstan", "3", "0", "0", "0", "0", "0", "0", "3"],
        ["Tajikistan", "3", "2", "2", "0", "0", "1", "0", "1"],
        ["Uzbekistan", "3", "0", "0", "0", "0", "0", "0", "3"],
        ["All States", "9", "2", "2", "0", "0", "1", "0", "7"],
    ]


def test_rows_of_figures_add_up_to_their_footer(world):
    world.walk("published", "TJK", "I.1.1")
    world.walk("published", "KAZ", "II.1.1", rating="implemented")
    document = report_of(world)

    for anchor in ("figures-pillars", "figures-objectives"):
        counted = table(document, anchor)
        for place in range(2, len(counted.columns) - 1):
            values = [row[place].value for row in counted.rows]
            assert sum(values) == counted.footer[place].value, counted.columns[place].label
        due, *ratings, reported, empty = (cell.value for cell in counted.footer[3:-1])
        assert (sum(ratings), reported + empty) == (reported, due)


def test_items_that_nobody_reports_on_are_named(world):
    world.walk("published", "TJK", "I.1.1")

    named = [text for text in texts(report_of(world)) if text.startswith("No update is released on:")]

    assert named == [
        "No update is released on: I.1.2 Do I.1.2.",
        "No update is released on: II.1.1 Do II.1.1; II.1.2 Do II.1.2.",
    ]


def test_paragraphs_are_numbered_without_a_gap(world):
    world.walk("published", "TJK", "I.1.1")

    numbers = [one.number for one in report_of(world).blocks if isinstance(one, Paragraph) and one.number]

    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


def test_lists_and_paragraphs_of_a_state_stay_lists_and_paragraphs(world):
    world.walk("published", measures_taken="We did:\n- one thing\n- another\n\nAnd then a third.")

    blocks = report_of(world).blocks

    assert any(isinstance(one, Bullets) and one.items == ("one thing", "another") for one in blocks)
    assert any(isinstance(one, Paragraph) and one.text == "And then a third." for one in blocks)


ODD_TEXTS = ("=1+1", '#read("/etc/passwd")', "- ", "<script>alert(1)</script>", "a\u0085b")


def test_no_text_of_a_state_breaks_a_format(world):
    for text, code in zip(ODD_TEXTS, itertools.product(("KAZ", "TJK"), ("I.1.1", "I.1.2", "II.1.1")), strict=False):
        world.walk("published", *code, measures_taken=text, assistance_needed=text)
    document = report_of(world)

    for extension in RENDERERS:
        assert document.fingerprint in shown(document, extension)


def test_requests_for_assistance_are_listed_by_state_and_item(world):
    world.walk("published", "UZB", "I.1.1", assistance_needed="Two trainers.")
    world.walk("published", "KAZ", "I.1.2", assistance_needed="A laboratory.")

    rows = table(report_of(world), "assistance-table").rows

    assert [[row[0].text, row[1].text, row[3].text] for row in rows] == [
        ["Kazakhstan", "I.1.2", "A laboratory."],
        ["Uzbekistan", "I.1.1", "Two trainers."],
    ]


def test_a_cycle_recorded_from_a_document_does_not_pass_for_the_states_own_judgement(world):
    own = "the State's own judgement"
    assert any(own in text for text in texts(report_of(world)))

    type(world.cycle).objects.filter(pk=world.cycle.pk).update(slug="baseline-2022")
    world.cycle.slug = "baseline-2022"

    said = texts(report_of(world))
    assert not any(own in text for text in said)
    assert any("not the States' own judgement" in text for text in said)


def test_no_word_of_rank_or_score_heads_a_column(world):
    labels = {column.label.lower() for one in report_of(world).tables for column in one.columns}

    assert not [label for label in labels if re.search(r"rank|score|position|place", label)]


def test_figures_in_the_summary_are_those_of_the_tables(world):
    world.walk("published", "TJK", "I.1.1")
    total = figures.of_all(facts_for(world))

    summary = next(one for one in report_of(world).blocks if one.kind == "box")

    first = plain(summary.blocks[1].items[0])
    assert first == f"Updates due: {total.due}. Reported: {total.reported} (11.1 %). Awaiting: {total.empty}."
