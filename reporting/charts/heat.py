"""States x objectives: what is due in each cell, drawn as a strip of ratings above its figures."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reporting import figures
from reporting.charts import svg, tones
from reporting.charts.lettering import shortened, width
from reporting.charts.wording import in_letters, in_words, named, pillar_title, reported
from reporting.document import Figure, Tone
from reporting.facts import ObjectiveFacts, ReviewFacts

MAX_STATES = 5
_CODES = 54  # room for a code, at the left
_COLUMN = 113
_HEAD, _PILLAR, _ROW = 20, 20, 28
_STRIP = 11
_TITLE_ROOM = 80  # less than this is not worth a title
_SIZES = (svg.SMALL, 10, 9)


def heat(facts: ReviewFacts, *, table: str, anchor: str) -> Figure | None:
    """A cell for each objective and State: a strip of ratings, and beneath it how many of each by letter.

    The parts of a cell add up to what is due from the State; nothing is ranked and no cell has a score. None where
    there are no States, or more than MAX_STATES: their columns would be too narrow to read.
    """
    if not 0 < len(facts.states) <= MAX_STATES:
        return None
    title = _("Status by objective and Member State")
    alt = _alternative(facts)
    used = {tone for tone, number in tones.parts(facts, figures.of_all(facts)) if number}
    legend, y = tones.legend(0, [tone for tone in (*tones.STACK, figures.rest(facts)) if tone in used])
    parts = [*legend, *_names(facts, y)]
    y += _HEAD
    for pillar in facts.pillars:
        parts.append(
            svg.text(0, y + 14, shortened(pillar_title(pillar), svg.WIDTH, svg.SIZE, is_bold=True), is_bold=True)
        )
        y += _PILLAR
        for objective in pillar.objectives:
            parts += _row(facts, objective, y)
            y += _ROW
    return Figure(svg.drawing(y + 2, title, alt, parts), alt, title, table, anchor=anchor)


def _column(facts: ReviewFacts) -> tuple[float, float]:
    """Where the first column begins, and how wide each is."""
    return svg.WIDTH - len(facts.states) * _COLUMN, _COLUMN


def _names(facts: ReviewFacts, y: float) -> Iterator[str]:
    left, room = _column(facts)
    for place, state in enumerate(facts.states):
        name = shortened(named(state.name), room - 8, svg.SIZE, is_bold=True)
        yield svg.text(left + place * room, y + 14, name, is_bold=True)
    yield svg.line(0, y + _HEAD, svg.WIDTH, y + _HEAD)


def _row(facts: ReviewFacts, objective: ObjectiveFacts, y: float) -> Iterator[str]:
    left, room = _column(facts)
    yield svg.text(0, y + 12, objective.code, size=svg.SMALL, is_bold=True)
    if left - _CODES > _TITLE_ROOM:
        words = shortened(named(objective.title), left - _CODES - 10, svg.SMALL)
        yield svg.text(_CODES, y + 12, words, size=svg.SMALL)
    for place, state in enumerate(facts.states):
        one = figures.of_state(facts, state.code, objective.items)
        yield from _cell(facts, one, left + place * room, y, room - 10)


def _cell(facts: ReviewFacts, one: figures.Figures, x: float, y: float, room: float) -> Iterator[str]:
    if not one.due:
        words = shortened(tones.label(Tone.NOT_DUE), room, svg.SMALL)
        yield svg.text(x, y + 12, words, size=svg.SMALL)
        return
    parts = tones.parts(facts, one)
    yield from strip(parts, x, y + 2, room, _STRIP)
    runs = in_letters(parts)
    line = "".join(words for words, _bold in runs)
    size = next((size for size in _SIZES if width(line, size) <= room), _SIZES[-1])
    yield svg.text(x, y + _STRIP + 12, runs, size=size)


def strip(parts: tuple[tuple[Tone, int], ...], x: float, y: float, room: float, height: float) -> Iterator[str]:
    """The parts of a whole side by side, each as wide as its share."""
    whole = sum(number for _tone, number in parts)
    before = 0
    for tone, number in parts:
        if number:
            yield from tones.area(tone, x + room * before / whole, y, room * number / whole, height)
        before += number


def _alternative(facts: ReviewFacts) -> str:
    total = figures.of_all(facts)
    lines = [_("For every objective and Member State, how the updates that are due are rated."), f"{reported(total)}."]
    lines += [f"{in_words(tones.parts(facts, total))}."] if total.due else []
    lines += [f"{named(state.name)}. {reported(figures.of_state(facts, state.code))}." for state in facts.states]
    return " ".join(lines)
