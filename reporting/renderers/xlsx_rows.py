"""The running text of a document as rows of a sheet: number, text, source."""

from collections.abc import Iterator
from typing import NamedTuple

from reporting.document import (
    Block,
    Box,
    Bullets,
    Citation,
    Document,
    Figure,
    Heading,
    Note,
    Paragraph,
    Quote,
    Table,
    plain,
    web_link,
)
from reporting.quoting import quoted
from reporting.renderers.words import label

# What one cell of a workbook can hold, in units of UTF-16, with some room for a remark.
_LONGEST_TEXT = 32_000
# Number, text, source; in characters.
TEXT_WIDTHS = (8.0, 110.0, 50.0)


class TextRow(NamedTuple):
    """Three cells, whether they stand in bold, and the anchor that leads to them."""

    cells: tuple[str, str, str]
    is_heading: bool = False
    anchor: str = ""


def fitting(text: str) -> str:
    """Return as much of a text as one cell can hold."""
    if len(text) <= _LONGEST_TEXT // 2:
        return text
    longest = _LONGEST_TEXT if max(text) <= "\uffff" else _LONGEST_TEXT // 2
    return text[:longest]


def text_rows(document: Document) -> Iterator[TextRow]:
    """Yield the rows in order; a text too long for one cell goes on in the next row."""
    for block in document.pages:
        for row in _rows(block):
            yield from _parted(row)


def _rows(block: Block) -> Iterator[TextRow]:
    if isinstance(block, Heading):
        yield TextRow((block.number, block.text, ""), True, block.anchor)
    elif isinstance(block, Table):
        yield TextRow(("", f"{label(block)}. {block.caption}", ""))
    elif isinstance(block, Figure):
        yield TextRow(("", f"{label(block)}. {block.caption}\n{block.alt}", ""), anchor=block.anchor)
    elif isinstance(block, Box):
        yield TextRow(("", f"{label(block)}. {block.title}", ""), True, block.anchor)
        for inner in block.blocks:
            yield from _rows(inner)
    else:
        yield from _text_rows(block)


def _text_rows(block: Block) -> Iterator[TextRow]:
    if isinstance(block, Paragraph):
        text = f"{block.lead} {plain(block.text)}".strip()
        yield TextRow((block.number, text, _sources(block.citations)), anchor=block.anchor)
    elif isinstance(block, Bullets):
        for item in block.items:
            yield TextRow(("", f"• {plain(item)}", _sources(block.citations)))
    elif isinstance(block, Quote):
        yield TextRow(("", quoted(block.text), block.source), anchor=block.anchor)
    elif isinstance(block, Note):
        yield TextRow(("", plain(block.text), ""))


def _sources(citations: tuple[Citation, ...]) -> str:
    """Return the sources, each with its address on the web where it has one."""
    shown = (f"{one.text} ({one.link})" if web_link(one.link) else one.text for one in citations)
    return "; ".join(shown)


def _parted(row: TextRow) -> Iterator[TextRow]:
    number, text, source = row.cells
    part = fitting(text)
    yield row._replace(cells=(number, part, source))
    while text := text[len(part) :]:
        part = fitting(text)
        yield TextRow(("", part, ""))
