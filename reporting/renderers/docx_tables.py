"""Tables of a Word document: fixed widths, header rows that repeat, colours beside words.

Rows are built as elements and not through python-docx's cells, which search the whole table
for each one.
"""

from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from reporting.document import Cell, Column, Kind, Table
from reporting.renderers import palette
from reporting.renderers.docx_xml import add_link, add_run, element, shade, twips
from reporting.renderers.layout import SHORT_ROW, column_widths

_RIGHT = {Kind.NUMBER, Kind.PERCENT}
_RULES = (("top", "8", palette.ACCENT), ("bottom", "4", palette.RULE), ("insideH", "4", palette.RULE))


def add_table(word: WordDocument, table: Table, room: float, names: dict[str, str], title: str) -> None:
    """Append a table of the given width in points; `title` is read out by screen readers."""
    widths = column_widths(table, room)
    made = _new(word, 0, len(table.columns), room)
    _set_properties(made._tbl, title, sum(widths))
    for grid, width in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        grid.set(qn("w:w"), twips(width))
    builder = _Rows(made, table.columns, widths, names)
    builder.add_header()
    rows = (*table.rows, *((table.footer,) if table.footer else ()))
    for place, row in enumerate(rows, 1):
        # The notes stand under the table, not alone on the next page.
        is_kept = bool(table.notes) and place == len(rows)
        builder.add(row, is_bold=row is table.footer, is_kept=is_kept)


def _new(word: WordDocument, rows: int, columns: int, room: float) -> WordTable:
    """Append a table; python-docx's own way searches the whole body for its sections each time."""
    tbl = CT_Tbl.new_tbl(rows, columns, Pt(room))
    word.element.body[-1].addprevious(tbl)
    return WordTable(tbl, word)


def _set_properties(tbl: Any, title: str, width: float) -> None:
    """Replace the table's properties; Word insists on this order."""
    tbl.remove(tbl.tblPr)
    properties = element("w:tblPr")
    tbl.insert(0, properties)
    element("w:tblW", properties, w=twips(width), type="dxa")
    borders = element("w:tblBorders", properties)
    for side, size, colour in _RULES:
        element(f"w:{side}", borders, val="single", sz=size, space="0", color=colour.lstrip("#"))
    element("w:tblLayout", properties, type="fixed")
    margins = element("w:tblCellMar", properties)
    for side in ("left", "right"):
        element(f"w:{side}", margins, w="60", type="dxa")
    element("w:tblLook", properties, val="06A0", firstRow="1", firstColumn="1", noHBand="1", noVBand="1")
    element("w:tblCaption", properties, val=title)


class _Rows:
    """Appends rows to one table."""

    def __init__(self, made: Any, columns: tuple[Column, ...], widths: list[float], names: dict[str, str]) -> None:
        self._made, self._columns, self._widths, self._names = made, columns, widths, names

    def add_header(self) -> None:
        cells = tuple(Cell(column.label) for column in self._columns)
        self._add(cells, is_bold=True, is_header=True)

    def add(self, cells: tuple[Cell, ...], *, is_bold: bool = False, is_kept: bool = False) -> None:
        """Append a row; one that is kept stands on the page of what follows it."""
        self._add(cells, is_bold=is_bold, is_kept=is_kept)

    def _add(self, cells: tuple[Cell, ...], *, is_bold: bool, is_header: bool = False, is_kept: bool = False) -> None:
        row = element("w:tr", self._made._tbl)
        properties = element("w:trPr", row)
        if is_header or sum(len(cell.text) for cell in cells) < SHORT_ROW:
            element("w:cantSplit", properties)
        if is_header:
            element("w:tblHeader", properties)
        for cell, column, width in zip(cells, self._columns, self._widths, strict=True):
            place = element("w:tc", row)
            settings = element("w:tcPr", place)
            element("w:tcW", settings, w=twips(width), type="dxa")
            colours = palette.PALETTE.get(cell.tone)
            if is_header or colours:
                shade(settings, palette.HEAD if colours is None else colours.background)
            p = element("w:p", place)
            properties = element("w:pPr", p)
            element("w:pStyle", properties, val=_style(column, is_header))
            if is_header or is_kept:
                element("w:keepNext", properties)
            self._fill(p, cell, is_bold=is_bold)

    def _fill(self, p: Any, cell: Cell, *, is_bold: bool) -> None:
        colours = palette.PALETTE.get(cell.tone)
        colour = colours.text if colours else ""
        if cell.link:
            paragraph = Paragraph(p, self._made)
            add_link(paragraph, cell.link, cell.text, self._names, colour=colour, language=cell.language)
            return
        add_run(p, cell.text, is_bold=is_bold, colour=colour, language=cell.language)


def _style(column: Column, is_header: bool) -> str:
    """Return the identifier of the style of a column's cells."""
    if column.kind in _RIGHT:
        return "TableNumberHeading" if is_header else "TableNumber"
    return "TableHeading" if is_header else "TableText"


def add_frame(word: WordDocument, room: float, title: str) -> Any:
    """Append a framed, shaded cell of the given width in points and return it; screen readers read its title out."""
    made = _new(word, 1, 1, room)
    properties = made._tbl.tblPr
    for stale in list(properties):
        properties.remove(stale)
    element("w:tblW", properties, w=twips(room), type="dxa")
    borders = element("w:tblBorders", properties)
    for side in ("top", "left", "bottom", "right"):
        element(f"w:{side}", borders, val="single", sz="6", space="0", color=palette.ACCENT.lstrip("#"))
    element("w:tblLayout", properties, type="fixed")
    margins = element("w:tblCellMar", properties)
    for side in ("top", "left", "bottom", "right"):
        element(f"w:{side}", margins, w="140", type="dxa")
    element("w:tblCaption", properties, val=title)
    made._tbl.tblGrid.findall(qn("w:gridCol"))[0].set(qn("w:w"), twips(room))
    cell = made.rows[0].cells[0]
    cell.width = Pt(room)
    shade(cell._tc.get_or_add_tcPr(), palette.HEAD)
    return cell
