"""Every figure of a report, counted here once from the facts. Never a rank, a score or an order of States."""

from __future__ import annotations

from reporting.figures.counts import (
    Figures,
    by_addressee,
    by_objective,
    by_pillar,
    by_state,
    by_theme,
    of_all,
    of_items,
    of_state,
    share,
)
from reporting.figures.disclosure import is_revealing
from reporting.figures.gaps import rest, tone_of
from reporting.figures.participation import (
    Coverage,
    Timeliness,
    by_language,
    coverage,
    timeliness,
    touched,
    unreported,
)
from reporting.figures.trends import CycleFigures, Moment, Movement, cycles, history, moments, movement, through_cycles

__all__ = [
    "Coverage",
    "CycleFigures",
    "Figures",
    "Moment",
    "Movement",
    "Timeliness",
    "by_addressee",
    "by_language",
    "by_objective",
    "by_pillar",
    "by_state",
    "by_theme",
    "coverage",
    "cycles",
    "history",
    "is_revealing",
    "moments",
    "movement",
    "of_all",
    "of_items",
    "of_state",
    "rest",
    "share",
    "through_cycles",
    "timeliness",
    "tone_of",
    "touched",
    "unreported",
]
