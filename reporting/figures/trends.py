"""What has changed since the cycles before: item by item, and as lines through the cycles."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from commitments.content import Rating
from reporting.document import Tone
from reporting.facts import CycleFacts, EarlierCycle, ItemFacts, ReviewFacts, StateFacts, Wording
from reporting.figures.counts import Figures, count, of_items
from reporting.figures.gaps import tone_of, tone_then

# The ratings that can be told to lie before or after one another.
SCALE = (Rating.NOT_STARTED, Rating.LIMITED, Rating.SUBSTANTIAL, Rating.IMPLEMENTED)
_STEPS = {rating.value: place for place, rating in enumerate(SCALE)}


@dataclass(frozen=True)
class Movement:
    """Ratings of what is due against those of the last cycle, item by item, where both are released.

    `apart`: one of the two is not on the scale (not applicable, no information). `new`: nothing was released then.
    The five add up to what is reported now. `gone`: released then, and nothing now.
    """

    forward: int = 0
    unchanged: int = 0
    backward: int = 0
    apart: int = 0
    new: int = 0
    gone: int = 0

    @property
    def compared(self) -> int:
        return self.forward + self.unchanged + self.backward


def movement(facts: ReviewFacts, items: Iterable[ItemFacts], state: str = "") -> Movement | None:
    """Of some items over all States, or of one State. None where there is no cycle to compare with."""
    if not facts.earlier:
        return None
    owed = {item.code for item in items if item.is_owed}
    then = _ratings(facts.earlier[-1], owed, state)
    now = {(one.state, one.item): one.rating for code in owed for one in facts.updates_on(code)
           if state in ("", one.state)}  # fmt: skip
    counts = Counter(_direction(then.get(place, ""), rating) for place, rating in now.items())
    return Movement(**counts, gone=len(then.keys() - now.keys()))


def _direction(then: str, now: str) -> str:
    if not then:
        return "new"
    if then not in _STEPS or now not in _STEPS:
        return "apart"
    steps = _STEPS[now] - _STEPS[then]
    return "forward" if steps > 0 else "backward" if steps else "unchanged"


def _ratings(cycle: EarlierCycle, items: Iterable[str], state: str = "") -> dict[tuple[str, str], str]:
    """{(State, item): rating} of these items."""
    return {
        (one.state, one.item): one.rating for one in cycle.ratings if one.item in items and state in ("", one.state)
    }


@dataclass(frozen=True)
class CycleFigures:
    """The figures of one cycle on a line through several."""

    slug: str
    figures: Figures


def through_cycles(facts: ReviewFacts, items: Iterable[ItemFacts]) -> tuple[CycleFigures, ...]:
    """Figures of some items in each earlier cycle and this one, newest last, over the States and items of today."""
    chosen = tuple(items)
    present = of_items(facts, chosen)
    earlier = (CycleFigures(cycle.slug, _of_earlier(facts, cycle, chosen, present.due)) for cycle in facts.earlier)
    return *earlier, CycleFigures(facts.cycle.slug, present)


def _of_earlier(facts: ReviewFacts, cycle: EarlierCycle, items: tuple[ItemFacts, ...], due: int) -> Figures:
    codes = {item.code for item in items}
    states = {state.code for state in facts.states}
    rated = ((one.item, one.rating) for one in cycle.ratings if one.item in codes and one.state in states)
    return count(facts, due, rated)


def cycles(facts: ReviewFacts) -> tuple[EarlierCycle | CycleFacts, ...]:
    """The earlier cycles and this one, newest last."""
    return *facts.earlier, facts.cycle


@dataclass(frozen=True)
class Moment:
    """A cycle on a line through several, with the figures of each pillar, in the order of the plan."""

    title: Wording
    closes_on: dt.date
    pillars: tuple[Figures, ...]


def moments(facts: ReviewFacts) -> tuple[Moment, ...]:
    """The earlier cycles and this one, newest last, counted over the items and States of today."""
    lines = [through_cycles(facts, pillar.items) for pillar in facts.pillars]
    return tuple(
        Moment(one.title, one.closes_on, tuple(line[place].figures for line in lines))
        for place, one in enumerate(cycles(facts))
    )


def history(facts: ReviewFacts, item: ItemFacts) -> tuple[tuple[StateFacts, tuple[Tone, ...]], ...]:
    """For each State how it rated one item in each cycle, newest last, or why there is no rating."""
    return tuple(
        (
            state,
            (
                *(tone_then(cycle.rating(state.code, item.code), item) for cycle in facts.earlier),
                tone_of(facts, state, item),
            ),
        )
        for state in facts.states
    )
