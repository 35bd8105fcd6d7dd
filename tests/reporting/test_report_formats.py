"""The same report in every format: its fingerprint, its figures, and no word that is not released."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from commitments.content import SECTIONS
from reporting.document import Document
from reporting.renderers import RENDERERS
from reporting.renderers.spacing import bound
from reporting.review_report import review_report
from tests.reporting.readers import Page, all_words, open_docx, open_xlsx, squeezed, text_of
from tests.reporting.released import MADE_ON, attach, canaries, facts_for, publish, report_of, shown, texts

pytestmark = pytest.mark.same_on_every_engine


def test_same_facts_and_date_make_the_same_document(world, django_assert_num_queries):
    world.walk("published")
    facts = facts_for(world)

    with django_assert_num_queries(0):
        one, other = (review_report(facts, made_on=MADE_ON) for _ in range(2))

    assert (one, one.fingerprint) == (other, other.fingerprint)


def test_another_date_language_or_release_makes_another_fingerprint(world):
    world.walk("published")
    facts = facts_for(world)
    first = review_report(facts, made_on=MADE_ON)

    world.walk("published", "TJK")

    others = [
        review_report(facts, made_on=MADE_ON + dt.timedelta(days=1)),
        review_report(facts, made_on=MADE_ON, language="ru"),
        report_of(world),
    ]
    assert len({first.fingerprint, *(other.fingerprint for other in others)}) == 4


@pytest.mark.parametrize("extension", list(RENDERERS))
def test_every_format_carries_the_fingerprint_and_the_words(world, extension):
    update = world.walk("draft", measures_taken="Seven border posts were equipped.")
    publish(world, attach(world, update, "Law on border posts"))
    document = report_of(world)

    text = shown(document, extension)

    for words in (document.fingerprint, "Seven border posts were equipped.", "Law on border posts", "To do I.1.2."):
        assert squeezed(words) in text


@pytest.mark.parametrize("extension", ["html", "docx", "xlsx"])
def test_every_format_carries_the_same_figures(world, extension):
    world.walk("published", "KAZ", "I.1.1")
    world.walk("published", "TJK", "I.1.1", rating="substantial")
    document = report_of(world, after_days=51)

    rows = _rows_shown(document, extension)

    on_page = bound if extension != "xlsx" else str
    for expected in (
        ["I", "Pillar I", "2", "6", "0", "1", "1", "0", "0", "0", "2", "4", "33.3 %"],
        ["II", "Pillar II", "2", "3", "0", "0", "0", "0", "0", "0", "0", "3", "0.0 %"],
        ["", "Whole plan", "4", "9", "0", "1", "1", "0", "0", "0", "2", "7", "22.2 %"],
    ):
        assert [on_page(words) for words in expected] in rows


def test_the_pdf_shows_the_same_figures(world):
    world.walk("published", "KAZ", "I.1.1")
    world.walk("published", "TJK", "I.1.1", rating="substantial")

    text = shown(report_of(world, after_days=51), "pdf")

    assert squeezed("Whole plan 4 9 0 1 1 0 0 0 2 7 22.2 %") in text


@pytest.mark.parametrize("extension", list(RENDERERS))
def test_unreleased_words_stand_in_no_format(world, extension):
    world.walk("published", "TJK", "I.1.1")
    for status, item in (("draft", "I.1.1"), ("submitted", "I.1.2"), ("cleared", "II.1.1"), ("accepted", "II.1.2")):
        world.walk(status, "KAZ", item, **canaries())
    update = world.walk("draft", "UZB", "I.1.1", **canaries())
    publish(world, attach(world, update, "Canary-evidence"), "un")

    content = RENDERERS[extension].render(report_of(world))

    assert "Canary" not in text_of(extension, content)
    assert b"Canary" not in content


def test_every_released_word_stands_once_on_the_pages_and_once_in_the_sheet_of_updates(world):
    world.walk("published", "KAZ", "I.1.1", **canaries())
    document = report_of(world)

    said = all_words(document)

    (updates,) = [table for table in document.tables if table.is_for_sheets]
    (row,) = updates.rows
    for name in SECTIONS:
        assert sum(f"Canary-{name}." in text for text in said) == 1, name
        assert sum(f"Canary-{name}." in cell.text for cell in row) == 1, name


@pytest.mark.parametrize(("audience", "is_shown"), [("public", False), ("participants", False), ("un", True)])
def test_withheld_sections_stand_only_in_the_report_for_the_un(world, audience, is_shown):
    world.walk("published", withheld_sections=["assistance_needed"], assistance_needed="Canary.")

    document = report_of(world, audience)

    assert ("Canary." in RENDERERS["json"].render(document).decode()) is is_shown


def test_a_report_beyond_the_public_says_who_may_read_each_update(world):
    world.walk("published", audience="participants")

    assert any("Released to: all participating States." in text for text in texts(report_of(world, "un")))
    assert ("Distribution", "Restricted (United Nations)") in report_of(world, "un").meta


def _rows_shown(document: Document, extension: str) -> list[list[str]]:
    """All rows of all tables in the file of a format."""
    content = RENDERERS[extension].render(document)
    if extension == "html":
        return [[cell.strip() for cell in row] for table in Page(content).tables for row in table]
    if extension == "docx":
        return [[cell.text for cell in row.cells] for table in open_docx(content).tables for row in table.rows]
    return [[_in_cell(cell) for cell in row] for sheet in open_xlsx(content) for row in sheet.iter_rows()]


def _in_cell(cell: Any) -> str:
    """A cell as a spreadsheet shows it."""
    if cell.value is None:
        return ""
    return f"{100 * cell.value:.1f} %" if "%" in cell.number_format else str(cell.value)
