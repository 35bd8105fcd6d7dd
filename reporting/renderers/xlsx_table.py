"""One table on one sheet: caption, frozen header with filters, rows, totals, notes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reporting.document import Cell, Column, Document, Kind, Table, Tone
from reporting.renderers import palette
from reporting.renderers.words import fingerprint_line, label, words
from reporting.renderers.xlsx_rows import LONGEST_TEXT

# In characters of the standard font.
_WIDTH = 150
_NARROWEST, _WIDEST = 10, 100
_HEADER_ROW = 1
# Points: a line of ten-point text, and the tallest row that a workbook allows.
_LINE, _TALLEST = 13.0, 409.0
_NUMBERS = {Kind.NUMBER, Kind.PERCENT}


class Formats:
    """The looks of cells in one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[Tone, bool, str], Format] = {}
        self.title = self._add(bold=True, font_size=16, font_color=palette.ACCENT)
        self.strong = self._add(bold=True, valign="top")
        self.plain = self._add(valign="top")
        self.text = self._add(text_wrap=True, valign="top")
        self.head = self._add(
            bold=True, text_wrap=True, valign="bottom", bg_color=palette.HEAD, bottom=1, border_color=palette.RULE
        )

    def _add(self, **looks: Any) -> Format:
        made: Format = self._workbook.add_format({"font_name": "Times New Roman", "font_size": 10, **looks})
        return made

    def cell(self, tone: Tone, number_format: str = "", *, is_bold: bool = False) -> Format:
        """Return the look of a cell; an empty number format means text."""
        key = (tone, is_bold, number_format)
        if key not in self._made:
            looks: dict[str, Any] = {"valign": "top", "border": 4, "border_color": palette.RULE, "bold": is_bold}
            colours = palette.PALETTE.get(tone)
            if colours:
                looks |= {"bg_color": colours.background, "font_color": colours.text}
            looks |= {"num_format": number_format, "align": "right"} if number_format else {"text_wrap": True}
            self._made[key] = self._add(**looks)
        return self._made[key]


def write_line(sheet: Worksheet, row: int, texts: tuple[str, ...], look: Format) -> None:
    """Write texts from the first column on."""
    for column, text in enumerate(texts):
        write_text(sheet, row, column, text, look)


def write_text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """Write text as text; what a cell cannot hold is cut, and the cell says so."""
    if len(text) > LONGEST_TEXT:
        text = f"{text[:LONGEST_TEXT]} {words()['continued']}"
    sheet.write_string(row, column, text, look)


def write_table(sheet: Worksheet, table: Table, document: Document, formats: Formats) -> None:
    """Write a table with everything that belongs to it; the first column and header stay in view."""
    widths = _widths(table)
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    write_line(sheet, 0, (f"{label(table)}. {table.caption}",), formats.strong)
    write_line(sheet, _HEADER_ROW, tuple(column.label for column in table.columns), formats.head)
    row = _HEADER_ROW + 1
    for cells in table.rows:
        set_height(sheet, row, tuple(cell.text for cell in cells), widths)
        _write_row(sheet, row, cells, table.columns, formats)
        row += 1
    sheet.autofilter(_HEADER_ROW, 0, max(row - 1, _HEADER_ROW), len(table.columns) - 1)
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    sheet.repeat_rows(_HEADER_ROW)
    if table.footer:
        _write_row(sheet, row, table.footer, table.columns, formats, is_bold=True)
        row += 1
    for line in (*table.notes, fingerprint_line(document)):
        row += 1
        write_line(sheet, row, (line,), formats.plain)


def _widths(table: Table) -> list[float]:
    whole = sum(column.width for column in table.columns)
    shares = [(column, _WIDTH * column.width / whole) for column in table.columns]
    return [min(max(share, _NARROWEST, len(column.label) + 3), _WIDEST) for column, share in shares]


def set_height(sheet: Worksheet, row: int, texts: tuple[str, ...], widths: Sequence[float]) -> None:
    """Make a row as tall as its wrapped text: not every program does so by itself."""
    lines = (_lines(text, width) for text, width in zip(texts, widths, strict=True))
    height = max(lines, default=1) * _LINE + 2
    if height > _LINE + 2:
        sheet.set_row(row, min(height, _TALLEST))


def _lines(text: str, width: float) -> int:
    return sum(1 + int(len(line) / width) for line in text.split("\n"))


def _write_row(
    sheet: Worksheet,
    row: int,
    cells: tuple[Cell, ...],
    columns: tuple[Column, ...],
    formats: Formats,
    *,
    is_bold: bool = False,
) -> None:
    for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        if cell.value is None or column.kind not in _NUMBERS:
            write_text(sheet, row, place, cell.text, formats.cell(cell.tone, is_bold=is_bold))
            continue
        is_percent = column.kind is Kind.PERCENT
        value = Decimal(cell.value) / 100 if is_percent else cell.value
        look = formats.cell(cell.tone, _number_format(cell.value, is_percent), is_bold=is_bold)
        sheet.write_number(row, place, value, look)


def _number_format(value: int | Decimal, is_percent: bool) -> str:
    """Return a format that shows as many decimals as the value was given with."""
    exponent = Decimal(value).as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    digits = f"0.{'0' * decimals}" if decimals else "0"
    return f"{digits}%" if is_percent else digits
