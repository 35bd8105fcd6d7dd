"""What States and partners say, as facts: cut to one audience, each with where it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from reporting.facts.plan import Place, Wording


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
    """What one State reports on one item, as released to the report's audience and no further.

    `revision` is the hash of the revision that these words are: what an edition knows them by. `is_late`: submitted
    after the State's window had ended, extensions included. `status` is told in a State's own report alone.
    """

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
    revision: str = ""
    submitted_on: dt.date | None = None
    is_late: bool = False
    status: str = ""


@dataclass(frozen=True)
class Tombstone:
    """An update that an edition showed and that its State has withdrawn since: that it was there, and no word of it."""

    state: str
    item: str
    revision: str


@dataclass(frozen=True)
class EarlierRating:
    state: str
    item: str
    rating: str


@dataclass(frozen=True)
class EarlierCycle:
    """What was released, to the same audience, in a cycle before this one: ratings alone."""

    slug: str
    title: Wording
    closes_on: dt.date
    ratings: tuple[EarlierRating, ...]

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], str]:
        return {(one.state, one.item): one.rating for one in self.ratings}

    def rating(self, state: str, item: str) -> str:
        """Empty where none was released."""
        return self._by_place.get((state, item), "")


@dataclass(frozen=True)
class Standing:
    """Where updates that are due stand, by State and pillar: how many in each status that the reader may know of.

    `open` are those not yet with the reader: drafts, submitted, kept to the State. `overdue` of them are those whose
    window has ended. `not_reconfirmed` is known to the State alone, and None to everybody else.
    """

    state: str
    pillar: str
    due: int
    open: int
    cleared: int
    accepted: int
    published: int
    overdue: int
    not_reconfirmed: int | None = None


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
