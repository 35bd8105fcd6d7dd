"""Every figure of a report, counted here once from the facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from commitments.content import Rating
from reporting.facts import ItemFacts, ReleasedUpdate, ReviewFacts


@dataclass(frozen=True)
class Figures:
    """What is due, and what was released of it, by rating.

    `due` is items that States owe x States; `ratings` has every rating in the order of the scale. The ratings add up
    to `reported`; `reported` and `empty` add up to `due`. `beyond` counts updates on items that nobody owes, which
    stand outside these sums. All of it counts what is released to the report's audience, so that subtracting one
    figure from another tells no more than the released updates themselves do.
    """

    due: int
    ratings: tuple[tuple[str, int], ...]
    beyond: int = 0

    @property
    def reported(self) -> int:
        return sum(number for _, number in self.ratings)

    @property
    def empty(self) -> int:
        return self.due - self.reported

    def rated(self, rating: str) -> int:
        return dict(self.ratings)[rating]

    @property
    def reported_share(self) -> Decimal | None:
        """`reported` in `due`, per cent with one decimal, halves upwards; None where nothing is due."""
        return share(self.reported, self.due)


def share(part: int, whole: int) -> Decimal | None:
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def of_items(facts: ReviewFacts, items: Iterable[ItemFacts]) -> Figures:
    """Figures of some items over all States."""
    chosen = tuple(items)
    due = sum(item.is_owed for item in chosen) * len(facts.states)
    return _count(facts, due, [update for item in chosen for update in facts.updates_on(item.code)])


def of_state(facts: ReviewFacts, state: str) -> Figures:
    """Figures of one State over all items."""
    return _count(facts, len(facts.owed_items), facts.updates_of(state))


def of_all(facts: ReviewFacts) -> Figures:
    return of_items(facts, facts.items)


def _count(facts: ReviewFacts, due: int, updates: Iterable[ReleasedUpdate]) -> Figures:
    counts = Counter(update.rating if update.item in facts.owed_items else None for update in updates)
    ratings = tuple((rating.value, counts[rating.value]) for rating in Rating)
    return Figures(due, ratings, beyond=counts[None])
