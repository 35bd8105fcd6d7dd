"""The log of who was shown what a State has not released to everybody: `told` notes it, an answer waits for it.

Whatever shows a State's words calls `told` with the rows it shows them from. A request gathers what it tells, and its
answer leaves only once that is written: an unlogged read is refused. Where nobody is shown anything (commands, the
worker in the background) nothing is noted: the person who fetches the file is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from django.db import transaction
from django.utils import timezone

from commitments.mandates import Holding, Mandate
from commitments.models import Assessment, Commitment, Event, Evidence, Reading, Release, Revision, Update
from commitments.second_lock import unlocked
from commitments.workflow import Audience

Kind = Reading.Kind
ABOUT_WORDS = frozenset({"update", "assessment", "commitment", "contribution"})  # subjects of events


@dataclass(frozen=True)
class Words:
    """Words of one State, by the natural key of what they stand in."""

    state_id: int
    kind: str
    key: str
    number: int | None = None
    part: str = ""
    # Everybody reads them but for the sections that are withheld: a reading only for who reads those too.
    but_for_withheld: bool = False

    @property
    def item(self) -> str:
        code = self.key.rsplit(":", 1)[-1]
        return code if "." in code else ""


class UnloggedReading(RuntimeError):
    """Words that are not for everybody were about to be shown to somebody who cannot be named."""


# --- What is told of each noun -----------------------------------------------------------------


@singledispatch
def words_of(row: Any) -> Words | None:
    """What a person reads who is shown this row's text; None where everybody may read it."""
    raise TypeError(f"nobody has said what is read in {type(row)}")


@words_of.register
def _(row: Words) -> Words:
    return row


@words_of.register
def _(row: None) -> None:
    return None


@words_of.register
def _(row: Update) -> Words | None:
    if not row.version and not any(row.words()):
        return None  # nobody has written in it
    return Words(row.commitment.member_state_id, Kind.UPDATE, row.key, row.version)


@words_of.register
def _(row: Revision) -> Words:
    """As the State and the UN read it on its way; what is in force is read as a Release."""
    return Words(row.commitment.member_state_id, Kind.REVISION, row.update_key, row.number)


@words_of.register
def _(row: Release) -> Words | None:
    words = Words(row.commitment.member_state_id, Kind.REVISION, row.key, row.revision.number)
    return _released(words, row.audience, row.withheld_sections)


@words_of.register
def _(row: Evidence) -> Words | None:
    return evidence_words(row.commitment.member_state_id, row.update_key, row.uid, row.audience)


@words_of.register
def _(row: Assessment) -> Words:
    seen = row.revision
    return Words(seen.commitment.member_state_id, Kind.OBSERVATIONS, seen.update_key, seen.number, str(row.uid))


@words_of.register
def _(row: Commitment) -> Words | None:
    if not (row.own_plan.planned_measures or row.own_plan.place_in_strategy):
        return None
    return Words(row.member_state_id, Kind.PLANNED, row.key, row.version)


@words_of.register
def _(row: Event) -> Words | None:
    update_key = row.update.key if row.update_id and row.update else ""
    return event_words(row.member_state_id, row.subject, update_key) if row.reason or row.changes else None


def event_words(state_id: int | None, subject: str, update_key: str) -> Words | None:
    """The reason of a move and what was written by it: of what a State reports, not of its people and agencies."""
    about, _colon, key = subject.partition(":")
    if state_id is None or about not in ABOUT_WORDS:
        return None
    return Words(state_id, Kind.HISTORY, update_key or key)


def evidence_words(state_id: int, key: str, uid: Any, audience: str) -> Words | None:
    """Evidence is for everybody once it is so marked and stands in what is in force for everybody."""
    if audience == Audience.PUBLIC and open_ones([uid]):
        return None
    return Words(state_id, Kind.EVIDENCE, key, None, str(uid))


def open_ones(uids: Iterable[Any]) -> list[Any]:
    """Of these pieces of evidence, those that everybody may see."""
    return list(Evidence.objects.visible_to(None).filter(uid__in=uids).values_list("uid", flat=True))


