"""The Word file, opened again: styles, real numbering, fields, languages and widths."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from reporting.document import Box, Cell, Column, Heading, PageBreak, Paragraph, Reference, Table, Tone
from reporting.renderers import palette, render
from reporting.renderers.layout import LANDSCAPE_WIDTH, PORTRAIT_WIDTH
from tests.reporting.alphabets import ALPHABETS, letters
from tests.reporting.readers import open_docx, squeezed, text_of
from tests.reporting.specimen import specimen

# What Word calls the language of a run.
TAGS = {"en": "en-GB", "ru": "ru-RU", "kk": "kk-KZ", "ky": "ky-KG", "tg": "tg-Cyrl-TJ", "tk": "tk-TM"}
NUMERALS = (("I", "II"), "AB", "12", "ab")
PATTERNS = ("%s.", "%s.", "%s.", "(%s)")
UZBEK = {"Latin": "uz-Latn-UZ", "Cyrillic": "uz-Cyrl-UZ"}


@pytest.fixture(scope="module")
def word() -> Any:
    return open_docx(render(specimen(), "docx"))


def styled(word: Any, *styles: str) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style.name in styles]


def test_masthead_stands_above_the_title_in_styles_of_its_own():
    meta = (("Distribution", "General"), ("Session", "Eightieth session"), ("Plan", "The plan"))
    word = open_docx(render(specimen(meta=meta), "docx"))

    styles = [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs[:7]]

    assert styles == [
        ("Symbol", "JPOA/2022/1"),
        ("Distribution", "Distribution: General"),
        ("Distribution", "3 March 2022"),
        ("Session", "Session: Eightieth session"),
        ("Title", "Review report <2022> & more"),
        ("Subtitle", "Tashkent baseline"),
        ("Masthead", "Plan: The plan"),
    ]


def test_words_own_numbering_gives_the_numbers_of_the_document():
    blocks = (
        *(Heading(1, "One", is_numbered=True), Paragraph("first", is_numbered=True)),
        *(Heading(2, "Under one", is_numbered=True), Heading(3, "Deeper", is_numbered=True)),
        *(Heading(4, "Deepest", is_numbered=True), Heading(4, "Another", is_numbered=True)),
        *(Heading(3, "Deeper again", is_numbered=True), Heading(1, "Without a number")),
        *(Heading(1, "Two", is_numbered=True), Heading(2, "Under two", is_numbered=True)),
        *(Paragraph("not numbered"), Paragraph("second", is_numbered=True)),
    )
    document = specimen(blocks=blocks)
    word = open_docx(render(document, "docx"))

    assert numbers_shown(word) == [
        (block.text, block.number) for block in document.blocks if isinstance(block, Heading | Paragraph)
    ]


def numbers_shown(word: Any) -> list[tuple[str, str]]:
    """The number that Word shows before each heading and paragraph of the text, counted as Word counts."""
    counts, paragraphs, shown = [0] * 4, 0, []
    for paragraph in word.paragraphs:
        style, number = paragraph.style, ""
        if style.name not in {"Normal", "Numbered Paragraph"} and not style.name.startswith("Heading"):
            continue
        properties = style.element.pPr.numPr if style.element.pPr is not None else None
        own = paragraph._p.pPr.numPr
        if properties is not None and not (own is not None and own.numId.val == 0):
            if properties.numId.val == 91:
                paragraphs += 1
                number = str(paragraphs)
            else:
                level = properties.ilvl.val
                counts[level] += 1
                counts[level + 1 :] = [0] * (3 - level)
                number = PATTERNS[level] % NUMERALS[level][counts[level] - 1]
        shown.append((paragraph.text, number))
    return shown


def test_numbering_is_written_as_in_united_nations_documents(word):
    numbering = word.part.numbering_part.element
    headings = next(one for one in numbering.findall(qn("w:abstractNum")) if one.get(qn("w:abstractNumId")) == "90")

    forms = [(one.find(qn("w:numFmt")).get(qn("w:val")), one.find(qn("w:lvlText")).get(qn("w:val")))
             for one in headings.findall(qn("w:lvl"))]  # fmt: skip

    assert forms == [("upperRoman", "%1."), ("upperLetter", "%2."), ("decimal", "%3."), ("lowerLetter", "(%4)")]


def test_numbering_stands_in_the_order_that_word_insists_on(word):
    tags = [child.tag for child in word.part.numbering_part.element]

    assert tags == sorted(tags, key=[qn("w:abstractNum"), qn("w:num")].index)


def test_contents_are_a_field_that_is_filled_with_an_entry_for_each_heading(word):
    document = specimen()
    codes = "".join(node.text for node in word.element.iter(qn("w:instrText")))

    assert 'TOC \\o "1-2"' in codes
    assert [text.strip() for text in styled(word, "toc 1", "toc 2") if text.strip()] == [
        f"{heading.number}\t{heading.text}".strip() for heading in document.contents
    ]


def test_what_precedes_the_first_heading_precedes_the_contents():
    word = open_docx(render(specimen(blocks=(Paragraph("What matters."), Heading(1, "One"))), "docx"))
    said = [paragraph.text for paragraph in word.paragraphs]

    assert said.index("What matters.") < said.index("Contents")


def test_contents_leave_room_for_a_number_a_heading_and_a_page(word):
    """Word fills the list in as number, tab, heading, tab, page: each tab has its stop."""
    for level in range(1, 5):
        form = word.styles[f"toc {level}"].paragraph_format

        assert form.first_line_indent < 0
        assert [stop.position.pt for stop in form.tab_stops] == [form.left_indent.pt, PORTRAIT_WIDTH]


def test_numbers_of_captions_and_of_what_refers_to_them_are_counted_by_word():
    number = Column("number", "Number")
    tables = (Table(name, (number,), ((Cell("1"),),), anchor=name.lower()) for name in ("First", "Second"))
    said = Paragraph(("See table ", Reference("second"), ", part ", Reference("part"), ", paragraph ",
                      Reference("said"), " and ", Reference("first", "the first table"), "."),
                     is_numbered=True, anchor="said")  # fmt: skip
    blocks = (Heading(1, "Part", "part", is_numbered=True), said, *tables)

    word = open_docx(render(specimen(blocks=blocks), "docx"))

    assert styled(word, "Caption") == ["Table 1. First", "Table 2. Second"]
    codes = [node.text.split() for node in word.element.xpath("//w:p//w:instrText") if "TOC" not in node.text]
    references = [code for code in codes if code[0] == "REF"]
    assert [code for code in codes if code[0] == "SEQ"] == [["SEQ", "table", "\\*", "ARABIC"]] * 2
    assert [code[2:] for code in references] == [[], ["\\n"], ["\\n"]]
    assert {code[1] for code in references} <= set(word.element.xpath("//w:bookmarkStart/@w:name"))
    (numbered,) = styled(word, "Numbered Paragraph")
    assert numbered == "See table 2, part I, paragraph 1 and the first table."


def test_all_parts_of_a_table_have_one_number():
    columns = tuple(Column(f"c{number}", f"Column{number:02d}") for number in range(30))
    row = tuple(Cell(f"Value{number:02d}") for number in range(30))

    word = open_docx(render(specimen(blocks=(Table("Many", columns, (row,)),)), "docx"))

    first, *others = [node.text.split()[1:] for node in word.element.xpath("//w:instrText")]
    assert first == ["table", "\\*", "ARABIC"]
    assert others and all(other == ["table", "\\c"] for other in others)


def test_no_paragraph_is_empty_but_what_ends_a_section(word):
    empty = [
        paragraph.style.name
        for paragraph in word.paragraphs
        if not paragraph._p.xpath(".//w:t[text()]") and not paragraph._p.xpath(".//w:drawing")
    ]

    assert set(empty) == {"Section End"}
    assert word.styles["Section End"].paragraph_format.line_spacing == Pt(1)


def test_two_boxes_stay_two():
    boxes = (Box("One", (Paragraph("first"),)), Box("Two", (Paragraph("second"),)))

    word = open_docx(render(specimen(blocks=boxes), "docx"))

    assert not word.element.xpath("//w:tbl/following-sibling::*[1][self::w:tbl]")
    assert word.element.xpath("//w:tblCaption/@w:val") == ["Box 1. One", "Box 2. Two"]


@pytest.mark.parametrize(("notes", "kept"), [((), [True, False, False]), (("Counted so.",), [True, False, True])])
def test_the_last_row_of_a_table_stays_with_the_notes_beneath(notes, kept):
    table = Table("T", (Column("a", "A"),), ((Cell("x"),),), (Cell("y"),), notes)

    word = open_docx(render(specimen(blocks=(table,)), "docx"))

    assert [bool(row._tr.xpath(".//w:keepNext")) for row in word.tables[0].rows] == kept


def test_what_follows_a_page_break_begins_a_page():
    blocks = (Paragraph("before"), PageBreak(), Paragraph("after"), Paragraph("later"))

    word = open_docx(render(specimen(blocks=blocks), "docx"))

    said = {paragraph.text: paragraph.paragraph_format.page_break_before for paragraph in word.paragraphs}
    assert (said["before"], said["after"], said["later"]) == (None, True, None)


@pytest.mark.parametrize("name", ["Heading 1", "Heading 2", "Heading 3", "Heading 4", "Caption"])
def test_headings_and_captions_keep_with_what_follows(word, name):
    assert word.styles[name].paragraph_format.keep_with_next


def test_columns_are_as_wide_as_the_page_and_no_row_differs(word):
    tables = [table for table in word.tables if len(table.columns) > 1]

    for table, block in zip(tables, specimen().tables, strict=True):
        room = LANDSCAPE_WIDTH if block.is_wide else PORTRAIT_WIDTH
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert abs(sum(grid) / 20 - room) < 1
        assert {tuple(int(cell.get(qn("w:w"))) for cell in row._tr.iter(qn("w:tcW"))) for row in table.rows} == {
            tuple(grid)
        }


def test_short_rows_are_not_parted_and_long_ones_may_be():
    document = specimen()
    items = next(table for table in document.tables if table.anchor == "items")
    word = open_docx(render(document, "docx"))
    rows = next(
        table for table in word.tables if len(table.rows) == len(items.rows) + 1 and len(table.columns) == 4
    ).rows

    assert [bool(row._tr.xpath("w:trPr/w:cantSplit")) for row in rows[:3]] == [True, False, True]


@pytest.mark.parametrize(("language", "script"), ALPHABETS)
def test_every_letter_is_there_and_its_language_named(language, script):
    said = letters(ALPHABETS[language, script])
    content = render(specimen(blocks=(Paragraph(said, language=language),)), "docx")

    runs = open_docx(content).element.xpath("//w:r[w:rPr/w:lang]")

    assert squeezed(said) in squeezed(text_of("docx", content))
    assert {run.xpath("string(w:rPr/w:lang/@w:val)") for run in runs} == {TAGS.get(language) or UZBEK[script]}


def test_header_and_footer_run_through_all_sections_and_the_first_page_has_its_masthead_instead(word):
    first, *others = word.sections

    assert first.different_first_page_header_footer
    assert "JPOA/2022/1" in "".join(paragraph.text for paragraph in first.header.paragraphs)
    assert not "".join(paragraph.text for paragraph in first.first_page_header.paragraphs)
    assert all(section.footer.is_linked_to_previous for section in others)
    for footer in (first.footer, first.first_page_footer):
        assert specimen().fingerprint in "".join(paragraph.text for paragraph in footer.paragraphs)
        assert [node.text.strip() for node in footer._element.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_a_link_on_a_coloured_cell_has_the_colour_of_the_cells_words():
    row = (Cell("Implemented", Tone.IMPLEMENTED, link="#matrix"),)
    blocks = (Table("Ratings", (Column("rating", "Rating"),), (row,), anchor="matrix"),)

    word = open_docx(render(specimen(blocks=blocks), "docx"))

    (link,) = word.element.xpath("//w:tc//w:hyperlink")
    shown = link.xpath("string(.//w:color/@w:val)")
    assert (link.xpath("string(.)"), f"#{shown}") == ("Implemented", palette.PALETTE[Tone.IMPLEMENTED].text)


def test_a_table_in_parts_holds_every_cell():
    columns = tuple(Column(f"c{number}", f"Column{number:02d}") for number in range(30))
    row = tuple(Cell(f"Value{number:02d}") for number in range(30))

    word = open_docx(render(specimen(blocks=(Table("Many", columns, (row,)),)), "docx"))

    cells = [cell.text for table in word.tables for cell in table.rows[1].cells]
    assert len(word.tables) > 1
    assert set(cells) == {cell.text for cell in row}
