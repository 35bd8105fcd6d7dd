"""By whose clock: a person's own where they chose one, otherwise that of the capital they serve."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from commitments.models import Appointment
from commitments.models.people import UTC, zone_named

MORNING = range(7, 10)


def zones_of(people: Iterable[Any]) -> dict[int, ZoneInfo]:
    """What `Person.zone` says of each, by their key, in one query for all of them."""
    asked = list(people)
    served = Appointment.objects.live().filter(person__in=asked, member_state__isnull=False)
    rows = served.order_by("-member_state__name").values_list("person", "member_state__time_zone")
    capitals = dict(rows)
    return {one.pk: zone_named(one.time_zone) or zone_named(capitals.get(one.pk, "")) or UTC for one in asked}


def day_of(zone: ZoneInfo, now: dt.datetime) -> dt.date:
    """The day that it is there."""
    return now.astimezone(zone).date()


def is_morning(zone: ZoneInfo, now: dt.datetime) -> bool:
    """Between seven and ten there: whatever waits for the morning does not come in the night if a run was missed."""
    return now.astimezone(zone).hour in MORNING
