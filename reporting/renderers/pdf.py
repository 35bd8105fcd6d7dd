"""The document as PDF: A4, tagged, PDF/UA-1, set by Typst from `typst/review.typ`."""

from typing import Any

from reporting.document import Block, Document, Table, as_data
from reporting.renderers import palette
from reporting.renderers.layout import SHORT_ROW, Run, column_widths, runs
from reporting.renderers.typesetting import typeset
from reporting.renderers.words import fingerprint_line, masthead, words


def render(document: Document) -> bytes:
    """Return the PDF; raises RuntimeError when the typesetter fails, warns or takes too long."""
    return typeset("review.typ", _data(document), "pdf", document.date_on)


def _data(document: Document) -> dict[str, Any]:
    """Return what the template reads, all of it text and numbers and none of it code."""
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "symbol": document.symbol,
        "language": document.language,
        "date": [document.date_on.year, document.date_on.month, document.date_on.day],
        "fingerprint": document.fingerprint,
        "fingerprint_line": fingerprint_line(document),
        "masthead": [list(line) for line in masthead(document)],
        "contents_depth": document.contents_depth if document.contents else 0,
        "words": words(),
        "tones": {tone: [colours.background, colours.text] for tone, colours in palette.PALETTE.items()},
        "accent": palette.ACCENT,
        "rule": palette.RULE,
        "head": palette.HEAD,
        "short_row": SHORT_ROW,
        "runs": [{"is_wide": run.is_wide, "blocks": _blocks(run)} for run in runs(document.blocks)],
    }


def _blocks(run: Run) -> list[dict[str, Any]]:
    return [_block(block, run.width) for block in run.blocks]


def _block(block: Block, room: float) -> dict[str, Any]:
    data: dict[str, Any] = as_data(block)
    if isinstance(block, Table):
        data["widths"] = column_widths(block, room)
    return data
