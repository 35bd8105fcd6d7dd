"""The dates of a cycle as one reader needs them, and how long it is until then, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.models import Cycle, Event, MemberState
from commitments.second_lock import unlocked
from commitments.waiting import days_left

SHOWN_FOR = dt.timedelta(days=400)  # after its close a cycle stays in calendars, to be looked up


@dataclass(frozen=True)
class Deadline:
    """One day in a calendar. `name` is the same for ever, whatever the day is moved to."""

    name: str
    title: str
    day: dt.date
    cycle: Cycle
    state: MemberState | None = None


def cycles_in_calendars(now: dt.datetime | None = None) -> list[Cycle]:
    """Those to come, those that run, and those closed within the last year."""
    rows = Cycle.objects.filter(closes_on__gte=(now or timezone.now()).date() - SHOWN_FOR)
    return list(rows.order_by("opens_on", "pk").prefetch_related("extensions__action_item"))


def public_deadlines(cycle: Cycle) -> Iterator[Deadline]:
    """The dates that are everybody's to know."""
    of = {"cycle": str(cycle)}
    yield Deadline("opens_on", _("Reporting opens, %(cycle)s") % of, cycle.opens_on, cycle)
    yield Deadline("submissions_due_on", _("Submissions due, %(cycle)s") % of, cycle.submissions_due_on, cycle)
    yield from _later(cycle)


def deadlines_of_states(cycle: Cycle, states: Iterable[MemberState]) -> Iterator[Deadline]:
    """The dates as they are for these States, each with the time it was given."""
    of = {"cycle": str(cycle)}
    yield Deadline("opens_on", _("Reporting opens, %(cycle)s") % of, cycle.opens_on, cycle)
    for state in states:
        of_state = of | {"state": str(state)}
        title = _("Submissions due, %(state)s, %(cycle)s") % of_state
        yield Deadline(
            f"submissions_due_on.{state.iso_alpha3}", title, state.last_day(cycle.due_at(state)), cycle, state
        )
        for one in cycle.extensions.all():
            if one.member_state_id == state.pk:
                yield Deadline(f"extension.{one.uid}", _title_of(one, of_state), one.ends_on, cycle, state)
    yield from _later(cycle)


def _later(cycle: Cycle) -> Iterator[Deadline]:
    of = {"cycle": str(cycle)}
    yield Deadline("clearances_due_on", _("Clearances due, %(cycle)s") % of, cycle.clearances_due_on, cycle)
    yield Deadline("closes_on", _("The cycle closes, %(cycle)s") % of, cycle.closes_on, cycle)
    if cycle.adopted_on:
        assumed = _("Review adopted (date assumed), %(cycle)s") if cycle.adoption_is_assumed else ""
        yield Deadline("adopted_on", (assumed or _("Review adopted, %(cycle)s")) % of, cycle.adopted_on, cycle)


def _title_of(extension: object, of_state: dict[str, str]) -> str:
    if item := getattr(extension, "action_item", None):
        return _("Reopening of %(item)s ends, %(state)s, %(cycle)s") % (of_state | {"item": item.code})
    return _("Extension ends, %(state)s, %(cycle)s") % of_state


def revisions_of(cycles: Iterable[Cycle]) -> dict[str, tuple[int, dt.datetime]]:
    """How often the dates of each cycle were set, and when last: calendars ask which of two entries is newer."""
    subjects = [f"cycle:{cycle.slug}" for cycle in cycles]
    rows = Event.objects.filter(subject__in=subjects, move__in=("schedule", "open", "move_dates"))
    counted = rows.values("subject").annotate(times=Count("pk"), last=Max("at")).order_by("subject")
    with unlocked("how often the dates of a cycle were set stands in everybody's calendar"):
        return {row["subject"].removeprefix("cycle:"): (row["times"], row["last"]) for row in counted}


def words_of(ends_at: dt.datetime, state: MemberState, now: dt.datetime, zone: ZoneInfo) -> str:
    """How long it still is, until which day, and by a reader's clock where that is another than the capital's."""
    days = days_left(ends_at, now)
    until = {"day": date_format(state.last_day(ends_at), "DATE_FORMAT"), "capital": state.in_language("capital")}
    if days < 0:
        return _("closed since the end of %(day)s in %(capital)s") % until
    if days == 0:
        left = _("last day: it ends at midnight in %(capital)s") % until
    else:
        left = ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
        left += ", " + _("until the end of %(day)s in %(capital)s") % until
    return left + _elsewhere(ends_at, state, zone)


def _elsewhere(ends_at: dt.datetime, state: MemberState, zone: ZoneInfo) -> str:
    there = ends_at.astimezone(zone)
    if there.utcoffset() == ends_at.astimezone(ZoneInfo(state.time_zone)).utcoffset():
        return ""
    return _(" (by your clock: %(instant)s)") % {"instant": date_format(there, "DATETIME_FORMAT")}
