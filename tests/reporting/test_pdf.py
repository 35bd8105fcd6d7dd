"""The PDF, opened again: its tags, bookmarks, pages and letters, and the layout of its first page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from reporting.document import Cell, Column, Heading, Kind, Paragraph, Table
from reporting.renderers import render
from reporting.renderers.layout import LANDSCAPE_WIDTH, fitted
from tests.reporting.alphabets import ALPHABETS, letters
from tests.reporting.readers import alternative_texts, open_pdf, squeezed, text_of
from tests.reporting.specimen import ITEMS, MATRIX, SENTENCE, specimen

MASTHEAD = (("Session", "Eightieth session"), ("Agenda item", "120"), ("Distribution", "General"))


def pages_of(**changes: Any) -> list[str]:
    return [page.extract_text() for page in open_pdf(render(specimen(**changes), "pdf")).pages]


def elements(content: bytes) -> Iterator[dict[str, Any]]:
    """Every element of the structure tree, in order."""

    def below(node: Any) -> Iterator[dict[str, Any]]:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                yield from below(child)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from below(node["/K"])

    yield from below(open_pdf(content).trailer["/Root"]["/StructTreeRoot"])


def bookmarks(outline: list[Any], level: int = 1) -> Iterator[tuple[int, str]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(entry, level + 1)
        else:
            yield level, entry.title


@pytest.fixture(scope="module")
def content() -> bytes:
    return render(specimen(), "pdf")


def test_first_page_has_symbol_distribution_date_session_and_title_in_this_order():
    first = squeezed(pages_of(meta=(*MASTHEAD, ("Original language", "English"), ("Plan", "The plan")))[0])

    places = ["JPOA/2022/1", "Distribution: General", "3 March 2022", "Original language: English"]
    places += ["Session: Eightieth session", "Agenda item: 120", "Review report", "Plan: The plan", "Contents"]
    assert [first.index(squeezed(text)) for text in places] == sorted(first.index(squeezed(text)) for text in places)


def test_a_reserved_symbol_is_shown_as_such():
    first = pages_of(symbol="", meta=(("Symbol", "to be assigned"),))[0]

    assert "Symbol: to be assigned" in first


def test_the_running_head_begins_on_the_second_page():
    pages = pages_of()

    assert [page.count("JPOA/2022/1") for page in pages] == [1] * len(pages)
    assert pages[0].index("JPOA/2022/1") < pages[0].index("3\u00a0March")


def test_what_precedes_the_first_heading_precedes_the_contents():
    first = pages_of(blocks=(Paragraph("What matters most."), Heading(1, "One"), Paragraph("said")))[0]

    assert first.index("What matters most.") < first.index("Contents")


def test_every_page_tells_its_number_and_how_many_there_are():
    pages = pages_of()

    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page


def test_contents_name_the_pages_where_the_headings_stand():
    blocks = tuple(
        block for number in range(1, 9) for block in (Heading(1, f"Chapter {number}"), Paragraph(SENTENCE * 60))
    )

    pages = pages_of(blocks=blocks)

    listed = dict(re.findall(r"Chapter (\d)\s*[. ]+(\d+)", pages[0]))
    assert len(listed) == 8
    for chapter, page in listed.items():
        assert f"Chapter {chapter}\n" in f"{pages[int(page) - 1]}\n"


def test_bookmarks_are_the_headings_with_their_numbers(content):
    headings = [block for block in specimen().blocks if isinstance(block, Heading)]

    found = [(level, title) for level, title in bookmarks(open_pdf(content).outline) if title != "Contents"]

    assert found == [(one.level, f"{one.number} {one.text}".strip()) for one in headings]


def test_tags_name_headings_paragraphs_tables_their_headers_lists_and_figures(content):
    tags = Counter(element["/S"] for element in elements(content))
    tables = specimen().tables

    assert tags["/Table"] == len(tables)
    assert tags["/TH"] == sum(len(table.columns) for table in tables)
    assert tags["/TR"] == sum(1 + len(table.rows) + bool(table.footer) for table in tables)
    assert tags["/P"] >= sum(isinstance(block, Paragraph) for block in specimen().blocks)
    assert tags["/H1"] >= 4
    assert tags["/LI"] >= 4


def test_figures_carry_their_alternative_texts(content):
    alternatives = [
        element["/Alt"] for element in elements(content) if element["/S"] == "/Figure" and "/Alt" in element
    ]

    assert alternatives == alternative_texts(specimen())


def test_words_in_another_language_are_tagged_with_it():
    blocks = tuple(Paragraph(letters(alphabet), language=code) for (code, _), alphabet in ALPHABETS.items())

    tagged = {
        str(element["/Lang"]) for element in elements(render(specimen(blocks=blocks), "pdf")) if "/Lang" in element
    }

    assert {code for code, _ in ALPHABETS} - {"en"} <= tagged


def test_no_line_ends_within_the_day_of_a_date_or_its_month():
    dates = tuple(Paragraph(f"{'н' * shift} " + "31 декабря 2029 года, " * 40) for shift in range(1, 25))

    lines = "\n".join(pages_of(language="ru", blocks=dates)).split("\n")

    assert len([line for line in lines if "31\u00a0декабря" in line]) > 200
    assert [line for line in lines if re.search(r"\b31\s*$|\b31\s\w+[\u00ad\u2010-]$|^\w*ря\b", line)] == []


@pytest.mark.parametrize(("language", "script"), ALPHABETS)
def test_every_letter_is_there(language, script):
    said = letters(ALPHABETS[language, script])

    text = text_of("pdf", render(specimen(language=language, blocks=(Paragraph(said, language=language),)), "pdf"))

    assert squeezed(said) in squeezed(text)
    assert "[U+" not in text


def test_a_wide_table_lies_on_landscape_pages_and_nothing_else_does(content):
    pages = open_pdf(content).pages
    is_wide = [page.mediabox.width > page.mediabox.height for page in pages]

    assert [any(f"{ITEMS.caption}" in page.extract_text() for page in pages), is_wide[0], is_wide[-1]] == [
        True,
        False,
        False,
    ]
    assert any(is_wide)


def test_the_header_row_stands_on_every_page_of_a_long_table():
    rows = tuple((Cell(f"I.1.{number}"), Cell("Something was done. " * 8)) for number in range(80))
    table = Table("Long", (Column("code", "The code", 1, Kind.CODE), Column("done", "What was done", 4)), rows)

    pages = [page for page in pages_of(blocks=(table,)) if "I.1." in page]

    assert len(pages) > 2
    assert all("What was done" in page for page in pages)


def test_no_heading_stands_last_on_a_page():
    blocks = tuple(
        block
        for number in range(120)
        for block in (Heading(1, f"Heading{number}"), Paragraph("Line of text. " * (3 + number % 17)))
    )

    pages = pages_of(blocks=blocks, contents_depth=0)

    for page in pages:
        body = [line for line in page.split("\n") if line.strip() and "Fingerprint" not in line and "Page " not in line]
        assert not re.fullmatch(r"Heading\d+\s*", body[-1])


def test_a_table_of_more_columns_than_the_page_has_room_for_is_set_in_parts():
    states = tuple(Column(f"s{number}", f"Member{number:03d}", 1) for number in range(40))
    row = (Cell("I.1.1"), Cell("Title"), *(Cell(f"Rated{number:03d}") for number in range(40)))
    table = Table("Matrix", (*MATRIX.columns[:2], *states), (row, row), notes=("A note.",), is_wide=True, anchor="wide")

    parts = fitted(table, LANDSCAPE_WIDTH)
    pages = "".join(pages_of(blocks=(table,)))

    assert len(parts) > 1
    assert [cell for part in parts for cell in part.rows[0][2:]] == list(row[2:])
    assert all(part.rows[0][:2] == row[:2] for part in parts)
    assert [bool(part.notes) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert all(pages.count(f"Rated{number:03d}") == 2 for number in range(40))
    assert f"part 1 of {len(parts)}" in pages


def test_a_table_that_fits_is_left_whole():
    assert fitted(MATRIX, LANDSCAPE_WIDTH) == (MATRIX,)
