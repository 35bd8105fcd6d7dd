"""Cells of the status matrix: for an item and a State the rating, or why there is none. Never an order of States."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reporting.document import Tone
from reporting.facts import ItemFacts, ReviewFacts, StateFacts
from reporting.figures import tone_of


@dataclass(frozen=True)
class Row:
    """One item with a cell for each State, in English alphabetical order."""

    item: ItemFacts
    cells: tuple[tuple[StateFacts, Tone], ...]


def rows_of(facts: ReviewFacts, items: Iterable[ItemFacts]) -> list[Row]:
    return [Row(item, tuple((state, tone_of(facts, state, item)) for state in facts.states)) for item in items]
