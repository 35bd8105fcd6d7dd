"""The document as PDF: A4, tagged, PDF/UA-1, set by Typst.

A short document is set in one piece from `typst/review.typ`. A long one is set in parts, two at a time, and bound:
the typesetter's memory is that of a part.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from reporting.blocks import parts as all_within
from reporting.document import Block, Cell, Citation, Document, Heading, Reference, Table, as_data
from reporting.renderers import palette
from reporting.renderers.layout import (
    LANDSCAPE_WIDTH,
    PORTRAIT_WIDTH,
    SHORT_ROW,
    Run,
    column_widths,
    fitted,
    opening,
    runs,
)
from reporting.renderers.masthead import front_page
from reporting.renderers.pdf_binding import Binder, Bookmark, Piece, piece_of
from reporting.renderers.pdf_parts import Part, parted
from reporting.renderers.typesetting import Typesetter
from reporting.renderers.words import fingerprint_line, words

_AT_ONCE = 2


def render(document: Document) -> bytes:
    """Return the PDF; raises RuntimeError when the typesetter fails, warns or takes too long."""
    first, rest = opening(document.pages)
    parts = parted(_fitted(rest))
    with Typesetter() as typesetter:
        if len(parts) > 1:
            return _bound(document, _fitted(first), parts, typesetter)
        titles = [[heading.level, _title(heading)] for heading in document.contents]
        data = _data(document) | {
            "contents": titles,
            "contents_depth": document.contents_depth,
            "targets": _targets(document),
            "opening": _runs(_fitted(first), document.language),
            "runs": _runs(parts[0].blocks, document.language),
        }
        return typesetter.typeset("review.typ", data, "pdf", document.date_on)


def _bound(document: Document, first: tuple[Block, ...], parts: tuple[Part, ...], typesetter: Typesetter) -> bytes:
    """Set the parts, then the front, which lists on which pages they begin, and bind them."""
    common = _data(document)

    def part_set(part: Part) -> Piece:
        data = common | {"shift": part.shift, "runs": _runs(part.blocks, document.language)}
        return piece_of(typesetter.typeset("part.typ", data, "pdf", document.date_on), part.shift)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        pieces = list(pool.map(part_set, parts))
    data = common | {
        "opening": _runs(first, document.language),
        "contents": _contents(document, pieces),
        "sheets": [is_wide for piece in pieces for is_wide in piece.are_wide],
    }
    front = piece_of(typesetter.typeset("front.typ", data, "pdf", document.date_on))
    headings = [block for block in document.pages if isinstance(block, Heading)]
    bookmarks = [Bookmark(heading.level, _title(heading), heading.anchor) for heading in headings]
    return Binder(front, pieces, bookmarks, _homes(document), document.title).bind()


def _data(document: Document) -> dict[str, Any]:
    """Return what every template reads, all of it text and numbers and none of it code."""
    front = front_page(document)
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "running": document.symbol or document.title,
        "language": document.language,
        "date": [document.date_on.year, document.date_on.month, document.date_on.day],
        "fingerprint": document.fingerprint,
        "fingerprint_line": fingerprint_line(document),
        "front": {"symbol": front.symbol, "left": front.left, "right": front.right, "lines": front.lines},
        "words": words(),
        "tones": {tone: [colours.background, colours.text] for tone, colours in palette.PALETTE.items()},
        "accent": palette.ACCENT,
        "rule": palette.RULE,
        "head": palette.HEAD,
        "short_row": SHORT_ROW,
        "shift": 0,
    }


def _title(heading: Heading) -> str:
    return f"{heading.number} {heading.text}".strip()


def _contents(document: Document, pieces: list[Piece]) -> list[dict[str, Any]]:
    """Return the lines of the contents; pages are counted from the first page of the first part, which is 1."""
    pages: dict[str, int] = {}
    before = 1
    for piece in pieces:
        pages |= {name: before + page for name, page in piece.pages_of_names.items()}
        before += len(piece.are_wide)
    return [
        {
            "level": one.level,
            "number": one.number,
            "title": one.text,
            "anchor": one.anchor,
            "page": pages[one.anchor],
        }
        for one in document.contents
    ]


def _homes(document: Document) -> dict[str, str]:
    """Return for each anchor the heading under which it stands; what opens the document stands under none."""
    homes: dict[str, str] = {}
    home = ""
    for block in document.pages:
        home = block.anchor if isinstance(block, Heading) else home
        anchors = (getattr(part, "anchor", "") for part in all_within(block) if not isinstance(part, Reference))
        homes |= {anchor: home for anchor in anchors if anchor}
    return homes


def _targets(document: Document) -> list[str]:
    """Return the anchors that links lead to, each once."""
    linking = (part for part in all_within(document.pages) if isinstance(part, Cell | Citation | Reference))
    links = (f"#{part.anchor}" if isinstance(part, Reference) else part.link for part in linking)
    return list(dict.fromkeys(link[1:] for link in links if link.startswith("#")))


def _fitted(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    def room(block: Block) -> float:
        return LANDSCAPE_WIDTH if isinstance(block, Table) and block.is_wide else PORTRAIT_WIDTH

    return tuple(part for block in blocks for part in fitted(block, room(block)))


def _runs(blocks: tuple[Block, ...], language: str) -> list[dict[str, Any]]:
    return [_run(run, language) for run in runs(blocks)]


def _run(run: Run, language: str) -> dict[str, Any]:
    return {"is_wide": run.is_wide, "blocks": [_block(block, run.width, language) for block in run.blocks]}


def _block(block: Block, room: float, language: str) -> dict[str, Any]:
    data: dict[str, Any] = as_data(block)
    if data.get("language") == language:
        del data["language"]
    if isinstance(block, Table):
        data["widths"] = column_widths(block, room)
    return data
