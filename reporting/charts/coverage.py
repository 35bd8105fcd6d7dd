"""The map of objectives: a square for each item, with the number of States that have an update on it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reporting import figures
from reporting.charts import svg
from reporting.charts.lettering import shortened, width
from reporting.charts.wording import named, of, pillar_title
from reporting.document import Chart, Figure, Tone
from reporting.facts import ObjectiveFacts, ReviewFacts
from reporting.renderers import palette

SERIES = ("touched", "untouched")
_FIGURE = 80  # room for "25 of 25", at the right
_SQUARE, _STEP = 15, 18
_PILLAR, _ROW = 22, 35


def coverage(facts: ReviewFacts, *, table: str, anchor: str) -> Figure:
    """How many items of each objective have an update of at least one State, items of partners included.

    The table has a column for each key in SERIES, as `coverage_table` has.
    """
    title = _("Items with an update of at least one Member State, by objective")
    alt = _alternative(facts)
    parts = list(_legend())
    y: float = 24
    for pillar in facts.pillars:
        name = shortened(pillar_title(pillar), svg.WIDTH, svg.SIZE, is_bold=True)
        parts += [svg.text(0, y + 15, name, is_bold=True), svg.line(0, y + _PILLAR - 1, svg.WIDTH, y + _PILLAR - 1)]
        y += _PILLAR
        for objective in pillar.objectives:
            parts += _row(facts, objective, y)
            y += _ROW
    drawing = svg.drawing(y, title, alt, parts)
    return Figure(drawing, alt, title, table, chart=Chart("stacked", SERIES), anchor=anchor)


def _legend() -> Iterator[str]:
    """What a full and an empty square mean."""
    full = _("number of Member States with an update on the item")
    yield from _square(0, 2, _SQUARE, 3)
    yield svg.text(_SQUARE + 6, 14, full)
    x = _SQUARE + 6 + width(full, svg.SIZE) + 20
    yield from _square(x, 2, _SQUARE, 0)
    yield svg.text(x + _SQUARE + 6, 14, _("no update on the item"))


def _row(facts: ReviewFacts, objective: ObjectiveFacts, y: float) -> Iterator[str]:
    words = shortened(f"{objective.code} {named(objective.title)}", svg.WIDTH - _FIGURE, svg.SMALL)
    items = len(objective.items)
    touched = len(figures.touched(facts, objective.items))
    yield svg.text(0, y + 13, words, size=svg.SMALL)
    yield svg.text(svg.WIDTH, y + 13, of(touched, items), is_bold=True, anchor="end")
    step = min(_STEP, svg.WIDTH / max(items, 1))
    for place, item in enumerate(objective.items):
        yield from _square(place * step, y + 17, _SQUARE * step / _STEP, len(facts.updates_on(item.code)))


def _square(x: float, y: float, side: float, number: int) -> Iterator[str]:
    """Full with the number, where there is room for it, or empty and crossed out."""
    colours = palette.PALETTE[Tone.IMPLEMENTED]
    if not number:
        yield svg.rect(x + 0.5, y, side, side, fill="#ffffff")
        yield svg.path(f"M{x + 4:g} {y + side / 2:g}h{side - 7:g}", stroke=palette.RULE) if side > 8 else ""
        return
    yield svg.rect(x + 0.5, y, side, side, fill=colours.background, stroke=colours.background)
    if width(str(number), svg.SMALL) + 2 <= side:
        yield svg.text(
            x + 0.5 + side / 2, y + side / 2 + 4, str(number), size=svg.SMALL, anchor="middle", fill=colours.text
        )


def _alternative(facts: ReviewFacts) -> str:
    rows = figures.coverage(facts)
    total = of(len(figures.touched(facts, facts.items)), len(facts.items))
    text = _("Items with an update of at least one Member State: %(total)s. By objective: %(objectives)s.")
    by_objective = "; ".join(f"{one.objective.code}: {of(one.touched, one.items)}" for one in rows)
    return text % {"total": total, "objectives": by_objective or "–"}
