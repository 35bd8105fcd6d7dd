"""For each pillar a bar of what is due: every rating and what is not there, with the sum written beneath."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reporting import figures
from reporting.charts import svg, tones
from reporting.charts.heat import strip
from reporting.charts.lettering import shortened, width
from reporting.charts.wording import in_words, pillar_title, reported
from reporting.document import Chart, Figure, Tone
from reporting.facts import ReviewFacts
from reporting.figures import Figures

SERIES = (*(tone.value for tone in tones.STACK), "empty")
_BAR = 24
_GROUP = 70


def bars(facts: ReviewFacts, *, table: str, anchor: str) -> Figure:
    """Stacked bars per pillar and, where there are several, of the whole plan; each is as long as 100 per cent.

    The table has a column for each key in SERIES, as `bars_table` has.
    """
    title = _("Ratings by pillar")
    named = _by_name(facts)
    alt = _alternative(facts, named)
    parts, y = tones.legend(0, (*tones.STACK, figures.rest(facts)))
    for name, one in named:
        parts += _group(facts, name, one, y)
        y += _GROUP
    drawing = svg.drawing(y, title, alt, parts)
    return Figure(drawing, alt, title, table, chart=Chart("stacked", SERIES), anchor=anchor)


def _by_name(facts: ReviewFacts) -> list[tuple[str, Figures]]:
    named = [(pillar_title(pillar), figures.of_items(facts, pillar.items)) for pillar in facts.pillars]
    return [*named, (_("Whole plan"), figures.of_all(facts))] if len(named) > 1 else named


def _group(facts: ReviewFacts, name: str, one: Figures, y: float) -> Iterator[str]:
    """Name and share above the bar, the sum beneath."""
    figure = reported(one)
    room = svg.WIDTH - width(figure, svg.SIZE, is_bold=True) - 12
    yield svg.text(0, y + 13, shortened(name, room, svg.SIZE, is_bold=True), is_bold=True)
    yield svg.text(svg.WIDTH, y + 13, figure, anchor="end")
    if not one.due:
        yield svg.text(0, y + 35, _("Nothing is due."))
        return
    parts = tones.parts(facts, one)
    yield from strip(parts, 0.5, y + 18, svg.WIDTH - 1, _BAR)
    yield from _lettered(parts, y + 18)
    yield svg.text(0, y + 57, _sum(parts, one.due), size=svg.SMALL)


def _lettered(parts: tuple[tuple[Tone, int], ...], y: float) -> Iterator[str]:
    """Letter and number inside each part that is wide enough; the sum beneath has them all."""
    whole = sum(number for _tone, number in parts)
    before = 0
    for tone, number in parts:
        room = svg.WIDTH * number / whole
        if number and width(f"{tones.letter(tone)} {number}", svg.SIZE, is_bold=True) + 8 <= room:
            middle = svg.WIDTH * before / whole + room / 2
            runs = [(tones.letter(tone), True), (f" {number}", False)]
            yield from tones.lettering(tone, middle, y + 16, runs)
        before += number


def _sum(parts: tuple[tuple[Tone, int], ...], due: int) -> list[tuple[str, bool]]:
    runs: list[tuple[str, bool]] = []
    for tone, number in parts:
        if number:
            runs += [(" + ", False)] if runs else []
            runs += [(tones.letter(tone), True), (f" {number}", False)]
    return [*runs, (" " + _("= %(due)d due") % {"due": due}, False)]


def _alternative(facts: ReviewFacts, named: list[tuple[str, Figures]]) -> str:
    lines = [_("For every pillar, how the updates that are due are rated.")]
    for name, one in named:
        rated = f" {in_words(tones.parts(facts, one))}." if one.due else ""
        lines.append(f"{name}. {reported(one)}.{rated}")
    return " ".join(lines)
