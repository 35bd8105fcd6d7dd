"""Whose hand is in an update: who wrote which part last, why it was returned, and its history told by sittings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from commitments.content import FIELDS
from commitments.models import Appointment, Event, Update
from commitments.screens.moves_told import told_with_stages
from commitments.workflow import Status

PAUSE = dt.timedelta(minutes=10)  # after which a sitting has ended
EVENTS_READ = 400


@dataclass(frozen=True)
class Writer:
    """Who wrote a part last, for which agency if for one, and when."""

    name: str
    agency: str
    at: dt.datetime
    is_reader: bool


@dataclass(frozen=True)
class Return:
    """Why a draft is back in the hands of its writers, and which parts it is about."""

    reason: str
    by: str
    at: dt.datetime
    is_from_secretariat: bool
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """One line of the history: a move, or all that one person saved without a long pause."""

    label: str
    by: str
    at: dt.datetime
    reason: str
    saves: int = 0


def writers(update: Update, person: Any) -> dict[str, Writer]:
    """Of each part that has words, its last writer. Two queries, whatever was saved."""
    rows = Event.objects.visible_to(person).filter(update=update, move="edit").order_by("-sequence")
    wanted, last = {name for name in FIELDS if getattr(update, name)}, {}
    for row in rows.values_list("changes", "by_id", "by_name", "at")[:EVENTS_READ].iterator():
        found = wanted & row[0].keys()
        last.update(dict.fromkeys(found, row[1:]))
        wanted -= found
        if not wanted:
            break  # what was saved before is of no interest, and may be long
    agencies = _agencies(update, {by for by, _name, _at in last.values()})
    return {
        part: Writer(name, agencies.get(by, ""), at, is_reader=by == person.pk) for part, (by, name, at) in last.items()
    }


def _agencies(update: Update, people: set[int | None]) -> dict[int | None, str]:
    rows = Appointment.objects.filter(
        person__in=people - {None}, member_state=update.commitment.member_state_id, agency__isnull=False
    )
    return {row.person_id: row.agency.own_name() for row in rows.select_related("agency") if row.agency}


def returned(update: Update, person: Any) -> Return | None:
    """The note with which a draft was returned; none once it has been submitted again."""
    if update.status != Status.DRAFT:
        return None
    moves = Event.objects.visible_to(person).filter(update=update).exclude(from_status=Status.DRAFT)
    last = moves.order_by("-sequence").first()
    if last is None or last.to_status != Status.DRAFT or not last.reason:
        return None
    fields = last.changes.get("fields", [])
    return Return(last.reason, last.by_name, last.at, last.from_status == Status.CLEARED, tuple(fields))


def history(update: Update, person: Any) -> list[Told]:
    """The newest first. What was saved in one sitting is one line."""
    names = ("subject", "move", "by_name", "at", "from_status", "to_status", "reason")
    rows = Event.objects.visible_to(person).filter(update=update).order_by("-sequence").values_list(*names)
    return list(_by_sittings(rows[:EVENTS_READ]))


def _by_sittings(rows: Iterable[tuple[str, str, str, dt.datetime, str, str, str]]) -> list[Told]:
    told: list[Told] = []
    begun: dt.datetime | None = None  # when the earliest save of the open sitting was made
    for subject, move, by, at, came_from, led_to, reason in rows:
        is_more = move == "edit" and told and told[-1].saves and told[-1].by == by and begun and begun - at <= PAUSE
        if is_more:
            told[-1] = Told(told[-1].label, by, told[-1].at, "", told[-1].saves + 1)
        else:
            label = told_with_stages(subject, move, came_from, led_to)
            told.append(Told(label, by, at, reason, int(move == "edit")))
        begun = at if move == "edit" else None
    return told
