"""The calendar of deadlines, as calendar programs subscribe to it (RFC 5545). Dates alone, and no words of a State."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from commitments.models import Cycle, MemberState
from commitments.notifications import language_of
from commitments.querysets import mandate_of
from commitments.telling.deadlines import (
    Deadline,
    cycles_in_calendars,
    deadlines_of_states,
    public_deadlines,
    revisions_of,
)

DAY = dt.timedelta(days=1)
ASKED_AGAIN_AFTER = dt.timedelta(hours=12)


def feed_of(person: Any) -> bytes:
    """The dates of the States that this person serves, of all of them for the secretariat; in their language."""
    mandate, states = mandate_of(person), MemberState.objects.order_by("name")
    own = states.all() if mandate.is_secretariat else states.filter(pk__in=mandate.state_ids)
    with translation.override(language_of(person)):
        return _feed(
            lambda cycle, served=list(own): deadlines_of_states(cycle, served) if served else public_deadlines(cycle)
        )


def public_feed() -> bytes:
    """The dates that are everybody's to know, in the language of whoever asks."""
    return _feed(public_deadlines)


def _feed(deadlines: Any) -> bytes:
    cycles = cycles_in_calendars()
    calendar = Calendar()
    calendar.add("PRODID", "-//JPoA Tracker//deadlines//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", _("JPoA Tracker: deadlines"))
    calendar.add("REFRESH-INTERVAL", ASKED_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT12H")
    for entry in _entries(cycles, deadlines):
        calendar.add_component(entry)
    return calendar.to_ical()


def _entries(cycles: Iterable[Cycle], deadlines: Any) -> Iterator[Event]:
    shown = list(cycles)
    revisions = revisions_of(shown)
    for cycle in shown:
        opened = dt.datetime.combine(cycle.opens_on, dt.time(), dt.UTC)
        times, last = revisions.get(cycle.slug, (0, cycle.opened_at or opened))
        for deadline in deadlines(cycle):
            yield _entry(deadline, times, last)


def _entry(deadline: Deadline, times: int, last: dt.datetime) -> Event:
    """A day of its own: it has no hours, and is the same day wherever the calendar is read."""
    entry = Event()
    entry.add("UID", f"{deadline.cycle.slug}.{deadline.name}@jpoa-tracker")
    entry.add("DTSTAMP", last)
    entry.add("SEQUENCE", times)
    entry.add("SUMMARY", deadline.title)
    entry.add("DTSTART", deadline.day)
    entry.add("DTEND", deadline.day + DAY)
    entry.add("TRANSP", "TRANSPARENT")
    entry.add("DESCRIPTION", _when_it_ends(deadline.state))
    entry.add("URL", f"{settings.PUBLIC_URL}/")
    return entry


def _when_it_ends(state: MemberState | None) -> str:
    if state is None:
        return _("A day ends at midnight in the capital of each Member State.")
    place = {"capital": state.in_language("capital"), "zone": state.time_zone}
    return _("The day ends at midnight in %(capital)s (%(zone)s).") % place
