"""The columns of a worksheet: what each is called, what its cells hold, and how a value is worded in a language."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from commitments.content import CHOICES, LANGUAGES, MAX_TEXT, SECTIONS
from commitments.guidance import GROUPS, GUIDANCE, LANGUAGE_NAMES

# What the sheet says and does not ask.
REFERENCE: dict[str, Any] = {
    "code": _("Code"),
    "short_title": _("Short title"),
    "adopted_text": _("Adopted text"),
    "lead_agency": _("Lead agency"),
}
# What its reader writes, in the order of the form.
WRITTEN: tuple[str, ...] = (
    *(name for _legend, names in GROUPS for name in names),
    "original_language",
    "to_be_reconfirmed",
)
# What tells the sheet's rows apart: the update, the version that was taken, and a mark of each cell as it was then.
HIDDEN: tuple[str, ...] = ("key", "version", "marks")
COLUMNS: tuple[str, ...] = (*REFERENCE, *WRITTEN, *HIDDEN)

CARRIED, CONFIRMED = "carried", "confirmed"
RECONFIRMING: dict[str, Any] = {CARRIED: _("To be confirmed"), CONFIRMED: _("Confirmed")}
ELSEWHERE = _("This text cannot stand in a spreadsheet: change it on its page. It is left as it is.")
# What a cell of a spreadsheet holds, counted as it counts: an emoji is two.
MAX_CELL = 32_767
_ESCAPE = "_x005f_"


def label(name: str) -> str:
    """What the column is called, in the reader's language."""
    if name in REFERENCE:
        return str(REFERENCE[name])
    return str(GUIDANCE[name].label) if name in GUIDANCE else name


def options(name: str) -> dict[str, Any]:
    """The values to choose from, each with its words; none for text and dates."""
    if name in CHOICES:
        return dict(CHOICES[name].choices)
    return {
        "original_language": {code: LANGUAGE_NAMES[code] for code in LANGUAGES},
        "to_be_reconfirmed": RECONFIRMING,
    }.get(name, {})


def is_text(name: str) -> bool:
    return name in SECTIONS


def value_in(update: Any, name: str) -> str:
    """What the draft holds, as a plain string; empty for what is unanswered."""
    if name == "to_be_reconfirmed":
        return CARRIED if update.to_be_reconfirmed else ""
    value = getattr(update, name)
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


def worded(name: str, value: str) -> str:
    """A value as a person reads it."""
    return str(options(name).get(value, value))


def fits(text: str) -> bool:
    """Whether a cell can hold this text, whichever program opens it.

    Every section can, unless thousands of its signs are emoji, or it holds the sign by which spreadsheets escape
    signs: some programs unescape that twice.
    """
    is_short = len(text) <= MAX_CELL // 2 or len(text.encode("utf-16-le")) // 2 <= MAX_CELL
    return is_short and _ESCAPE not in text.casefold()


def mark(value: str) -> str:
    """A short fingerprint, by which a cell that was left as it was is known."""
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def marks_of(values: Mapping[str, str]) -> str:
    return " ".join(f"{name}:{mark(value)}" for name, value in values.items())


def read_marks(text: str) -> dict[str, str]:
    """The marks by column; what is no mark is passed over."""
    pairs = (part.partition(":") for part in text.split())
    return {name: found for name, _colon, found in pairs if name in WRITTEN and found}


@cache
def known_words(name: str) -> dict[str, str]:
    """Every way to word a choice, in every language of the site, and its value itself."""
    return {folded(words): value for value, words in _in_all_languages(lambda: options(name)) if words}


@cache
def known_headings() -> dict[str, str]:
    """Every heading that names a column: its machine name, and its label in every language of the site."""
    return {folded(words): name for name, words in _in_all_languages(lambda: {name: label(name) for name in COLUMNS})}


@cache
def known_notices() -> frozenset[str]:
    """The words that stand in for what no cell can hold, in every language of the site."""
    return frozenset(folded(words) for _value, words in _in_all_languages(lambda: {"": ELSEWHERE}) if words)


def folded(words: Any) -> str:
    """Words compared as a person would: without regard to case and blanks."""
    return " ".join(str(words).split()).casefold()


def _in_all_languages(ask: Any) -> Iterator[tuple[str, str]]:
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for value, words in ask().items():
                yield from ((value, str(words)), (value, value))


__all__ = ["COLUMNS", "HIDDEN", "MAX_TEXT", "REFERENCE", "WRITTEN"]
