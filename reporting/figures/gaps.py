"""Why a place has no rating: said of a single cell, and of what is due and not there as a whole."""

from __future__ import annotations

from reporting.document import Tone
from reporting.facts import ItemFacts, ReviewFacts, StateFacts


def rest(facts: ReviewFacts) -> Tone:
    """What is due and not there: awaited while the cycle runs, not released once it is over."""
    return Tone.NOT_RELEASED if facts.is_over else Tone.AWAITING


def tone_of(facts: ReviewFacts, state: StateFacts, item: ItemFacts) -> Tone:
    """The rating of one item by one State, or why there is none; a withdrawal since is told, and no more of it."""
    if update := facts.update(state.code, item.code):
        return Tone(update.rating)
    is_withdrawn = any((one.state, one.item) == (state.code, item.code) for one in facts.tombstones)
    return Tone.WITHDRAWN if is_withdrawn else facts.why_empty(state, item)


def tone_then(rating: str, item: ItemFacts) -> Tone:
    """The same of an earlier cycle, which is over in every capital."""
    if rating:
        return Tone(rating)
    return Tone.NOT_RELEASED if item.is_owed else Tone.NOT_DUE
