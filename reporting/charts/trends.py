"""Lines through the cycles: for each pillar the share of what was due that is implemented or substantial."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from reporting import figures
from reporting.charts import svg
from reporting.charts.lettering import shortened, width
from reporting.charts.wording import month, named, of, percent, pillar_title
from reporting.document import Chart, Figure
from reporting.facts import ReviewFacts
from reporting.figures import Figures, Moment
from reporting.renderers import palette

_LEFT, _RIGHT, _TOP, _BOTTOM = 50, 455, 14, 214
_KEY = 18
_LABEL = 15  # between two lines of words
# Lines differ by their dashes and marks: colour alone tells nobody anything.
_LOOKS = (
    ("", "M-4 -4h8v8h-8z"),
    ("7 4", "M0 -5 5 4H-5z"),
    ("2 3", "M0 -5 5 0 0 5 -5 0z"),
    ("9 3 2 3", "M-4 -4 4 4M-4 4 4 -4"),
)


def trends(facts: ReviewFacts, *, table: str, anchor: str) -> Figure | None:
    """A line for each pillar from which anything is due; None where there is no earlier cycle, or no such pillar.

    The table has a column for each pillar, its key `pillar-` and the code, as `trends_table` has.
    """
    moments = figures.moments(facts)
    due = [place for place, one in enumerate(moments[-1].pillars) if one.due]
    if not facts.earlier or not due:
        return None
    title = _("Implemented or substantial progress, of what is due, by cycle and pillar")
    alt = _alternative(facts, moments, due)
    days = [moment.closes_on for moment in moments]
    parts = [*_grid(), *_days(days)]
    for place in due:
        parts += _line(moments, place, _places(days))
    parts += _newest([(facts.pillars[place].code, moments[-1].pillars[place]) for place in due])
    y: float = _BOTTOM + 40
    for place in due:
        parts += _key(pillar_title(facts.pillars[place]), place, y)
        y += _KEY
    series = tuple(f"pillar-{pillar.code}" for pillar in facts.pillars)
    drawing = svg.drawing(y, title, alt, parts)
    return Figure(drawing, alt, title, table, chart=Chart("line", series), anchor=anchor)


def _grid() -> Iterator[str]:
    for part in (0, 25, 50, 75, 100):
        y = _height(part)
        yield svg.line(_LEFT, y, _RIGHT + 6, y)
        yield svg.text(_LEFT - 8, y + 4, f"{part} %", size=svg.SMALL, anchor="end")


def _days(days: list[dt.date]) -> Iterator[str]:
    """The month in which each cycle ended, on two lines; one that would run into another is left out."""
    free = [float(svg.WIDTH), float(svg.WIDTH)]
    for x, day in reversed(list(zip(_places(days), days, strict=True))):
        room = width(month(day), svg.SMALL) / 2 + 3
        line = next((line for line in (0, 1) if x + room <= free[line]), None)
        yield svg.line(x, _BOTTOM, x, _BOTTOM + 4)
        if line is not None:
            yield svg.text(x, _BOTTOM + 17 + line * 13, month(day), size=svg.SMALL, anchor="middle")
            free[line] = x - room


def _places(days: list[dt.date]) -> list[float]:
    """Cycles stand as far apart as the days on which they end: they are of no fixed length."""
    span = (days[-1] - days[0]).days or 1
    return [_LEFT + 20 + (_RIGHT - _LEFT - 20) * max(0, (day - days[0]).days) / span for day in days]


def _height(percents: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * percents / 100


def _line(moments: tuple[Moment, ...], place: int, places: list[float]) -> Iterator[str]:
    colour, dashes, mark = _looks(place)
    points = [moment.pillars[place] for moment in moments]
    drawn = [(x, _height(100 * one.reached / one.due)) for x, one in zip(places, points, strict=True)]
    yield svg.path("M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in drawn), stroke=colour, dashes=dashes, width=1.8)
    for x, y in drawn:
        yield _mark(x, y, mark, colour)


def _looks(place: int) -> tuple[str, str, str]:
    """Colour, dashes and mark of a line."""
    return palette.fill("", place), *_LOOKS[place % len(_LOOKS)]


def _mark(x: float, y: float, mark: str, colour: str) -> str:
    shape = svg.path(mark, fill="#ffffff", stroke=colour, width=1.6)
    return svg.element("g", {"transform": f"translate({x:.2f} {y:.2f})"}, shape)


def _newest(points: list[tuple[str, Figures]]) -> Iterator[str]:
    """At the end of each line its newest share, with what it was counted from; kept apart from one another."""
    points = sorted(points, key=lambda point: -point[1].reached / point[1].due)
    heights = _apart([_height(100 * one.reached / one.due) + 4 for _code, one in points])
    for (code, one), y in zip(points, heights, strict=True):
        figure = f" {percent(one.reached_share)} ({of(one.reached, one.due)})"
        yield svg.text(_RIGHT + 12, y, [(code, True), (figure, False)], size=svg.SMALL)


def _apart(heights: list[float]) -> list[float]:
    """Heights from the top down, moved as little as keeps two lines of words from touching."""
    groups: list[list[float]] = []
    for height in heights:
        groups.append([height])
        while len(groups) > 1 and _top(groups[-1]) - _top(groups[-2]) < len(groups[-2]) * _LABEL:
            groups[-2:] = [groups[-2] + groups[-1]]
    return [_top(group) + place * _LABEL for group in groups for place in range(len(group))]


def _top(group: list[float]) -> float:
    """Where the first line of a group stands, its middle where its lines would like to be."""
    top = sum(group) / len(group) - (len(group) - 1) * _LABEL / 2
    return max(_TOP, min(top, _BOTTOM + 4 - (len(group) - 1) * _LABEL))


def _key(name: str, place: int, y: float) -> Iterator[str]:
    colour, dashes, mark = _looks(place)
    yield svg.path(f"M0 {y + 9:g}h36", stroke=colour, dashes=dashes, width=1.8)
    yield _mark(18, y + 9, mark, colour)
    yield svg.text(44, y + 13, shortened(name, svg.WIDTH - 44, svg.SIZE))


def _alternative(facts: ReviewFacts, moments: tuple[Moment, ...], due: list[int]) -> str:
    lines = [_("Share of what is due that is implemented or shows substantial progress, by cycle.")]
    for moment in moments:
        points = [(facts.pillars[place].code, moment.pillars[place]) for place in due]
        shares = "; ".join(f"{code}: {of(one.reached, one.due)} ({percent(one.reached_share)})" for code, one in points)
        lines.append(f"{named(moment.title)}. {shares}.")
    return " ".join(lines)
