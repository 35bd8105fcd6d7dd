"""The document as a workbook: a cover that leads to every sheet, one sheet for each table, and the running text.

Links lead only within the workbook: from a rating to the words behind it, from the cover to the sheets and back.
"""

import io
from datetime import UTC, datetime, time

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reporting.document import Document
from reporting.renderers import palette
from reporting.renderers.words import fingerprint_line, masthead, titled, words
from reporting.renderers.xlsx_cells import FONT, Formats, Pen
from reporting.renderers.xlsx_chart import add_charts
from reporting.renderers.xlsx_places import Places
from reporting.renderers.xlsx_rows import TEXT_WIDTHS
from reporting.renderers.xlsx_table import TableSheet

# Text stays text: no formula, link or number is ever guessed from it.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_A4 = 9
_COVER_WIDTHS = (32.0, 90.0, 10.0)


def render(document: Document) -> bytes:
    """Return the XLSX, its sheets named by `Table.sheet` or else "Table 3"."""
    packed = io.BytesIO()
    # A copy of the font each time: the library adds to what it is given.
    with Workbook(packed, {**_OPTIONS, "default_format_properties": dict(FONT)}) as workbook:
        _set_properties(workbook, document)
        places = Places(document)
        pen = Pen(Formats(workbook), places)
        _write_cover(_new_sheet(workbook, document, places.cover), document, pen)
        for table, name in zip(document.tables, places.sheets, strict=True):
            sheet = _new_sheet(workbook, document, name)
            end = TableSheet(sheet, table, pen).write(fingerprint_line(document))
            add_charts(workbook, sheet, document, table, end + 1)
        _write_text(_new_sheet(workbook, document, places.text), pen)
    return packed.getvalue()


def _set_properties(workbook: Workbook, document: Document) -> None:
    workbook.set_properties(
        {
            "title": document.title[:255],
            "subject": document.subtitle[:255],
            "keywords": f"sha256:{document.fingerprint}",
            "created": datetime.combine(document.date_on, time(), UTC),
        }
    )
    workbook.set_custom_property("Fingerprint", document.fingerprint)
    workbook.set_custom_property("Language", document.language)
    if document.symbol:
        workbook.set_custom_property("Symbol", document.symbol[:255])


def _new_sheet(workbook: Workbook, document: Document, name: str) -> Worksheet:
    """Add a sheet that prints on A4 across, as wide as the page, with the fingerprint below."""
    sheet: Worksheet = workbook.add_worksheet(name)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    page = words()["page"] % {"number": "&P", "total": "&N"}
    sheet.set_footer(f"&L&6{fingerprint_line(document)}&R&8{page}")
    return sheet


def _write_cover(sheet: Worksheet, document: Document, pen: Pen) -> None:
    """Write who says this and when, how to check it, and what each sheet holds."""
    sheet.set_tab_color(palette.ACCENT)
    sheet.hide_gridlines(2)
    for column, width in enumerate(_COVER_WIDTHS):
        sheet.set_column(column, column, width)
    looks = pen.formats
    pen.line(sheet, 0, (document.title,), looks.title)
    pen.line(sheet, 1, (document.subtitle,), looks.subtitle)
    row = 3
    for name, value in masthead(document):
        pen.height(sheet, row, (name, value), _COVER_WIDTHS)
        pen.text(sheet, row, 0, name, looks.strong)
        pen.text(sheet, row, 1, value, looks.text)
        row += 1
    pen.line(sheet, row, (fingerprint_line(document),), looks.small)
    pen.line(sheet, row + 2, (words()["sheet"], words()["contents"], words()["rows"]), looks.head)
    row += 3
    for table, name in zip(document.tables, pen.places.sheets, strict=True):
        caption = titled(table)
        pen.height(sheet, row, (name, caption), _COVER_WIDTHS)
        pen.link(sheet, (row, 0), name, pen.places.sheet(name), looks.link)
        pen.text(sheet, row, 1, caption, looks.text)
        sheet.write_number(row, 2, len(table.rows), looks.text)
        row += 1
    pen.link(sheet, (row, 0), pen.places.text, pen.places.sheet(pen.places.text), looks.link)
    pen.text(sheet, row, 1, document.title, looks.text)


def _write_text(sheet: Worksheet, pen: Pen) -> None:
    """Write everything that is not a table, a row for each paragraph."""
    for column, width in enumerate(TEXT_WIDTHS):
        sheet.set_column(column, column, width)
    head = (words()["number"], words()["text"], words()["source_column"])
    pen.line(sheet, 0, head, pen.formats.head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": "A:C"})
    for row, (cells, is_heading, _anchor) in enumerate(pen.places.rows, 1):
        pen.height(sheet, row, cells, TEXT_WIDTHS)
        pen.line(sheet, row, cells, pen.formats.strong_text if is_heading else pen.formats.text)
