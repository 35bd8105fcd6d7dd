"""Charts that the spreadsheet draws itself, from the cells of the table that a figure belongs to."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reporting.document import Chart, Document, Figure, Kind, Table
from reporting.renderers import palette
from reporting.renderers.words import label
from reporting.renderers.xlsx_table import HEADER_ROW

_WIDTH = 900  # pixels
_BAR, _FRAME = 34, 170
_LINE_HEIGHT = 420
_ROW_PIXELS = 20
# Lines are told apart without colour, too.
_DASHES = ("solid", "dash", "round_dot", "long_dash", "dash_dot", "square_dot")
_MARKERS = ("circle", "square", "triangle", "diamond", "x", "plus")


def add_charts(workbook: Workbook, sheet: Worksheet, document: Document, table: Table, row: int) -> None:
    """Draw the charts of all figures that show this table, from the given row on, one below the other."""
    for figure in document.blocks:
        if not isinstance(figure, Figure) or figure.table != table.anchor or figure.chart is None:
            continue
        columns = _columns(table, figure.chart)
        if not columns or not table.rows:
            continue
        is_stacked = figure.chart.form == "stacked"
        height = _FRAME + _BAR * len(table.rows) if is_stacked else _LINE_HEIGHT
        chart = (_bars if is_stacked else _lines)(workbook, sheet, table, columns)
        chart.set_title({"name": f"{label(figure)}. {figure.caption}"[:255], "name_font": {"size": 12, "bold": True}})
        chart.set_legend({"position": "bottom", "font": {"size": 10}})
        chart.set_size({"width": _WIDTH, "height": height})
        sheet.insert_chart(row, 0, chart, {"description": figure.alt, "object_position": 2})
        row += height // _ROW_PIXELS + 2


def _columns(table: Table, chart: Chart) -> list[int]:
    """Return the columns to draw, in the order of the chart.

    One with a cell that is no number is left out: spreadsheets draw words as zero, and no answer counts as zero.
    """
    keys = [column.key for column in table.columns]
    places = (keys.index(key) for key in chart.series)
    return [place for place in places if all(row[place].value is not None for row in table.rows)]


def _ranges(sheet: Worksheet, table: Table, place: int) -> dict[str, Any]:
    first, last = HEADER_ROW + 1, HEADER_ROW + len(table.rows)
    return {
        "name": [sheet.name, HEADER_ROW, place],
        "categories": [sheet.name, first, 0, last, 0],
        "values": [sheet.name, first, place, last, place],
    }


def _bars(workbook: Workbook, sheet: Worksheet, table: Table, columns: list[int]) -> Any:
    """One bar of 100 per cent for each row, its parts labelled with their numbers, none where it is zero."""
    chart = workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for order, place in enumerate(columns):
        key = table.columns[place].key
        words = {"color": palette.text_on(key), "size": 9}
        chart.add_series(
            {
                **_ranges(sheet, table, place),
                "fill": {"color": palette.fill(key, order)},
                "border": {"color": palette.INK, "width": 0.5},
                "gap": 40,
                "data_labels": {"value": True, "num_format": "0;;;", "font": words},
            }
        )
    chart.set_y_axis({"reverse": True, "num_font": {"size": 10}})
    chart.set_x_axis({"num_format": "0%", "major_gridlines": {"visible": True, "line": {"color": palette.HEAD}}})
    return chart


def _lines(workbook: Workbook, sheet: Worksheet, table: Table, columns: list[int]) -> Any:
    chart = workbook.add_chart({"type": "line"})
    for order, place in enumerate(columns):
        colour = palette.fill(table.columns[place].key, order)
        turn = order % len(_DASHES)
        chart.add_series(
            {
                **_ranges(sheet, table, place),
                "line": {"color": colour, "width": 2.25, "dash_type": _DASHES[turn]},
                "marker": {"type": _MARKERS[turn], "size": 7, "fill": {"color": colour}, "border": {"color": colour}},
            }
        )
    is_percent = all(table.columns[place].kind is Kind.PERCENT for place in columns)
    chart.set_y_axis({"min": 0, **({"num_format": "0%", "max": 1} if is_percent else {})})
    return chart
