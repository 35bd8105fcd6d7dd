"""The document as one accessible HTML page, through Django's templates with their escaping on."""

import base64
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Engine
from django.template.context import Context
from django.templatetags.static import static

from reporting.document import Block, Box, Bullets, Cell, Column, Document, Figure, Kind, Note, Paragraph, Table, spans
from reporting.renderers.words import fingerprint_line, label, masthead, words

STYLESHEET = "reporting/report.css"
_APP = Path(__file__).resolve().parents[1]
_RIGHT = {Kind.NUMBER, Kind.PERCENT}


def render(document: Document, *, standalone: bool = True) -> bytes:
    """Return the page as UTF-8.

    A standalone page carries its stylesheet within, to be saved and sent; otherwise it links to
    the static file, as a Content-Security-Policy without inline styles demands.
    """
    page = _engine().get_template("page.html").render(Context(_page(document, standalone)))
    return page.encode()


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(_APP / "templates" / "reporting" / "document")], autoescape=True)


@cache
def stylesheet() -> str:
    """The CSS that a standalone page carries, to the letter: its hash may stand in a Content-Security-Policy."""
    return (_APP / "static" / STYLESHEET).read_text(encoding="utf-8")


def _page(document: Document, standalone: bool) -> dict[str, Any]:
    before_source, _, after_source = words()["source"].partition("%(source)s")
    return {
        "before_source": before_source,
        "after_source": after_source,
        "document": document,
        "contents": document.contents,
        "masthead": masthead(document),
        "words": words(),
        "fingerprint_line": fingerprint_line(document),
        "css": stylesheet() if standalone else "",
        "css_address": "" if standalone else static(STYLESHEET),
        "blocks": [_view(block) for block in document.blocks],
    }


def _view(block: Block) -> dict[str, Any]:
    """Return what a block's template needs beside the block itself."""
    view = {"block": block, "template": f"{block.kind}.html"}
    return view | _EXTRAS.get(block.kind, lambda _: {})(block)


def _text_view(block: Paragraph | Note) -> dict[str, Any]:
    return {"spans": spans(block.text)}


def _bullets_view(bullets: Bullets) -> dict[str, Any]:
    return {"items": [spans(item) for item in bullets.items]}


def _box_view(box: Box) -> dict[str, Any]:
    return {"label": label(box), "inner": [_view(block) for block in box.blocks]}


def _figure_view(figure: Figure) -> dict[str, Any]:
    """A drawing comes as an image: whatever a SVG holds, nothing in an image is ever executed."""
    drawing = base64.b64encode(figure.svg.encode()).decode()
    return {"label": label(figure), "address": f"data:image/svg+xml;base64,{drawing}"}


def _table_view(table: Table) -> dict[str, Any]:
    whole = sum(column.width for column in table.columns)
    return {
        "label": label(table),
        "columns": [(column, _css_class(column), _share(column, whole)) for column in table.columns],
        "rows": [_row(row, table.columns) for row in table.rows],
        "footer": _row(table.footer, table.columns),
    }


def _row(cells: tuple[Cell, ...], columns: tuple[Column, ...]) -> list[tuple[Cell, str]]:
    """Return each cell with its CSS classes."""
    return [
        (cell, f"{_css_class(column)} tone-{cell.tone}" if cell.tone else _css_class(column))
        for cell, column in zip(cells, columns, strict=False)
    ]


def _css_class(column: Column) -> str:
    return "number" if column.kind in _RIGHT else column.kind.value


def _share(column: Column, whole: int) -> int:
    """Return a column's share of the width in per cent: a CSS class, styles in tags being barred."""
    return max(1, 100 * column.width // whole)


_EXTRAS: dict[str, Callable[[Any], dict[str, Any]]] = {
    Paragraph.kind: _text_view,
    Note.kind: _text_view,
    Bullets.kind: _bullets_view,
    Box.kind: _box_view,
    Table.kind: _table_view,
    Figure.kind: _figure_view,
}
