"""What partners do for the plan in the time of a cycle."""

from __future__ import annotations

import datetime as dt

from django.db.models import Prefetch

from commitments.models import ActionItem, MemberState, Participation, PartnerActivity, Plan
from reporting.facts import ActivityFacts, Participant, Place
from reporting.queries.words import wording
from reporting.sources import document

# What takes place on its day and is over; everything else goes on until its end is known.
_EVENTS = frozenset({"conference", "meeting", "workshop", "training"})


def activities_within(plan: Plan, begins_on: dt.date | None, ends_on: dt.date) -> tuple[ActivityFacts, ...]:
    """Activities that support items of the plan and fall into these days, by date and title. Four reads.

    One whose own dates are not recorded counts from the date of the document that speaks of it.
    """
    items = ActionItem.objects.filter(plan=plan).only("code").order_by("position")
    rows = PartnerActivity.objects.prefetch_related(
        Prefetch("participations", Participation.objects.select_related("partner").order_by("partner__name")),
        Prefetch("member_states", MemberState.objects.only("iso_alpha3").order_by("name")),
        Prefetch("action_items", items),
    )
    facts = [_activity(row) for row in rows]
    within = [one for one in facts if _falls_within(one, begins_on, ends_on)]
    return tuple(sorted(within, key=lambda one: (_first_day(one) or dt.date.min, one.title.text, one.slug)))


def _activity(row: PartnerActivity) -> ActivityFacts:
    return ActivityFacts(
        slug=row.slug,
        kind=row.kind,
        title=wording(row, "title"),
        summary=wording(row, "summary"),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        dates_as_stated=wording(row, "dates_as_stated"),
        venue=wording(row, "place"),
        place=Place(row.source, *(row.lines[:1] + row.lines[-1:] or (0, 0))),
        participants=tuple(Participant(wording(one.partner, "name"), one.role) for one in row.participations.all()),
        states=tuple(state.iso_alpha3 for state in row.member_states.all()),
        items=tuple(item.code for item in row.action_items.all()),
    )


def _falls_within(activity: ActivityFacts, begins_on: dt.date | None, ends_on: dt.date) -> bool:
    first, last = _first_day(activity), _last_day(activity)
    has_begun = first is None or first <= ends_on
    goes_on = begins_on is None or last is None or last >= begins_on
    return has_begun and goes_on


def _first_day(activity: ActivityFacts) -> dt.date | None:
    return activity.starts_on or activity.ends_on or document(activity.place.document).dated_on


def _last_day(activity: ActivityFacts) -> dt.date | None:
    return activity.ends_on or (_first_day(activity) if activity.kind in _EVENTS else None)
