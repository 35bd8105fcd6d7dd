"""How names, counts, shares and months are written in pictures and in their tables, in the active language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from commitments.content import reader_language as language
from commitments.content import reading
from reporting.charts.tones import label, letter
from reporting.document import Cell, Tone
from reporting.facts import ItemFacts, PillarFacts, Wording
from reporting.figures import Figures

# Between two runs of words a common space is lost by some who draw.
SPACE = "\u00a0"


def named(wording: Wording) -> str:
    """A title or name in the reader's language, where there is one."""
    return wording.within(*reading())


def pillar_title(pillar: PillarFacts) -> str:
    return _("Pillar %(code)s. %(title)s") % {"code": pillar.code, "title": named(pillar.title)}


def item_title(item: ItemFacts) -> str:
    return f"{item.code} {named(item.short_title)}"


def percent(value: Decimal | None) -> str:
    return "–" if value is None else f"{format_decimal(value, '0.0', locale=language())} %"


def month(date: dt.date) -> str:
    return format_date(date, "LLL y", locale="en_GB" if language() == "en" else language())


def of(part: int, whole: int) -> str:
    """A part beside its whole: no figure stands without what it was counted from."""
    return _("%(part)d of %(whole)d") % {"part": part, "whole": whole}


def reported(one: Figures) -> str:
    return _("Reported: %(part)d of %(whole)d") % {"part": one.reported, "whole": one.due}


def in_words(parts: Iterable[tuple[Tone, int]]) -> str:
    """The parts that are there, each with its number: "Limited progress: 12; No information: 1"."""
    return "; ".join(f"{label(tone)}: {number}" for tone, number in parts if number)


def in_letters(parts: Iterable[tuple[Tone, int]]) -> list[tuple[str, bool]]:
    """The same as runs of words, letters in bold: I12 L3."""
    runs: list[tuple[str, bool]] = []
    for tone, number in parts:
        if number:
            runs += [(f"{SPACE if runs else ''}{letter(tone)}", True), (str(number), False)]
    return runs


def number_cell(number: int) -> Cell:
    return Cell(str(number), value=number)


def percent_cell(value: Decimal | None) -> Cell:
    return Cell(percent(value), value=value)
