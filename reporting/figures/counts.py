"""How many updates are due, and how many were released with which rating: of items, of States, of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from commitments.content import Rating
from commitments.models.plan import Addressee
from reporting.facts import ItemFacts, ReviewFacts

REACHED = (Rating.SUBSTANTIAL, Rating.IMPLEMENTED)


@dataclass(frozen=True)
class Figures:
    """What is due, and what was released of it, by rating.

    `due` is items that States owe x States; `ratings` has every rating in the order of the scale. The ratings add up
    to `reported`; `reported` and `empty` add up to `due`, and so do `reached`, `rest`, `not_applicable` and `empty`.
    `beyond` counts updates on items that nobody owes, which stand outside these sums. All of it counts what is
    released to the report's audience, so that subtracting one figure from another tells no more than the released
    updates themselves do.
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
    def reached(self) -> int:
        """Substantial progress, or implemented."""
        return sum(self.rated(rating) for rating in REACHED)

    @property
    def not_applicable(self) -> int:
        return self.rated(Rating.NOT_APPLICABLE)

    @property
    def no_information(self) -> int:
        return self.rated(Rating.NO_INFORMATION)

    @property
    def rest(self) -> int:
        """Reported, and neither reached nor not applicable: not started, limited, no information."""
        return self.reported - self.reached - self.not_applicable

    @property
    def reported_share(self) -> Decimal | None:
        """`reported` in `due`, per cent with one decimal, halves upwards; None where nothing is due."""
        return share(self.reported, self.due)

    @property
    def reached_share(self) -> Decimal | None:
        """`reached` in `due`: what is not reported is never left out of the denominator."""
        return share(self.reached, self.due)


def share(part: int, whole: int) -> Decimal | None:
    """Per cent with one decimal, halves upwards; None of nothing."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def of_all(facts: ReviewFacts) -> Figures:
    return of_items(facts, facts.items)


def of_items(facts: ReviewFacts, items: Iterable[ItemFacts]) -> Figures:
    """Figures of some items over all States."""
    chosen = tuple(items)
    due = sum(item.is_owed for item in chosen) * len(facts.states)
    return count(facts, due, ((one.item, one.rating) for item in chosen for one in facts.updates_on(item.code)))


def of_state(facts: ReviewFacts, state: str, items: Iterable[ItemFacts] | None = None) -> Figures:
    """Figures of one State over all items, or over some."""
    if items is None:
        return count(facts, len(facts.owed_items), ((one.item, one.rating) for one in facts.updates_of(state)))
    chosen = tuple(items)
    updates = (facts.update(state, item.code) for item in chosen)
    due = sum(item.is_owed for item in chosen)
    return count(facts, due, ((update.item, update.rating) for update in updates if update))


def by_pillar(facts: ReviewFacts) -> dict[str, Figures]:
    """By code, in the order of the plan. They add up to the whole, as do those by objective, State and addressee."""
    return {pillar.code: of_items(facts, pillar.items) for pillar in facts.pillars}


def by_objective(facts: ReviewFacts) -> dict[str, Figures]:
    return {one.code: of_items(facts, one.items) for pillar in facts.pillars for one in pillar.objectives}


def by_state(facts: ReviewFacts) -> dict[str, Figures]:
    """In English alphabetical order and in no other: figures never rank States."""
    return {state.code: of_state(facts, state.code) for state in facts.states}


def by_theme(facts: ReviewFacts) -> dict[str, Figures]:
    """By slug. An item has several themes or none, so these overlap and add up to nothing."""
    return {
        theme.slug: of_items(facts, (item for item in facts.items if theme.slug in item.themes))
        for theme in facts.themes
    }


def by_addressee(facts: ReviewFacts) -> dict[str, Figures]:
    """Of items addressed to the partners nothing is due; what is reported on them stands in `beyond`."""
    return {
        addressee.value: of_items(facts, (item for item in facts.items if item.addressee == addressee))
        for addressee in Addressee
    }


def count(facts: ReviewFacts, due: int, rated: Iterable[tuple[str, str]]) -> Figures:
    """Figures of these (item, rating)."""
    owed = facts.owed_items
    counts = Counter(rating if item in owed else None for item, rating in rated)
    ratings = tuple((rating.value, counts[rating.value]) for rating in Rating)
    return Figures(due, ratings, beyond=counts[None])
