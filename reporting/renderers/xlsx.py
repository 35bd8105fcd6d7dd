"""The document as a workbook: a cover, the running text, and one sheet for each table."""

import io
import re
from datetime import UTC, datetime, time

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reporting.document import Document, Table
from reporting.renderers.words import fingerprint_line, label, masthead, words
from reporting.renderers.xlsx_rows import text_rows
from reporting.renderers.xlsx_table import Formats, set_height, write_line, write_table

# Text stays text: no formula, link or number is ever guessed from it.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
# Number, text, source; in characters.
_TEXT_WIDTHS = (8.0, 110.0, 50.0)


def render(document: Document) -> bytes:
    """Return the XLSX, its sheets named by `Table.sheet` or else "Table 3"."""
    packed = io.BytesIO()
    with Workbook(packed, _OPTIONS) as workbook:
        _set_properties(workbook, document)
        formats = Formats(workbook)
        names = _sheet_names(document)
        _write_cover(_new_sheet(workbook, document, words()["contents"]), document, names, formats)
        _write_text(_new_sheet(workbook, document, words()["text"]), document, formats)
        for table, name in zip(document.tables, names, strict=True):
            write_table(_new_sheet(workbook, document, name), table, document, formats)
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


def _new_sheet(workbook: Workbook, document: Document, name: str) -> Worksheet:
    """Add a sheet that prints on A4 across, as wide as the page, with the fingerprint below."""
    sheet: Worksheet = workbook.add_worksheet(name)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    page = words()["page"] % {"number": "&P", "total": "&N"}
    sheet.set_footer(f"&L&6{fingerprint_line(document)}&R&8{page}")
    return sheet


def _sheet_names(document: Document) -> list[str]:
    """Return a name for each table's sheet: allowed in a workbook, and each used once."""
    taken = {words()["contents"].lower(), words()["text"].lower(), "history"}
    names = []
    for table in document.tables:
        wished = _FORBIDDEN_IN_NAMES.sub(" ", table.sheet or label(table)).strip(" '") or label(table)
        name, count = wished[:_LONGEST_NAME], 1
        while name.lower() in taken:
            count += 1
            ending = f" ({count})"
            name = wished[: _LONGEST_NAME - len(ending)] + ending
        taken.add(name.lower())
        names.append(name)
    return names


def _write_cover(sheet: Worksheet, document: Document, names: list[str], formats: Formats) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    write_line(sheet, 0, (document.title,), formats.title)
    write_line(sheet, 1, (document.subtitle,), formats.strong)
    row = 2
    for name, value in masthead(document):
        write_line(sheet, row, (name, value), formats.text)
        row += 1
    write_line(sheet, row, (fingerprint_line(document),), formats.plain)
    row += 2
    write_line(sheet, row, (words()["sheet"], words()["contents"]), formats.head)
    write_line(sheet, row + 1, (words()["text"], document.title), formats.text)
    for table, name in zip(document.tables, names, strict=True):
        write_line(sheet, row + 2, (name, _caption(table)), formats.text)
        row += 1


def _caption(table: Table) -> str:
    return f"{label(table)}. {table.caption}"


def _write_text(sheet: Worksheet, document: Document, formats: Formats) -> None:
    """Write everything that is not a table, a row for each paragraph."""
    for column, width in enumerate(_TEXT_WIDTHS):
        sheet.set_column(column, column, width)
    head = (words()["number"], words()["text"], words()["source_column"])
    write_line(sheet, 0, head, formats.head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for row, (cells, is_heading) in enumerate(text_rows(document), 1):
        set_height(sheet, row, cells, _TEXT_WIDTHS)
        write_line(sheet, row, cells, formats.strong if is_heading else formats.text)
