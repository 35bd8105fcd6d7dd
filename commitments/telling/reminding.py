"""Reminders: who would get one, what it says, and sending it, no more than once a day.

The secretariat writes to everybody who holds the role in the States it names, whatever waits for them: who is written
to, how many, and what the letter says depend on no draft. A coordinator writes to those of the State for whom
something waits, as does the calendar; their letters say how much, and only the State reads their log.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.errors import Forbidden, Invalid, Problem
from commitments.mandates import Holding, Mandate
from commitments.models import Appointment, Choice, Commitment, Cycle, MemberState, Notice, Person, Reminder
from commitments.models.notices import How, Kind
from commitments.models.reminders import CONCERNS, Origin, Topic
from commitments.notifications import Letter, mail_now, takes_mail
from commitments.querysets import mandate_of
from commitments.telling.clocks import day_of, zones_of
from commitments.telling.letters import Reminded, letter_of_a_reminder
from commitments.waiting import Wait, Waiting
from commitments.workflow import Role

REMINDED = (Role.FOCAL_POINT, Role.COORDINATOR)
WAITS: dict[tuple[Topic, Role], Wait] = {
    (Topic.DUE, Role.FOCAL_POINT): Wait.DUE,
    (Topic.OVERDUE, Role.FOCAL_POINT): Wait.OVERDUE,
    (Topic.RETURNED, Role.FOCAL_POINT): Wait.RETURNED,
    (Topic.OVERDUE, Role.COORDINATOR): Wait.OVERDUE,
    (Topic.TO_CLEAR, Role.COORDINATOR): Wait.TO_CLEAR,
    (Topic.RETURNED, Role.COORDINATOR): Wait.SENT_BACK,
}


@dataclass(frozen=True)
class Call:
    """What somebody wants to remind whom of."""

    topic: Topic
    role: Role
    states: tuple[MemberState, ...]
    cycle: Cycle | None = None


@dataclass(frozen=True)
class Recipient:
    """One person who would be reminded, with the letter that they would read."""

    appointment: Appointment
    told: Reminded
    times_today: int

    @property
    def person(self) -> Person:
        return self.appointment.person

    def letter(self, now: dt.datetime) -> Letter:
        """In the language that is active."""
        return letter_of_a_reminder(self.told, now)


def recipients(call: Call, *, by: Person | None, now: dt.datetime | None = None) -> list[Recipient]:
    """Exactly those whom `send` would write to now. `by` None is the calendar. A fixed number of queries.

    Raises Forbidden, or Invalid for what cannot be asked together.
    """
    now, origin = now or timezone.now(), _origin(call, by)
    _check(call)
    posts = _posts(call, now)
    counts = None if origin == Origin.SECRETARIAT else _counts(call, posts, now)
    if counts is not None and (call.topic, call.role) in WAITS:
        posts = [post for post in posts if counts[post.pk]]
    zones = zones_of([post.person for post in posts])
    had = _had(call, posts, origin, zones, now)
    found = []
    for post in posts:
        count = counts[post.pk] if counts is not None and (call.topic, call.role) in WAITS else None
        state = cast(MemberState, post.member_state)  # both roles have one
        ends_at, sender = _ends_at(call, state), str(by) if by else ""
        told = Reminded(call.topic, call.role, state, call.cycle, ends_at, zones[post.person_id], count, origin, sender)
        found.append(Recipient(post, told, had[post.person_id, state.pk]))
    return found


def left_out(call: Call, now: dt.datetime | None = None) -> list[MemberState]:
    """States whose window makes the reminder false: known to all, as deadlines and extensions are."""
    now = now or timezone.now()
    return [state for state in call.states if not _fits(call, state, now)]


@transaction.atomic
def send(
    call: Call, *, by: Person | None, again: bool = False, occasion: str = "", only: Iterable[int] | None = None
) -> int:
    """Remind them, on the record; mail goes after the commit. Returns how many were reminded.

    Whoever was reminded of it today is left out unless `again`. `only` narrows it to these people.
    """
    now, narrowed = timezone.now(), None if only is None else set(only)
    found = [one for one in recipients(call, by=by, now=now) if again or not one.times_today]
    rows = [(one, _row(one, by, now, occasion)) for one in found if narrowed is None or one.person.pk in narrowed]
    Reminder.objects.bulk_create([row for _one, row in rows], ignore_conflicts=True)  # asked twice at once: sent once
    kept = {row.uid: row for row in Reminder.objects.filter(uid__in=[row.uid for _one, row in rows])}
    sent = [(one, kept[row.uid]) for one, row in rows if row.uid in kept]
    hows = Choice.of_all([one.person for one, _row in sent], Kind.REMINDER)
    Notice.objects.bulk_create(
        Notice(person=one.person, kind=Kind.REMINDER, reminder=row, at=now, mail=hows[one.person.pk])
        for one, row in sent
    )
    _mail_later([one for one, _row in sent if hows[one.person.pk] == How.AT_ONCE], now)
    return len(sent)


def not_signed_in(by: Person) -> QuerySet[Appointment]:
    """Those who hold a role and have never signed in to the site: for the secretariat, and a State's coordinators."""
    mandate = mandate_of(by)
    if not mandate.reminds:
        raise Forbidden()
    live = Appointment.objects.visible_to(mandate).live().filter(person__is_active=True, person__last_login=None)
    if not mandate.is_secretariat:
        live = live.filter(member_state__in=mandate.coordinated_state_ids)
    rows = live.select_related("person", "member_state", "agency", "partner")
    return rows.order_by("member_state__name", "role", "person__full_name", "pk")


