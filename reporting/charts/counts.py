"""The figures of a report, arranged as pictures ask for them; what counts them is `reporting.figures`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reporting import figures
from reporting.charts.tones import STACK, rest
from reporting.document import Tone
from reporting.facts import ItemFacts, ReviewFacts, StateFacts, Wording
from reporting.figures import Figures


def parts(facts: ReviewFacts, one: Figures) -> tuple[tuple[Tone, int], ...]:
    """What is due, by rating and with what is not there: every tone, zeros too. They add up to `one.due`."""
    return *((tone, one.rated(tone.value)) for tone in STACK), (rest(facts), one.empty)


@dataclass(frozen=True)
class Moment:
    """A cycle on a line through several, with the figures of each pillar, in the order of the plan."""

    title: Wording
    closes_on: dt.date
    pillars: tuple[Figures, ...]


def moments(facts: ReviewFacts) -> tuple[Moment, ...]:
    """The earlier cycles and this one, newest last, counted over the items and States of today."""
    lines = [figures.through_cycles(facts, pillar.items) for pillar in facts.pillars]
    return tuple(
        Moment(title, closes_on, tuple(line[place].figures for line in lines))
        for place, (title, closes_on) in enumerate(cycles(facts))
    )


def cycles(facts: ReviewFacts) -> tuple[tuple[Wording, dt.date], ...]:
    """Title and last day of the earlier cycles and of this one, newest last."""
    return *((one.title, one.closes_on) for one in facts.earlier), (facts.cycle.title, facts.cycle.closes_on)


def through_cycles(facts: ReviewFacts, item: ItemFacts) -> tuple[tuple[StateFacts, tuple[Tone, ...]], ...]:
    """For each State how it rated one item in each cycle, newest last, or why there is no rating."""
    history = figures.history(facts, item.code)
    rows = []
    for state in facts.states:
        *then, (_slug, now) = history[state.code]
        past = (Tone(rating) if rating else _why_empty_then(item) for _cycle, rating in then)
        rows.append((state, (*past, Tone(now) if now else _why_empty_now(facts, state, item))))
    return tuple(rows)


def _why_empty_then(item: ItemFacts) -> Tone:
    return Tone.NOT_RELEASED if item.is_owed else Tone.NOT_DUE


def _why_empty_now(facts: ReviewFacts, state: StateFacts, item: ItemFacts) -> Tone:
    is_withdrawn = any((one.state, one.item) == (state.code, item.code) for one in facts.tombstones)
    return Tone.WITHDRAWN if is_withdrawn else facts.why_empty(state, item)
