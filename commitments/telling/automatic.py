"""Reminders that the calendar sends: before a deadline to those for whom something waits, after it to coordinators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from commitments.models import Cycle, MemberState
from commitments.models.reminders import Topic
from commitments.telling.clocks import is_morning
from commitments.telling.reminding import Call, recipients, send
from commitments.waiting import current_cycles, days_left
from commitments.workflow import Role

BEFORE = (1, 7, 14)  # days


def remind_of_deadlines(now: dt.datetime | None = None) -> int:
    """Whatever is due to be said this morning, once for each person, deadline and distance. Returns how many.

    May run as often as one likes. A run that was missed is made up for by the next: the letter says the days left.
    """
    now = now or timezone.now()
    calls = [found for cycle in current_cycles(now) for found in _calls(cycle, now)]
    return sum(_send(call, occasion, now) for call, occasion in calls)


def _calls(cycle: Cycle, now: dt.datetime) -> Iterator[tuple[Call, str]]:
    for state in MemberState.objects.order_by("name"):
        due_at, clear_by = cycle.due_at(state), state.end_of(cycle.clearances_due_on)
        if occasion := _occasion(due_at, state, now):
            yield Call(Topic.DUE, Role.FOCAL_POINT, (state,), cycle), occasion
        if now >= due_at:
            yield Call(Topic.OVERDUE, Role.COORDINATOR, (state,), cycle), f"{state.last_day(due_at)}:passed"
        if occasion := _occasion(clear_by, state, now):
            yield Call(Topic.TO_CLEAR, Role.COORDINATOR, (state,), cycle), occasion


def _occasion(ends_at: dt.datetime, state: MemberState, now: dt.datetime) -> str:
    """The deadline and how far off it is, in the steps in which one is reminded; none while it is farther, or past."""
    days = days_left(ends_at, now)
    step = next((step for step in BEFORE if 0 <= days <= step), None)
    return f"{state.last_day(ends_at)}:{step}" if step else ""


def _send(call: Call, occasion: str, now: dt.datetime) -> int:
    awake = [one.person.pk for one in recipients(call, by=None, now=now) if is_morning(one.told.zone, now)]
    return send(call, by=None, occasion=occasion, only=awake) if awake else 0
