"""The report as a workbook, opened again: a cover, sheets that can be worked with, and text that stays text."""

import re
import subprocess
import sys
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest

from reporting.document import (
    Cell,
    Chart,
    Citation,
    Column,
    Figure,
    Heading,
    Kind,
    Paragraph,
    Quote,
    Table,
    Tone,
)
from reporting.renderers import RENDERERS, palette, render
from tests.reporting.readers import alternative_texts, open_xlsx, squeezed, table_texts
from tests.reporting.specimen import FIGURES, HOSTILE, MATRIX, NARRATIVE, SVG, specimen


@pytest.fixture(scope="module")
def document():
    return specimen()


@pytest.fixture(scope="module")
def content(document):
    return render(document, "xlsx")


@pytest.fixture(scope="module")
def book(content):
    return open_xlsx(content)


def book_of(*blocks, **changes):
    return open_xlsx(render(specimen(blocks=blocks, **changes), "xlsx"))


def column_of(*texts: str, **options) -> Table:
    return Table("Words", (Column("words", "Words"),), tuple((Cell(text),) for text in texts), sheet="Words", **options)


def members(content: bytes, pattern: str) -> list[str]:
    archive = zipfile.ZipFile(BytesIO(content))
    return [archive.read(name).decode() for name in archive.namelist() if re.search(pattern, name)]


def test_the_cover_tells_what_the_sheets_hold_and_leads_to_them(book, document):
    cover = book["Contents"]
    rows = [[cell.value for cell in row] for row in cover.iter_rows()]
    links = {cell.value: cell.hyperlink.location for (cell, *_) in cover.iter_rows() if cell.hyperlink}

    assert rows[0][0] == document.title
    assert ["Symbol", "JPOA/2022/1", None] in rows
    assert ["Date", "3 March 2022", None] in rows
    assert ["Matrix  status all", "Table 1. Status by action item and Member State", 11] in rows
    assert any(document.fingerprint in str(row[0]) for row in rows)
    assert links == {name: f"'{name}'!A1" for name in book.sheetnames[1:]}


def test_sheets_hold_the_cells_and_numbers_are_numbers(book, document):
    assert book.sheetnames == ["Contents", "Matrix  status all", "Figures", "Items", "Text"]
    for table, sheet in zip(document.tables, book.worksheets[1:], strict=False):
        expected = table_texts(table)
        rows = sheet.iter_rows(min_row=3, max_row=2 + len(expected), max_col=len(table.columns))
        if table.caption != FIGURES.caption:
            shown = [[cell.value.removesuffix("\nhttps://example.org/a?b=1") for cell in row] for row in rows]
            assert shown == expected
        assert sheet["A1"].value.endswith(table.caption)
        assert sheet["A2"].hyperlink.location == "'Contents'!A1"
    assert [cell.value for cell in book["Figures"][5]] == ["II", 320, 139, 181, 0.434]
    assert book["Figures"]["E5"].number_format == "0.0%"


def test_tables_filter_stay_under_their_header_and_print_on_wide_pages(book):
    for name, frozen in (("Matrix  status all", "C4"), ("Figures", "B4"), ("Items", "C4")):
        sheet = book[name]
        assert sheet.freeze_panes == frozen
        assert sheet.auto_filter.ref.startswith("A3:")
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


def test_a_rating_has_its_words_and_the_colours_of_its_tone(book):
    cells = book["Matrix  status all"][4][2:]

    for cell, drawn in zip(cells, MATRIX.rows[0][2:], strict=True):
        colours = palette.PALETTE[drawn.tone]
        assert (cell.value, cell.fill.fgColor.rgb) == (drawn.text, f"FF{colours.background.lstrip('#').upper()}")
        assert cell.font.color.rgb == f"FF{colours.text.lstrip('#').upper()}"


