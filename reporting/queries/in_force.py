"""What is in force today of what an edition froze, and what was taken back since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from commitments.models import Event, Release
from commitments.second_lock import unlocked
from commitments.verification import TAKEN_BACK, released_and_taken_back, releases
from commitments.verification import InForce as Told
from commitments.workflow import Audience
from reporting.facts import EarlierCycle, EarlierRating, ReleasedUpdate, ReviewFacts, Wording
from reporting.models import Signature
from reporting.queries.words import wording

Place = tuple[str, str, str]  # cycle, State, item


@dataclass(frozen=True)
class InForce:
    """What one audience reads today of one State on one item: in which update, and what the State withholds now."""

    update: int
    revision: str
    rating: str
    withheld: frozenset[str]


@dataclass
class Past:
    """What one audience was able to read of one update: of every revision that was never taken back from it since it
    was published, the rating and the sections withheld since; and when something was taken back from it last."""

    ratings: dict[str, str] = field(default_factory=dict)
    withheld: dict[str, frozenset[str]] = field(default_factory=dict)
    taken_back_at: dt.datetime | None = None

    def publish(self, event: Event, anew: frozenset[str]) -> None:
        if self.withheld and anew:
            self.taken_back_at = event.at
        self.withheld = {revision: since | anew for revision, since in self.withheld.items()}
        if revision := event.revision:
            self.withheld[revision.hash], self.ratings[revision.hash] = frozenset(), revision.rating

    def take_back(self, event: Event) -> None:
        if self.withheld:
            self.ratings, self.withheld, self.taken_back_at = {}, {}, event.at

    def ended_after(self, moment: dt.datetime) -> bool:
        return self.taken_back_at is not None and self.taken_back_at > moment


@dataclass(frozen=True)
class Since:
    """What became of frozen facts: what is in force now and, where that is something else, what was before."""

    cycle: str
    audience: str
    held: dict[Place, InForce]
    past: dict[Place, Past]

    @classmethod
    def of(cls, facts: ReviewFacts) -> Since:
        """Two reads; one where nothing has moved on."""
        cycle = facts.cycle.slug
        held = in_force((cycle, *(one.slug for one in facts.earlier)), facts.audience)
        updates = {(cycle, one.state, one.item): one.revision for one in facts.updates}
        ratings = {(told.slug, one.state, one.item): one.rating for told in facts.earlier for one in told.ratings}
        moved = [now.update for place, now in held.items() if updates.get(place, now.revision) != now.revision]
        moved += [now.update for place, now in held.items() if ratings.get(place, now.rating) != now.rating]
        return cls(cycle, facts.audience, held, past_of(facts.audience, pk__in=moved) if moved else {})

    def withheld(self, update: ReleasedUpdate) -> frozenset[str] | None:
        """The sections that the State withholds now, or withheld since; None where it has taken all of it back."""
        held, anew = self.held.get(self._place(update)), self.withheld_anew(update)
        if held is None or anew is None:
            return None
        return frozenset() if self.audience == Audience.UN else held.withheld | anew

    def withheld_anew(self, update: ReleasedUpdate) -> frozenset[str] | None:
        """Of these, those that were open when it was frozen."""
        held, past = self.held.get(self._place(update)), self.past.get(self._place(update))
        if held and held.revision == update.revision:
            return frozenset()
        return past.withheld.get(update.revision) if past else None

    def still_in_force(self, cycle: EarlierCycle) -> EarlierCycle:
        """With the ratings that the State has now, or had and never took back."""
        return replace(
            cycle, ratings=tuple(one for one in cycle.ratings if one.rating in self._ratings(cycle.slug, one))
        )

    def _ratings(self, cycle: str, one: EarlierRating) -> set[str]:
        place = (cycle, one.state, one.item)
        now = {self.held[place].rating} if place in self.held else set()
        return now | set(self.past[place].ratings.values()) if place in self.past else now

    def _place(self, update: ReleasedUpdate) -> Place:
        return self.cycle, update.state, update.item


def in_force(cycles: tuple[str, ...], audience: str) -> dict[Place, InForce]:
    """{(cycle, State, item): what this audience may read today}. One read."""
    paths = ("cycle__slug", "commitment__member_state__iso_alpha3", "commitment__action_item__code",
             "update_id", "revision__hash", "rating", "withheld_sections")  # fmt: skip
    rows = Release.objects.released_to(audience).filter(cycle__slug__in=cycles).values_list(*paths)
    return {
        tuple(place): InForce(update, revision, rating, frozenset(withheld))
        for *place, update, revision, rating, withheld in rows
    }


def past_of(audience: str, **updates: Any) -> dict[Place, Past]:
    """{(cycle, State, item): what this audience was able to read of it}, as the events tell it. One read.

    `updates` chooses them by paths from an update.
    """
    return {_place(subject): _past(events, audience) for subject, events in released_and_taken_back(**updates)}


def _place(subject: str) -> Place:
    cycle, state, item = subject.removeprefix("update:").split(":")
    return cycle, state, item


def _past(events: Iterable[Event], audience: str) -> Past:
    past, before = Past(), None
    for event, release in releases(events):
        if release is before:
            continue
        if release and Audience(release.audience).width >= Audience(audience).width:
            past.publish(event, _withheld(release, audience) - _withheld(before, audience))
        else:
            past.take_back(event)
        before = release
    return past


def _withheld(release: Told | None, audience: str) -> frozenset[str]:
    """The UN reads what is withheld from the others."""
    return frozenset(release.withheld_sections if release and audience != Audience.UN else ())


def statements_open(cycle: str, audience: str) -> frozenset[tuple[str, Wording]]:
    """(State, its statement on the cycle) of all that was signed and never taken back from this audience since, by
    signing anew for fewer. One read."""
    rows = Signature.objects.filter(cycle__slug=cycle).select_related("member_state")
    found, narrowed = set(), set()
    with unlocked(TAKEN_BACK):
        latest_first = list(rows.order_by("contribution_id", "-number"))
    for row in latest_first:
        if Audience(row.audience).width < Audience(audience).width:
            narrowed.add(row.contribution_id)
        elif row.contribution_id not in narrowed:
            found.add((row.member_state.iso_alpha3, wording(row, "text")))
    return frozenset(found)
