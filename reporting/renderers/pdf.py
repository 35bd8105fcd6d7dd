"""The document as PDF: A4, tagged, PDF/UA-1, set by Typst from `typst/review.typ`."""

from typing import Any

from reporting.blocks import parts
from reporting.document import Block, Cell, Citation, Document, Reference, Table, as_data
from reporting.renderers import palette
from reporting.renderers.layout import SHORT_ROW, Run, column_widths, fitted, opening, runs
from reporting.renderers.masthead import front_page
from reporting.renderers.typesetting import typeset
from reporting.renderers.words import fingerprint_line, words


def render(document: Document) -> bytes:
    """Return the PDF; raises RuntimeError when the typesetter fails, warns or takes too long."""
    return typeset("review.typ", _data(document), "pdf", document.date_on)


def _data(document: Document) -> dict[str, Any]:
    """Return what the template reads, all of it text and numbers and none of it code."""
    first, rest = opening(document.pages)
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
        "contents_depth": document.contents_depth,
        "contents": [[heading.level, f"{heading.number} {heading.text}".strip()] for heading in document.contents],
        "words": words(),
        "tones": {tone: [colours.background, colours.text] for tone, colours in palette.PALETTE.items()},
        "accent": palette.ACCENT,
        "rule": palette.RULE,
        "head": palette.HEAD,
        "short_row": SHORT_ROW,
        "targets": _targets(document),
        "opening": [_run(run, document.language) for run in runs(first)],
        "runs": [_run(run, document.language) for run in runs(rest)],
    }


def _targets(document: Document) -> list[str]:
    """Return the anchors that links lead to, each once."""
    linking = (part for part in parts(document.pages) if isinstance(part, Cell | Citation | Reference))
    links = (f"#{part.anchor}" if isinstance(part, Reference) else part.link for part in linking)
    return list(dict.fromkeys(link[1:] for link in links if link.startswith("#")))


def _run(run: Run, language: str) -> dict[str, Any]:
    blocks = (part for block in run.blocks for part in fitted(block, run.width))
    return {"is_wide": run.is_wide, "blocks": [_block(block, run.width, language) for block in blocks]}


def _block(block: Block, room: float, language: str) -> dict[str, Any]:
    data: dict[str, Any] = as_data(block)
    if data.get("language") == language:
        del data["language"]
    if isinstance(block, Table):
        data["widths"] = column_widths(block, room)
    return data
