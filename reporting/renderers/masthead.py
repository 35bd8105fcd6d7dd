"""What stands above the title of a document, in the places that United Nations documents have for it."""

from dataclasses import dataclass

from django.utils.translation import gettext

from reporting.document import Document
from reporting.renderers.words import date_line


@dataclass(frozen=True)
class FrontPage:
    """The symbol at the right; below a rule session and agenda item at the left, distribution, date and original
    language at the right; `lines`, as (label, value), under the title."""

    symbol: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]


def front_page(document: Document) -> FrontPage:
    """Put the lines of the document's masthead in their places; those without one keep their order."""
    meta = dict(document.meta)
    symbol, distribution = gettext("Symbol"), gettext("Distribution")
    original, above = gettext("Original language"), (gettext("Session"), gettext("Agenda item"))
    placed = (symbol, distribution, original, *above)
    return FrontPage(
        symbol=document.symbol or (f"{symbol}: {meta[symbol]}" if symbol in meta else ""),
        left=tuple(f"{label}: {meta[label]}" for label in above if label in meta),
        right=(
            *(f"{label}: {meta[label]}" for label in (distribution,) if label in meta),
            date_line(document),
            *(f"{label}: {meta[label]}" for label in (original,) if label in meta),
        ),
        lines=tuple((label, value) for label, value in document.meta if label not in placed),
    )
