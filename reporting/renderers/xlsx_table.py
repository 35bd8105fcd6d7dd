"""One table on one sheet: caption, way back, header with filters that stays in view, rows, totals, notes."""

from dataclasses import replace
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from reporting.document import Cell, Kind, Table, web_link
from reporting.renderers.guarding import is_tempting
from reporting.renderers.words import titled, words
from reporting.renderers.xlsx_cells import Pen, has_legible_link

HEADER_ROW = 2
# In characters of the standard font.
_NARROWEST, _WIDEST, _LONGEST_WORD = 8.0, 80.0, 28
_FILTER_BUTTON = 3
_PAGE_WIDTH = 190.0
# Wider columns are not kept in view: they would leave no room for the others.
_FROZEN_WIDTH = 55.0
_NUMBERS = {Kind.NUMBER, Kind.PERCENT}


class TableSheet:
    """Writes one table with everything that belongs to it."""

    def __init__(self, sheet: Worksheet, table: Table, pen: Pen) -> None:
        self._sheet = sheet
        self._table = table
        self._pen = pen
        self._widths = [_width(table, index) for index in range(len(table.columns))]
        self._has_one_link_a_row = all(len({cell.link for cell in row if cell.link}) <= 1 for row in table.rows)

    def write(self, last_line: str) -> int:
        """Write the sheet, `last_line` at its end; return the first row that is free."""
        self._write_head()
        row = HEADER_ROW + 1
        for cells in self._table.rows:
            self._write_row(row, cells)
            row += 1
        self._set_up(max(row - 1, HEADER_ROW))
        if self._table.footer:
            self._write_row(row, self._table.footer, is_bold=True)
            row += 1
        for line in (*self._table.notes, last_line):
            row += 1
            self._pen.line(self._sheet, row, (line,), self._pen.formats.plain)
        return row + 1

    def _write_head(self) -> None:
        for index, width in enumerate(self._widths):
            self._sheet.set_column(index, index, width)
        looks, places = self._pen.formats, self._pen.places
        self._pen.line(self._sheet, 0, (titled(self._table),), looks.strong)
        self._pen.link(self._sheet, (1, 0), words()["contents"], places.sheet(places.cover), looks.way_back)
        heads = tuple(column.label for column in self._table.columns)
        self._pen.height(self._sheet, HEADER_ROW, heads, [width - _FILTER_BUTTON for width in self._widths])
        for place, (head, column) in enumerate(zip(heads, self._table.columns, strict=True)):
            look = looks.number_head if column.kind in _NUMBERS else looks.head
            self._pen.text(self._sheet, HEADER_ROW, place, head, look)

    def _set_up(self, last_row: int) -> None:
        """Set filters, what stays in view on the screen, and what is repeated on paper."""
        last_column = len(self._widths) - 1
        frozen = self._frozen()
        self._sheet.autofilter(HEADER_ROW, 0, last_row, last_column)
        self._sheet.freeze_panes(HEADER_ROW + 1, frozen)
        self._sheet.repeat_rows(HEADER_ROW)
        pages = max(1, round(sum(self._widths) / _PAGE_WIDTH))
        self._sheet.fit_to_pages(pages, 0)
        if pages > 1 and frozen:
            self._sheet.repeat_columns(0, frozen - 1)
        # Codes and numbers that are names stay text, without a warning in every cell.
        self._sheet.ignore_errors({"number_stored_as_text": "A:XFD"})

    def _frozen(self) -> int:
        """Return how many columns stay in view: the code and the title beside it, or the first."""
        columns = self._table.columns
        is_coded = len(columns) > 2 and columns[0].kind is Kind.CODE and columns[1].kind is Kind.TEXT
        count = 2 if is_coded and sum(self._widths[:2]) <= _FROZEN_WIDTH else 1
        return count if sum(self._widths[:count]) <= _FROZEN_WIDTH else 0

    def _write_row(self, row: int, cells: tuple[Cell, ...], *, is_bold: bool = False) -> None:
        cells = self._linked_by_name(cells)
        texts = tuple(_shown(cell) for cell in cells)
        self._pen.height(self._sheet, row, texts, self._widths)
        for place, (cell, text, column) in enumerate(zip(cells, texts, self._table.columns, strict=True)):
            if cell.value is None or column.kind not in _NUMBERS:
                self._write_text(row, place, cell, text, is_bold)
                continue
            is_percent = column.kind is Kind.PERCENT
            value = Decimal(cell.value) / 100 if is_percent else cell.value
            look = self._pen.formats.cell(cell.tone, _number_format(cell.value, is_percent), is_bold=is_bold)
            self._sheet.write_number(row, place, value, look)

    def _linked_by_name(self, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """Return a row that leads to one place with its first cell leading there, too, where all rows are so."""
        target = next((cell.link for cell in cells if cell.link), "")
        if not self._has_one_link_a_row or not target or cells[0].link or not target.startswith("#"):
            return cells
        return (replace(cells[0], link=target), *cells[1:])

    def _write_text(self, row: int, place: int, cell: Cell, text: str, is_bold: bool) -> None:
        target = self._pen.places.of(cell.link) if has_legible_link(cell.tone) else ""
        look = self._pen.formats.cell(cell.tone, is_bold=is_bold, is_link=bool(target), is_quoted=is_tempting(text))
        if target:
            self._pen.link(self._sheet, (row, place), text, target, look)
        else:
            self._pen.text(self._sheet, row, place, text, look)


def _shown(cell: Cell) -> str:
    """Return a cell's words, and beneath them the address on the web that they lead to: a workbook links nowhere."""
    is_address_missing = bool(web_link(cell.link)) and cell.link not in cell.text
    return f"{cell.text}\n{cell.link}" if is_address_missing else cell.text


def _width(table: Table, index: int) -> float:
    """Return a column's width: room for its words, and for running text the more the longer it is."""
    column = table.columns[index]
    rows = (*table.rows, *((table.footer,) if table.footer else ()))
    texts = [_shown(row[index]) for row in rows]
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    head = max((len(word) for word in column.label.split()), default=0) + _FILTER_BUTTON
    room = longest + 2 if column.kind is not Kind.TEXT else min(longest + 2, max(22, 4.5 * longest**0.5))
    return min(max(room, min(head, _LONGEST_WORD), _NARROWEST), _WIDEST)


def _number_format(value: int | Decimal, is_percent: bool) -> str:
    """Return a format that shows as many decimals as the value was given with."""
    exponent = Decimal(value).as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    digits = f"0.{'0' * decimals}" if decimals else "0"
    return f"{digits}%" if is_percent else digits
