"""What the tests of reports read in a report."""

from __future__ import annotations

import datetime as dt

from reporting.document import Bullets, Document, Paragraph, Quote, Table, plain
from reporting.renderers import RENDERERS
from reporting.review_report import review_report
from tests.builders import World
from tests.reporting.readers import squeezed, text_of
from tests.reporting.worlds import attach, canaries, facts_for, publish

__all__ = ["MADE_ON", "attach", "canaries", "facts_for", "publish", "report_of", "shown", "table", "texts"]

MADE_ON = dt.date(2026, 7, 1)


def report_of(world: World, audience: str = "public", *, language: str = "en", after_days: int = 0) -> Document:
    facts = facts_for(world, audience, after_days=after_days)
    return review_report(facts, made_on=MADE_ON, language=language)


def table(document: Document, anchor: str) -> Table:
    return next(one for one in document.tables if one.anchor == anchor)


def texts(document: Document) -> list[str]:
    """All running text, leads included, in order."""
    found = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(f"{block.lead} {plain(block.text)}".strip())
        elif isinstance(block, Bullets):
            found += [plain(item) for item in block.items]
        elif isinstance(block, Quote):
            found.append(block.text)
    return found


def shown(document: Document, extension: str) -> str:
    """All that the file of a format shows, without what line breaking adds or takes away."""
    return squeezed(text_of(extension, RENDERERS[extension].render(document)))
