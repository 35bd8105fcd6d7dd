"""The few words that renderers add of their own, in the language that is active."""

import datetime

from babel.dates import format_date
from django.utils.translation import gettext

from reporting.document import Block, Document, Table


def words() -> dict[str, str]:
    """Return the fixed words; patterns keep their %(place)s unfilled."""
    return {
        "contents": gettext("Contents"),
        "text": gettext("Text"),
        "date": gettext("Date"),
        "symbol": gettext("Symbol"),
        "sheet": gettext("Sheet"),
        "rows": gettext("Rows"),
        "number": gettext("No."),
        "source_column": gettext("Source"),
        "skip": gettext("Skip to the text"),
        "page": gettext("Page %(number)s of %(total)s"),
        "source": gettext("Source: %(source)s"),
        "fingerprint": gettext("Fingerprint: %(fingerprint)s"),
        "table": gettext("Table %(number)s"),
        "figure": gettext("Figure %(number)s"),
        "box": gettext("Box %(number)s"),
        "part": gettext("part %(number)s of %(total)s"),
        "paragraph": gettext("Paragraph %(number)s."),
        "in_numbers": gettext("%(table)s shows the same in numbers."),
        "continued": gettext("[shortened here; complete in the other formats]"),
    }


def label(block: Block) -> str:
    """Return "Table 3" and the like for a numbered table, figure or box."""
    return words()[block.kind] % {"number": getattr(block, "number", "")}


def titled(table: Table) -> str:
    """Return the caption with its number; a table for sheets has none."""
    return f"{label(table)}. {table.caption}" if table.number else table.caption


def fingerprint_line(document: Document) -> str:
    """Return the line that every format shows."""
    return words()["fingerprint"] % {"fingerprint": document.fingerprint}


def long_date(date: datetime.date, language: str) -> str:
    """Return a date in full, day first; in Russian with the word for year written out, as running text has it."""
    if language == "ru":
        return f"{format_date(date, 'd MMMM y', locale='ru')} года"
    return format_date(date, "long", locale="en_GB" if language == "en" else language)


def date_line(document: Document) -> str:
    """Return the document's date as the United Nations writes it."""
    return long_date(document.date_on, document.language)


def masthead(document: Document) -> tuple[tuple[str, str], ...]:
    """Return the lines under the title as (label, value): symbol, date, then the document's own."""
    symbol = ((words()["symbol"], document.symbol),) if document.symbol else ()
    return (*symbol, (words()["date"], date_line(document)), *document.meta)