def test_links_lead_to_the_words_behind_a_cell_and_never_out_of_the_workbook(book, content):
    cell = book["Matrix  status all"]["A4"]
    sheet, place = cell.hyperlink.location.rsplit("!", 1)
    external = [text for text in members(content, r"\.rels$") if "External" in text]

    assert sheet == "'Text'"
    assert book["Text"][place].value == "Adopted wording"
    assert external == []


def test_every_anchor_leads_to_its_row_or_sheet():
    words = (
        Heading(1, "Heading", "one"),
        Paragraph("Paragraph", anchor="two"),
        Quote("Quote", anchor="three"),
        Paragraph(NARRATIVE * 10),
        Paragraph("Last", anchor="four"),
    )
    anchors = ("one", "two", "three", "four", "words")
    links = Table("L", (Column("a", "A"),), tuple((Cell(one, link=f"#{one}"),) for one in anchors), sheet="Links")

    book = book_of(*words, column_of("x", anchor="words"), links)

    targets = [cell.hyperlink.location for (cell,) in book["Links"].iter_rows(min_row=4, max_row=8, max_col=1)]
    said = [book[sheet.strip("'")][place].value for sheet, place in (one.split("!") for one in targets)]
    assert said == ["Heading", "Paragraph", "“Quote”", "Last", "Table 1. Words"]


def test_a_rating_on_a_dark_ground_is_no_link_and_its_row_leads_to_the_words_instead():
    columns = (Column("code", "Code", kind=Kind.CODE), Column("rating", "Rating"))
    rows = tuple((Cell("I.1.1"), Cell("As rated", tone, link="#one")) for tone in (Tone.LIMITED, Tone.IMPLEMENTED))

    sheet = book_of(Paragraph("Words", anchor="one"), Table("T", columns, rows, sheet="T"))["T"]

    assert [[bool(cell.hyperlink) for cell in row] for row in sheet["A4:B5"]] == [[True, True], [True, False]]


def test_an_address_on_the_web_is_written_out(book):
    table = column_of("A law")
    linked = Table("L", table.columns, ((Cell("A law", link="https://example.org/law"),),), sheet="Laws")

    book = book_of(Paragraph("x", citations=(Citation("Law", "https://example.org/"),)), linked)

    assert book["Laws"]["A4"].value == "A law\nhttps://example.org/law"
    assert book["Text"]["C2"].value == "Law (https://example.org/)"


def test_no_text_becomes_a_formula_and_what_tempts_is_marked_as_text(book, content):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    tempting = [cell for cell in book["Items"]["C"] if str(cell.value)[0] in "=+-@"]

    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "<f>" not in "".join(members(content, r"worksheets/sheet"))
    assert set(HOSTILE) <= {cell.value for cell in book["Items"]["C"]}
    assert len(tempting) == 3
    assert all(cell.quotePrefix for cell in tempting)


def test_a_chart_is_drawn_from_the_cells_of_its_table_in_the_colours_of_its_tones(content, document):
    (chart,) = members(content, r"charts/chart")
    (drawing,) = members(content, r"drawings/drawing")

    assert '<c:grouping val="percentStacked"/>' in chart
    assert re.findall(r"<c:f>(.*?)</c:f>", chart) == [
        *("Figures!$C$3", "Figures!$A$4:$A$5", "Figures!$C$4:$C$5"),
        *("Figures!$D$3", "Figures!$A$4:$A$5", "Figures!$D$4:$D$5"),
    ]
    assert palette.PALETTE[Tone.IMPLEMENTED].background.lstrip("#").upper() in chart
    assert "Figure 1. Ratings by pillar" in chart
    assert f'descr="{alternative_texts(document)[0]}"' in drawing


