"""One item through the cycles: how each State rated it each time, or why there is no rating."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reporting import figures
from reporting.charts import svg, tones
from reporting.charts.lettering import shortened, width
from reporting.charts.wording import item_title, month, named
from reporting.document import Figure, Tone
from reporting.facts import ItemFacts, ReviewFacts
from reporting.renderers.palette import PALETTE

MAX_STATES = 30
MAX_CYCLES = 12
_NAMES = 140
_CELL, _ROW = 22, 28
_GAP = 12
_HEAD = 36


def timeline(facts: ReviewFacts, item: ItemFacts, *, table: str, anchor: str) -> Figure | None:
    """A row for each State, a column for each of the newest MAX_CYCLES cycles.

    None where there are no States, or more than MAX_STATES: the picture would be longer than a page.
    """
    if not 0 < len(facts.states) <= MAX_STATES:
        return None
    title = _("Action item %(item)s, cycle by cycle") % {"item": item_title(item)}
    rows = figures.history(facts, item)
    alt = _alternative(facts, item)
    shown = [(named(state.name), cells[-MAX_CYCLES:]) for state, cells in rows]
    used = {tone for _name, cells in shown for tone in cells}
    parts, y = tones.legend(0, [tone for tone in tones.LEGEND if tone in used], is_plain=True)
    parts += _head(facts, y)
    y += _HEAD
    for name, cells in shown:
        parts += _row(name, cells, y)
        y += _ROW
    return Figure(svg.drawing(y, title, alt, parts), alt, title, table, anchor=anchor)


def _columns(number: int) -> Iterator[tuple[float, float]]:
    """Where each column begins and how wide it is."""
    room = (svg.WIDTH - _NAMES) / number
    return ((_NAMES + place * room, room - _GAP) for place in range(number))


def _head(facts: ReviewFacts, y: float) -> Iterator[str]:
    """The month in which each cycle ends, or only its year, above its title."""
    cycles = figures.cycles(facts)[-MAX_CYCLES:]
    for (x, room), one in zip(_columns(len(cycles)), cycles, strict=True):
        when = month(one.closes_on)
        if width(when, svg.SIZE, is_bold=True) > room:
            when = str(one.closes_on.year)
        yield svg.text(x, y + 13, when, is_bold=True)
        yield svg.text(x, y + 27, shortened(named(one.title), room, svg.SMALL), size=svg.SMALL)


def _row(name: str, cells: tuple[Tone, ...], y: float) -> Iterator[str]:
    yield svg.text(0, y + 15, shortened(name, _NAMES - 10, svg.SIZE))
    middle = y + _CELL / 2
    yield svg.line(_NAMES, middle, svg.WIDTH - _GAP, middle)
    for (x, room), tone in zip(_columns(len(cells)), cells, strict=True):
        yield from tones.area(tone, x + 0.5, y + 0.5, room - 1, _CELL - 1, is_plain=True)
        runs = [(tones.letter(tone), True)]
        if width(f"{tones.letter(tone)} {tones.short(tone)}", svg.SMALL) + 10 <= room:
            runs.append((f" {tones.short(tone)}", False))
        yield svg.text(x + 6, y + 15, runs, size=svg.SMALL, fill=PALETTE[tone].text)


def _alternative(facts: ReviewFacts, item: ItemFacts) -> str:
    titles = [named(one.title) for one in figures.cycles(facts)]
    lines = []
    for state, cells in figures.history(facts, item):
        told = "; ".join(f"{title}: {tones.label(tone)}" for title, tone in zip(titles, cells, strict=True))
        lines.append(f"{named(state.name)}. {told}.")
    return " ".join(lines)
