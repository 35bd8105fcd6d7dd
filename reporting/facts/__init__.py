"""What a report is made from: frozen and in order, free of the database, of formats and of the reader's language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from reporting.document import Tone
from reporting.facts.plan import (
    CycleFacts,
    ItemFacts,
    ObjectiveFacts,
    PillarFacts,
    Place,
    PlanFacts,
    Provision,
    RoadmapFacts,
    StateFacts,
    ThemeFacts,
    Wording,
)
from reporting.facts.reported import (
    ActivityFacts,
    EarlierCycle,
    EarlierRating,
    Participant,
    ReleasedUpdate,
    Section,
    SourceFacts,
    Standing,
    Tombstone,
)

__all__ = [
    "ActivityFacts",
    "CycleFacts",
    "EarlierCycle",
    "EarlierRating",
    "ItemFacts",
    "ObjectiveFacts",
    "Participant",
    "PillarFacts",
    "Place",
    "PlanFacts",
    "Provision",
    "ReleasedUpdate",
    "ReviewFacts",
    "RoadmapFacts",
    "Section",
    "SourceFacts",
    "Standing",
    "StateFacts",
    "ThemeFacts",
    "Tombstone",
    "Wording",
]


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
    roadmap: tuple[RoadmapFacts, ...] = ()
    themes: tuple[ThemeFacts, ...] = ()
    earlier: tuple[EarlierCycle, ...] = ()  # newest last
    standing: tuple[Standing, ...] = ()  # in a progress brief and a national contribution
    tombstones: tuple[Tombstone, ...] = ()

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