def test_a_line_is_drawn_only_where_every_cell_is_a_number():
    columns = (Column("cycle", "Cycle"), Column("a", "A", kind=Kind.PERCENT), Column("b", "B", kind=Kind.PERCENT))
    whole, gap = Cell("10.5 %", value=Decimal("10.5")), Cell("–")
    table = Table("T", columns, ((Cell("2023"), whole, whole), (Cell("2026"), whole, gap)), sheet="T", anchor="t")
    figure = Figure(SVG, "alt", "Lines", "t", Chart("line", ("a", "b")))

    (chart,) = members(render(specimen(blocks=(table, figure)), "xlsx"), r"charts/chart")

    assert "<c:lineChart>" in chart
    assert re.findall(r"<c:f>(T!\$\w\$3)</c:f>", chart) == ["T!$B$3"]


@pytest.mark.parametrize(
    ("wished", "expected"),
    [
        ("Items", "Items"),
        ("a/b:c*d?e[f]", "a b c d e f"),
        ("'Items'", "Items"),
        ("x" * 40, "x" * 31),
        ("x" * 30 + "'x", "x" * 30),
        ("", "Table 1"),
        ("'", "Table 1"),
        ("History", "History (2)"),
        ("contents", "contents (2)"),
        ("line\nfeed", "line feed"),
    ],
)
def test_a_sheet_has_a_name_that_workbooks_allow(wished, expected):
    table = Table("T", (Column("a", "A"),), ((Cell("x"),),), sheet=wished)

    assert book_of(table).sheetnames[1] == expected


def test_sheets_of_one_name_are_told_apart():
    names = book_of(*[Table("T", (Column("a", "A"),), (), sheet="Y" * 31) for _ in range(3)]).sheetnames

    assert names[1:-1] == ["Y" * 31, "Y" * 27 + " (2)", "Y" * 27 + " (3)"]


def test_the_fixed_words_and_sheets_are_in_the_language_of_the_report():
    assert book_of(column_of("x"), language="ru").sheetnames == ["Содержание", "Words", "Текст"]


@pytest.mark.parametrize("letter", ["я", "😀"])
def test_a_cell_that_is_too_small_says_so_and_no_paragraph_is_lost(letter):
    endless = (NARRATIVE + letter) * 8
    table = column_of(endless)

    book = book_of(Paragraph(endless), table)

    assert book["Words"]["A4"].value.endswith("[shortened here; complete in the other formats]")
    assert len(book["Words"]["A4"].value.encode("utf-16-le")) / 2 <= 32_767
    assert squeezed(endless) in squeezed("".join(cell.value or "" for cell in book["Text"]["B"]))


def test_a_table_wider_than_a_page_prints_on_several_with_its_first_columns_on_each():
    columns = (Column("code", "Code", kind=Kind.CODE), *(Column(f"c{n}", f"Column {n}") for n in range(8)))
    table = Table("T", columns, ((Cell("I.1.1"), *[Cell(NARRATIVE)] * 8),), sheet="T")

    sheet = book_of(table)["T"]

    assert sheet.page_setup.fitToWidth == 3
    assert sheet.print_title_cols == "$A:$A"


def test_properties_say_what_the_workbook_is(book, document):
    custom = {one.name: one.value for one in book.custom_doc_props.props}

    assert (book.properties.title, book.properties.subject) == (document.title, document.subtitle)
    assert custom == {"Fingerprint": document.fingerprint, "Language": "en", "Symbol": "JPOA/2022/1"}


def test_the_first_workbook_of_a_machine_and_its_third_are_the_same():
    code = "import django; django.setup(); import sys, hashlib; from reporting.renderers import render; "
    code += "from tests.reporting.specimen import specimen; "
    code += "sys.stdout.write(str(len({hashlib.sha256(render(specimen(), 'xlsx')).digest() for _ in range(3)})))"

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=Path(__file__).parents[2])

    assert done.stdout == b"1"


def test_a_workbook_can_hold_many_tables():
    tables = [Table(f"Table {n}", (Column("a", "A"),), ((Cell("x"),),), sheet="Same") for n in range(60)]

    assert len(set(book_of(*tables).sheetnames)) == 62
    assert RENDERERS["xlsx"].extension == "xlsx"
