"""Whose hand is in an update: who wrote which part last, why it was returned, and its history told by sittings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from commitments.content import FIELDS
from commitments.models import Appointment, Event, Update
from commitments.workflow import MOVES, Status

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
    """Of each part that this person sees written, its last writer. Three queries, whatever was saved."""
    rows = Event.objects.visible_to(person).filter(update=OuterRef("pk"), move="edit").order_by("-sequence")
    last = {f"last_{name}": Subquery(rows.filter(changes__has_key=name).values("pk")[:1]) for name in FIELDS}
    found = Update.objects.filter(pk=update.pk).annotate(**last).values(*last).get()
    events = Event.objects.in_bulk([pk for pk in found.values() if pk])
    agencies = _agencies(update, {event.by_id for event in events.values()})
    return {
        name: Writer((event := events[pk]).by_name, agencies.get(event.by_id, ""), event.at, event.by_id == person.pk)
        for name in FIELDS
        if (pk := found[f"last_{name}"])
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
    names = ("move", "by_name", "at", "from_status", "to_status", "reason")
    rows = Event.objects.visible_to(person).filter(update=update).order_by("-sequence").values_list(*names)
    return list(_by_sittings(rows[:EVENTS_READ]))


def _by_sittings(rows: Iterable[tuple[str, str, dt.datetime, str, str, str]]) -> list[Told]:
    told: list[Told] = []
    begun: dt.datetime | None = None  # when the earliest save of the open sitting was made
    for move, by, at, came_from, led_to, reason in rows:
        is_more = move == "edit" and told and told[-1].saves and told[-1].by == by and begun and begun - at <= PAUSE
        if is_more:
            told[-1] = Told(told[-1].label, by, told[-1].at, "", told[-1].saves + 1)
        else:
            told.append(Told(in_words(move, came_from, led_to), by, at, reason, int(move == "edit")))
        begun = at if move == "edit" else None
    return told


def in_words(move: str, came_from: str, led_to: str) -> str:
    """The label of the move where the table has one, and where it led."""
    rows = [row for row in MOVES if row.name == move and came_from in row.source]
    label = str(rows[0].label) if rows else move.replace("_", " ").capitalize()
    if came_from == led_to:
        return label
    return f"{label}: {Status(came_from).label} → {Status(led_to).label}"
