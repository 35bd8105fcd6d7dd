"""What a report is made from: frozen and in order, free of the database, of formats and of the reader's language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from reporting.document import Tone


@dataclass(frozen=True)
class Wording:
    """Words as adopted or submitted, and their unofficial translations as (language, text)."""

    text: str
    translations: tuple[tuple[str, str], ...] = ()

    def translated(self, language: str) -> str:
        """The translation into this language, or empty."""
        return dict(self.translations).get(language, "")

    def within(self, language: str) -> str:
        """The words in this language where there is a translation, else as they are."""
        return self.translated(language) or self.text


@dataclass(frozen=True)
class Place:
    """Lines of a source document, first to last; (0, 0) where none are recorded."""

    document: str
    first_line: int = 0
    last_line: int = 0


@dataclass(frozen=True)
class PlanFacts:
    slug: str
    title: Wording
    adopted_on: dt.date
    adopted_in: str
    source: str


@dataclass(frozen=True)
class CycleFacts:
    """`begins_on` is the day after the cycle before ended, None for the first one."""

    slug: str
    title: Wording
    review: Wording
    begins_on: dt.date | None
    opens_on: dt.date
    submissions_due_on: dt.date
    closes_on: dt.date
    phase: str
    dates_note: Wording


@dataclass(frozen=True)
class StateFacts:
    """One Member State; `code` is ISO 3166-1 alpha-3, `is_over` whether the cycle has ended by its capital's clock."""

    code: str
    name: Wording
    is_over: bool


@dataclass(frozen=True)
class Provision:
    """A quoted line of the plan with its code: a sub-measure, or a provision of the roadmap."""

    code: str
    text: Wording
    place: Place


@dataclass(frozen=True)
class ItemFacts:
    code: str
    short_title: Wording
    text: Wording
    addressee: str
    is_owed: bool  # by each Member State: national and joint items
    place: Place
    group: Wording | None = None
    sub_measures: tuple[Provision, ...] = ()


@dataclass(frozen=True)
class ObjectiveFacts:
    code: str
    title: Wording
    items: tuple[ItemFacts, ...]


@dataclass(frozen=True)
class PillarFacts:
    code: str
    title: Wording
    objectives: tuple[ObjectiveFacts, ...]

    @cached_property
    def items(self) -> tuple[ItemFacts, ...]:
        return tuple(item for objective in self.objectives for item in objective.items)


@dataclass(frozen=True)
class Section:
    """One section of an update that has words in it."""

    name: str
    words: Wording


@dataclass(frozen=True)
class SourceFacts:
    """Evidence by its title; `address` for a link alone."""

    title: str
    address: str = ""


@dataclass(frozen=True)
class ReleasedUpdate:
    """What one State reports on one item, as released to the report's audience and no further."""

    state: str
    item: str
    rating: str
    trend: str
    adopted: str
    applied: str
    audience: str
    language: str
    sections: tuple[Section, ...] = ()
    next_steps_on: dt.date | None = None
    sources: tuple[SourceFacts, ...] = ()


@dataclass(frozen=True)
class Participant:
    """A partner in an activity, and its part."""

    name: Wording
    role: str


@dataclass(frozen=True)
class ActivityFacts:
    slug: str
    kind: str
    title: Wording
    summary: Wording
    starts_on: dt.date | None
    ends_on: dt.date | None
    dates_as_stated: Wording
    venue: Wording
    place: Place
    participants: tuple[Participant, ...] = ()
    states: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReviewFacts:
    """One cycle as one audience may read it.

    States in English alphabetical order, items in the order of the plan, updates in the order of items and then of
    States. `released_on` is the day of the latest release among these updates.
    """

    audience: str
    plan: PlanFacts
    cycle: CycleFacts
    states: tuple[StateFacts, ...]
    pillars: tuple[PillarFacts, ...]
    mandate: tuple[Provision, ...]
    updates: tuple[ReleasedUpdate, ...]
    activities: tuple[ActivityFacts, ...]
    released_on: dt.date | None

    @cached_property
    def items(self) -> tuple[ItemFacts, ...]:
        return tuple(item for pillar in self.pillars for item in pillar.items)

    @cached_property
    def owed_items(self) -> frozenset[str]:
        """Codes of the items that each State owes an update on."""
        return frozenset(item.code for item in self.items if item.is_owed)

    @cached_property
    def _states(self) -> dict[str, StateFacts]:
        return {state.code: state for state in self.states}

    def state(self, code: str) -> StateFacts:
        return self._states[code]

    @cached_property
    def _by_item(self) -> dict[str, dict[str, ReleasedUpdate]]:
        return _grouped(self.updates, "item", "state")

    @cached_property
    def _by_state(self) -> dict[str, dict[str, ReleasedUpdate]]:
        return _grouped(self.updates, "state", "item")

    def updates_on(self, item: str) -> tuple[ReleasedUpdate, ...]:
        """What the States report on one item."""
        return tuple(self._by_item.get(item, {}).values())

    def updates_of(self, state: str) -> tuple[ReleasedUpdate, ...]:
        """What one State reports."""
        return tuple(self._by_state.get(state, {}).values())

    def update(self, state: str, item: str) -> ReleasedUpdate | None:
        return self._by_item.get(item, {}).get(state)

    @property
    def is_over(self) -> bool:
        """Whether the cycle has ended in every capital."""
        return all(state.is_over for state in self.states)

    def why_empty(self, state: StateFacts, item: ItemFacts) -> Tone:
        """Why a cell without a rating has none. Never tells whether something unreleased exists."""
        if not item.is_owed:
            return Tone.NOT_DUE
        return Tone.NOT_RELEASED if state.is_over else Tone.AWAITING

    @property
    def dated_on(self) -> dt.date:
        """The day the report bears: of the latest release, else the cycle's last, or first while it runs."""
        return self.released_on or (self.cycle.closes_on if self.is_over else self.cycle.opens_on)


def _grouped(updates: tuple[ReleasedUpdate, ...], outer: str, inner: str) -> dict[str, dict[str, ReleasedUpdate]]:
    groups: dict[str, dict[str, ReleasedUpdate]] = {}
    for update in updates:
        groups.setdefault(getattr(update, outer), {})[getattr(update, inner)] = update
    return groups
