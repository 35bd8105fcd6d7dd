"""A table that scrolls in its own frame, under a header and beside a first column that stay in view."""

from collections.abc import Callable, Iterable

from django.utils.html import format_html

from reporting.document import Cell, Column, Kind, Table
from reporting.renderers.html_elements import element, joined, lines
from reporting.renderers.words import label

_RIGHT = {Kind.NUMBER, Kind.PERCENT}
_STEP = 5


class TableWriter:
    """Writes tables; `foreign` returns the language of a cell where it is not the page's, else None."""

    def __init__(self, foreign: Callable[[str], str | None]) -> None:
        self._foreign = foreign

    def write(self, table: Table) -> str:
        """Return the table with its caption above and its notes below, both as wide as the page and no wider."""
        caption_id = f"{table.anchor}-caption"
        frame = element(
            "div",
            element("table", *self._parts(table), aria_labelledby=caption_id),
            css="report-frame",
            tabindex="0",
            role="region",
            aria_labelledby=caption_id,
        )
        return element(
            "figure",
            element("figcaption", lines(f"{label(table)}. {table.caption}"), id=caption_id),
            frame,
            *(element("p", lines(note), css="report-note") for note in table.notes),
            css="report-table report-wide" if table.is_wide else "report-table",
            id=table.anchor,
        )

    def _parts(self, table: Table) -> Iterable[str]:
        whole = sum(column.width for column in table.columns)
        looks = [_look(column, whole / len(table.columns)) for column in table.columns]
        yield element("colgroup", *(format_html('<col class="{}">', _share(one, whole)) for one in table.columns))
        heads = (
            element("th", lines(column.label), scope="col", css=look)
            for column, look in zip(table.columns, looks, strict=True)
        )
        yield element("thead", element("tr", *heads))
        yield element("tbody", joined((self._row(row, looks) for row in table.rows), "\n"))
        if table.footer:
            yield element("tfoot", self._row(table.footer, looks))

    def _row(self, cells: tuple[Cell, ...], looks: list[str]) -> str:
        named = next((place for place, cell in enumerate(cells) if cell.text), -1)
        return element(
            "tr",
            *(
                self._cell(cell, look, place == named)
                for place, (cell, look) in enumerate(zip(cells, looks, strict=True))
            ),
        )

    def _cell(self, cell: Cell, look: str, is_head: bool) -> str:
        """The first cell with words in it names its row."""
        text = lines(cell.text)
        shown = element("a", text, href=cell.link) if cell.link else text
        css = f"{look} tone-{cell.tone}" if cell.tone else look
        language = self._foreign(cell.language)
        if is_head:
            return element("th", shown, scope="row", css=css, lang=language)
        return element("td", shown, css=css, lang=language)


def _look(column: Column, usual_width: float) -> str:
    """Return the class of a column's cells: by kind, and `long` where running text is to be expected."""
    if column.kind in _RIGHT:
        return "number"
    return "text long" if column.kind is Kind.TEXT and column.width > 1.3 * usual_width else column.kind.value


def _share(column: Column, whole: int) -> str:
    """Return a class for a column's share of the width in per cent: styles in tags are barred.

    In steps that the stylesheet has classes for; a code takes what it needs.
    """
    if column.kind is Kind.CODE:
        return "code"
    return f"share-{max(1, round(100 * column.width / whole / _STEP)) * _STEP}"