def states_of(by: Person) -> QuerySet[MemberState]:
    """Where this person may remind somebody."""
    mandate, states = mandate_of(by), MemberState.objects.order_by("name")
    return states if mandate.is_secretariat else states.filter(pk__in=mandate.coordinated_state_ids)


def roles_of(by: Person) -> tuple[Role, ...]:
    """Whom this person may remind: a coordinator does not remind coordinators."""
    mandate = mandate_of(by)
    if mandate.is_secretariat:
        return REMINDED
    return (Role.FOCAL_POINT,) if mandate.coordinated_state_ids else ()


# --- Private: who may, whom it concerns, and what waits for them ------------------------------------


def _origin(call: Call, by: Person | None) -> Origin:
    if by is None:
        return Origin.AUTOMATIC
    mandate = Mandate.of(by)
    own = {state.pk for state in call.states} <= mandate.coordinated_state_ids
    if own and call.role == Role.FOCAL_POINT:
        return Origin.COORDINATOR
    if mandate.is_secretariat:
        return Origin.SECRETARIAT
    raise Forbidden()


def _check(call: Call) -> None:
    problems = []
    if call.role not in CONCERNS[call.topic]:
        problems.append(Problem("role", "unfit", _("This is not theirs to do.")))
    if call.cycle is None and call.topic != Topic.NOT_SIGNED_IN:
        problems.append(Problem("cycle", "required", _("Choose the cycle that it is about.")))
    if not call.states:
        problems.append(Problem("states", "required", _("Choose a Member State.")))
    if problems:
        raise Invalid(problems=problems)


def _posts(call: Call, now: dt.datetime) -> list[Appointment]:
    """One appointment for each person and State, in the order of the page."""
    states = [state for state in call.states if _fits(call, state, now)]
    live = Appointment.objects.live().filter(role=call.role, member_state__in=states, person__is_active=True)
    if call.topic == Topic.NOT_SIGNED_IN:
        live = live.filter(person__last_login=None)
    rows = live.select_related("person", "member_state", "agency")
    return list(rows.order_by("member_state__name", "person__full_name", "pk"))


def _fits(call: Call, state: MemberState, now: dt.datetime) -> bool:
    if call.cycle is None or call.topic not in (Topic.DUE, Topic.OVERDUE):
        return True
    return (now < call.cycle.due_at(state)) == (call.topic == Topic.DUE)


def _ends_at(call: Call, state: MemberState) -> dt.datetime | None:
    if call.cycle is None or call.topic == Topic.NOT_SIGNED_IN:
        return None
    if call.topic == Topic.TO_CLEAR:
        return state.end_of(call.cycle.clearances_due_on)
    return call.cycle.due_at(state)


def _counts(call: Call, posts: Sequence[Appointment], now: dt.datetime) -> Counter[int]:
    """What waits for each of these, by appointment: asked at once for all of them, and told apart here."""
    wait, counts = WAITS.get((call.topic, call.role)), Counter[int]()
    if wait is None or not posts:
        return counts
    held = tuple(Holding(post.role, post.member_state_id, post.agency_id) for post in posts)
    waiting = Waiting(Mandate(None, held), now)
    rows = waiting.updates().filter(waiting.question(wait), cycle=call.cycle)
    facts = rows.values_list("commitment", "commitment__member_state", "commitment__lead_agency")
    by_agency: dict[int | None, set[int]] = {}
    by_state: dict[int | None, set[int]] = {}
    for commitment, state, agency in facts:
        by_agency.setdefault(agency, set()).add(commitment)
        by_state.setdefault(state, set()).add(commitment)
    for commitment, agency in _contributions(by_state):
        by_agency.setdefault(agency, set()).add(commitment)
    for post in posts:
        found = by_agency.get(post.agency_id) if post.agency_id else by_state.get(post.member_state_id)
        counts[post.pk] = len(found or ())
    return counts


def _contributions(by_state: dict[int | None, set[int]]) -> Iterator[tuple[int, int]]:
    through = Commitment.contributing_agencies.through.objects
    commitments = {commitment for found in by_state.values() for commitment in found}
    yield from through.filter(commitment__in=commitments).values_list("commitment_id", "agency_id")


def _had(
    call: Call, posts: Sequence[Appointment], origin: Origin, zones: dict[int, ZoneInfo], now: dt.datetime
) -> Counter[tuple[int, int]]:
    """How often each was reminded of it today. The secretariat counts its own alone: others' tell of drafts."""
    days = {person: day_of(zone, now) for person, zone in zones.items()}
    rows = Reminder.objects.filter(topic=call.topic, person__in=[post.person_id for post in posts])
    if origin == Origin.SECRETARIAT:
        rows = rows.filter(origin=origin)
    facts = rows.filter(day__in=set(days.values())).values_list("person", "member_state", "day")
    return Counter((person, state) for person, state, day in facts if days[person] == day)


def _row(one: Recipient, by: Person | None, now: dt.datetime, occasion: str) -> Reminder:
    told = one.told
    return Reminder(
        topic=told.topic,
        role=told.role,
        person=one.person,
        member_state=told.state,
        cycle=told.cycle,
        origin=told.origin,
        sent_by=by,
        sent_by_name=str(by) if by else "",
        at=now,
        day=day_of(told.zone, now),
        turn=one.times_today + 1,
        occasion=occasion,
    )


def _mail_later(chosen: Sequence[Recipient], now: dt.datetime) -> None:
    letters = [(one.person, partial(one.letter, now)) for one in chosen if takes_mail(one.person)]

    def post() -> None:
        mail_now(letters)

    if letters:
        transaction.on_commit(post, robust=True)
