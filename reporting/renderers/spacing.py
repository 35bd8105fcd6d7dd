"""Spaces at which no line may end: what is read together stands together on pages.

Only the look changes: JSON, CSV and the workbook keep the text to the letter, and its fingerprint with it.
"""

import re

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
)
# "12.5 %", "5 December", "2026 года"; "No. 5"; and a dash, which begins no line.
_UNIT = rf"%|(?:{_MONTHS}|года|году|годов|годах|годам|гг?\.)(?!\w)"
_BOUND = re.compile(rf" (?:(?=— )|(?<=\d )(?={_UNIT})|(?<=№ )(?=\d)|(?<=\bNo\. )(?=\d))")


def bound(text: str) -> str:
    """Return a text with no-break spaces in numbers with their units, days of months, and before dashes."""
    return _BOUND.sub("\u00a0", text)