def released_words(state_id: int, key: str, number: int, audience: str | None, withheld: Any) -> Words | None:
    """Of a revision: in force for this audience, or (None) not."""
    words = Words(state_id, Kind.REVISION, key, number)
    return _released(words, audience, withheld) if audience else words


def _released(words: Words, audience: str, withheld: Any) -> Words | None:
    if audience != Audience.PUBLIC:
        return words
    if not withheld:
        return None
    return Words(words.state_id, words.kind, words.key, words.number, but_for_withheld=True)


# --- The ledger of one request -----------------------------------------------------------------


@dataclass
class Ledger:
    """What one request has shown and not yet written down."""

    told: dict[Words, None] = field(default_factory=dict)

    def write(self, person: Any, channel: str, request_id: str = "") -> None:
        """One INSERT for all of it; what is there already stays as it is."""
        told, self.told = list(self.told), {}
        if not told:
            return
        mandate: Mandate = getattr(person, "mandate", None) or Mandate()
        told = [words for words in told if not words.but_for_withheld or mandate.reads_withheld(words.state_id)]
        if told and mandate.person_id is None:
            raise UnloggedReading
        now = timezone.now()
        rows = [row for words in told if not _remembered(row := _row(words, person, mandate, channel, now))]
        for row in rows:
            row.request_id = request_id[:64]
        if rows:
            with unlocked("who has read is written into a log that the reader does not see"):
                Reading.objects.bulk_create(rows, ignore_conflicts=True)
            _remember(rows, now.date())


def _row(words: Words, person: Any, mandate: Mandate, channel: str, now: dt.datetime) -> Reading:
    held = _held(words, mandate)
    return Reading(
        once=_once(words, mandate, channel, now),
        member_state_id=words.state_id,
        person=person,
        person_name=str(person)[:200],
        role=held.role,
        agency_id=held.agency_id,
        state_served_id=held.member_state_id,
        kind=words.kind,
        key=words.key,
        item=words.item,
        number=words.number,
        part=words.part,
        channel=channel,
        at=now,
    )


def _held(words: Words, mandate: Mandate) -> Holding:
    """The office by which somebody reads: in the State itself, else in the secretariat, else whatever they hold."""
    own = [held for held in mandate.holdings if held.member_state_id == words.state_id]
    un = [held for held in mandate.holdings if held.role in ("reviewer", "editor")]
    return next(iter([*own, *un, *mandate.holdings]), Holding(""))


def _once(words: Words, mandate: Mandate, channel: str, now: dt.datetime) -> str:
    """One row a day for each person, channel and version; of a State's own officers, for whatever version."""
    number = None if words.state_id in mandate.state_ids else words.number
    facts = (now.date(), mandate.person_id, channel, words.state_id, words.kind, words.key, words.part, number)
    return hashlib.sha256(repr(facts).encode()).hexdigest()


# What this process knows to be in the log of this day: who turns the same pages again makes the database write nothing.
_written: dict[dt.date, set[str]] = {}
REMEMBERED = 200_000  # rows; some 20 MB


def _remembered(row: Reading) -> bool:
    return row.once in _written.get(row.at.date(), ())


def forget() -> None:
    _written.clear()


def _remember(rows: list[Reading], today: dt.date) -> None:
    """Not within a transaction: what is not committed may never have been."""
    if transaction.get_connection().in_atomic_block:
        return
    if today not in _written or len(_written[today]) > REMEMBERED:
        _written.clear()
    _written.setdefault(today, set()).update(row.once for row in rows)


_open: ContextVar[Ledger | None] = ContextVar("readings", default=None)


def is_noting() -> bool:
    """Whether somebody is being shown something: a request, and no command or worker."""
    return _open.get() is not None


def told(*rows: Any) -> None:
    """These rows' words are shown to whoever asks. Call it where they are put before a reader."""
    if (ledger := _open.get()) is not None:
        ledger.told.update(dict.fromkeys(words for row in rows if (words := words_of(row)) is not None))


@contextmanager
def noted(ledger: Ledger) -> Iterator[Ledger]:
    """What is told meanwhile is noted here."""
    token = _open.set(ledger)
    try:
        yield ledger
    finally:
        _open.reset(token)
