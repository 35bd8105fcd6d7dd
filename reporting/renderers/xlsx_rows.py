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
)
from reporting.renderers.words import label

# What one cell of a workbook can hold, in characters.
LONGEST_TEXT = 32_000


class TextRow(NamedTuple):
    """Three cells, and whether they stand in bold."""

    cells: tuple[str, str, str]
    is_heading: bool = False


def text_rows(document: Document) -> Iterator[TextRow]:
    """Yield the rows in order; a text too long for one cell goes on in the next row."""
    for block in document.blocks:
        for row in _rows(block):
            yield from _parted(row)


def _rows(block: Block) -> Iterator[TextRow]:
    if isinstance(block, Heading):
        yield TextRow((block.number, block.text, ""), True)
    elif isinstance(block, Table | Figure):
        yield TextRow(("", _captioned(block), ""))
    elif isinstance(block, Box):
        yield TextRow(("", f"{label(block)}. {block.title}", ""), True)
        for inner in block.blocks:
            yield from _rows(inner)
    else:
        yield from _text_rows(block)


def _captioned(block: Table | Figure) -> str:
    caption = f"{label(block)}. {block.caption}"
    return f"{caption}\n{block.alt}" if isinstance(block, Figure) else caption


def _text_rows(block: Block) -> Iterator[TextRow]:
    if isinstance(block, Paragraph):
        text = f"{block.lead} {plain(block.text)}".strip()
        yield TextRow((block.number, text, _sources(block.citations)))
    elif isinstance(block, Bullets):
        for item in block.items:
            yield TextRow(("", f"• {plain(item)}", _sources(block.citations)))
    elif isinstance(block, Quote):
        yield TextRow(("", f"“{block.text}”", block.source))
    elif isinstance(block, Note):
        yield TextRow(("", plain(block.text), ""))


def _sources(citations: tuple[Citation, ...]) -> str:
    return "; ".join(citation.text for citation in citations)


def _parted(row: TextRow) -> Iterator[TextRow]:
    number, text, source = row.cells
    yield TextRow((number, text[:LONGEST_TEXT], source), row.is_heading)
    for start in range(LONGEST_TEXT, len(text), LONGEST_TEXT):
        yield TextRow(("", text[start : start + LONGEST_TEXT], ""))
