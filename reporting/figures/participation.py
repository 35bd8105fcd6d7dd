"""Who reported and how: in time, in which languages, and on what nobody did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from commitments.content import LANGUAGES
from reporting.facts import ItemFacts, ObjectiveFacts, ReleasedUpdate, ReviewFacts
from reporting.sources import RECORDED_FROM


@dataclass(frozen=True)
class Timeliness:
    """Released updates of what is due, by when they were submitted. The four add up to what is reported.

    `on_time`: by the day that holds for every State; `extended`: after it, within the State's extension or reopening;
    `late`: after that. `recorded`: in a cycle that was recorded later from a document, where nobody was awaited.
    """

    on_time: int = 0
    extended: int = 0
    late: int = 0
    recorded: int = 0


def timeliness(facts: ReviewFacts, state: str = "") -> Timeliness:
    """Of one State where one is named, else of all."""
    updates = (one for one in _chosen(facts, state) if one.item in facts.owed_items)
    return Timeliness(**Counter(_timing(facts, one) for one in updates))


def _timing(facts: ReviewFacts, update: ReleasedUpdate) -> str:
    if facts.cycle.slug in RECORDED_FROM:
        return "recorded"
    if update.is_late:
        return "late"
    is_after = update.submitted_on is not None and update.submitted_on > facts.cycle.submissions_due_on
    return "extended" if is_after else "on_time"


def by_language(facts: ReviewFacts, state: str = "") -> dict[str, int]:
    """How many released updates were written in each language, in the project's order of languages; none with zero.

    Those on items that nobody owes are counted too: these are words to read and to translate.
    """
    counts = Counter(update.language for update in _chosen(facts, state))
    return {language: counts[language] for language in LANGUAGES if counts[language]}


def _chosen(facts: ReviewFacts, state: str) -> Iterable[ReleasedUpdate]:
    return facts.updates_of(state) if state else facts.updates


def touched(facts: ReviewFacts, items: Iterable[ItemFacts]) -> tuple[ItemFacts, ...]:
    """Items with an update of at least one State."""
    return tuple(item for item in items if facts.updates_on(item.code))


def unreported(facts: ReviewFacts, items: Iterable[ItemFacts] | None = None) -> tuple[ItemFacts, ...]:
    """Items that States owe and on which nobody reported."""
    chosen = facts.items if items is None else items
    return tuple(item for item in chosen if item.is_owed and not facts.updates_on(item.code))


@dataclass(frozen=True)
class Coverage:
    """Of the items of one objective, those with an update of at least one State; and how many States have one."""

    objective: ObjectiveFacts
    touched: int
    states: int

    @property
    def items(self) -> int:
        return len(self.objective.items)

    @property
    def untouched(self) -> int:
        return self.items - self.touched


def coverage(facts: ReviewFacts) -> tuple[Coverage, ...]:
    """Of every objective, in the order of the plan."""
    return tuple(_coverage(facts, one) for pillar in facts.pillars for one in pillar.objectives)


def _coverage(facts: ReviewFacts, objective: ObjectiveFacts) -> Coverage:
    states = {update.state for item in objective.items for update in facts.updates_on(item.code)}
    return Coverage(objective, len(touched(facts, objective.items)), len(states))
