"""The words of the message of the day and of reminders, written in the language that is active."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.models import Cycle, MemberState, Notice
from commitments.models.reminders import Origin, Topic, subject_of
from commitments.notifications import Letter, address
from commitments.telling.deadlines import words_of
from commitments.telling.unsubscribing import address_for
from commitments.waiting import Waiting, waits_of
from commitments.workflow import Role

MOST_LINES = 50


@dataclass(frozen=True)
class Reminded:
    """All that the letter to one person says."""

    topic: Topic
    role: Role
    state: MemberState
    cycle: Cycle | None
    ends_at: dt.datetime | None
    zone: ZoneInfo
    count: int | None  # what waits for them; None where the sender is not to know it
    origin: Origin
    sender: str


def letter_of_a_reminder(told: Reminded, now: dt.datetime) -> Letter:
    signs_in = told.topic == Topic.NOT_SIGNED_IN
    context = {
        "opening": _opening(told),
        "left": words_of(told.ends_at, told.state, now, told.zone) if told.ends_at else "",
        "count": told.count,
        "sender": _sender(told),
        "sign_in": f"{settings.PUBLIC_URL}/accounts/password/reset/" if signs_in else "",
    }
    return Letter(subject_of(told.topic, str(told.cycle or "")), _mail("reminder", context))


def _opening(told: Reminded) -> str:
    lines = {
        Topic.DUE: _("%(state)s: progress updates for %(cycle)s are due by the end of %(day)s."),
        Topic.OVERDUE: _("%(state)s: progress updates for %(cycle)s were due by the end of %(day)s."),
        Topic.TO_CLEAR: _("%(state)s: updates submitted for %(cycle)s are to be cleared by the end of %(day)s."),
        Topic.RETURNED: _("%(state)s: updates for %(cycle)s that were returned are to be submitted again."),
        Topic.NOT_SIGNED_IN: _("You have been appointed (%(role)s, %(state)s) and have not signed in yet."),
    }
    day = date_format(told.state.last_day(told.ends_at), "DATE_FORMAT") if told.ends_at else ""
    facts = {"state": told.state, "cycle": told.cycle or "", "day": day, "role": Role(told.role).label}
    return lines[told.topic] % facts


def _sender(told: Reminded) -> str:
    if told.origin == Origin.AUTOMATIC:
        return _("Sent automatically, by the dates of the cycle.")
    if told.origin == Origin.COORDINATOR:
        return _("Sent by %(name)s, national coordinator.") % {"name": told.sender}
    return _("Sent by %(name)s, secretariat.") % {"name": told.sender}


def letter_of_the_day(person: Any, notices: Sequence[Notice], now: dt.datetime, zone: ZoneInfo) -> Letter:
    """What has happened since the last one, and what waits for this person, with the days left."""
    count = len(notices)
    subject = ngettext("JPoA Tracker: %(count)d notice", "JPoA Tracker: %(count)d notices", count) % {"count": count}
    rest = count - MOST_LINES
    waiting, way_out = Waiting(person, now), address_for(person)
    context = {
        "happened": [(_line(notice), notice.key) for notice in notices[:MOST_LINES]],
        "more": ngettext("%(count)d more in the desk", "%(count)d more in the desk", rest) % {"count": rest}
        if rest > 0
        else "",
        "waiting": list(_waiting(waiting)),
        "deadlines": list(_deadlines(waiting, now, zone)),
        "unsubscribe": way_out,
    }
    return Letter(subject, _mail("digest", context), way_out)


def _line(notice: Notice) -> str:
    """With the State's name, which tells a reader of many States what it is about."""
    return f"{notice.update.commitment.member_state}: {notice}" if notice.update else str(notice)


def _waiting(waiting: Waiting) -> Iterator[str]:
    for wait in waits_of(waiting.mandate):
        if count := waiting.updates().filter(waiting.question(wait)).count():
            yield f"{wait.label}: {count}"


def _deadlines(waiting: Waiting, now: dt.datetime, zone: ZoneInfo) -> Iterator[str]:
    for cycle in waiting.cycles:
        for state in waiting.states.values():
            if state.pk in waiting.mandate.state_ids:
                yield f"{cycle}, {state}: {words_of(cycle.due_at(state), state, now, zone)}"


def _mail(name: str, context: dict[str, Any]) -> str:
    context |= {"desk": address("desk"), "choices": address("desk-notice-choices")}
    return render_to_string(f"commitments/mail/{name}.txt", context).strip() + "\n"
