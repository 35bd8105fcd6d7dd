"""A State's officers: who speaks for which agency, since when, who has not come yet, and what stands vacant."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from commitments.models import Agency, Appointment, Commitment, Invitation, MemberState, Update
from commitments.models.invitations import State
from commitments.querysets import in_force
from commitments.screens.inviting import invitations_of
from commitments.waiting import current_cycles
from commitments.workflow import Role, Status

Held = TypeVar("Held", Appointment, Invitation)


@dataclass(frozen=True)
class Post:
    """One agency: who speaks for it, and what depends on them."""

    agency: Agency
    holders: list[Appointment]
    coming: list[Appointment]
    leads: int
    drafts: int
    invited: list[Invitation]

    @property
    def is_vacant(self) -> bool:
        return not self.holders

    @property
    def is_missed(self) -> bool:
        """Somebody has to report for it, and nobody can."""
        return self.is_vacant and self.leads > 0


class Officers:
    """Of one State, for its coordinator, with the invitations that they have sent. A fixed number of queries."""

    def __init__(self, state: MemberState, person: Any) -> None:
        today = timezone.now().date()
        rows = Appointment.objects.visible_to(person).filter(member_state=state)
        known = rows.select_related("person", "agency").order_by("is_deputy", "starts_on", "pk")
        live = {row.pk for row in known.filter(in_force(today))}
        all_rows = list(known)
        self.coordinators = [row for row in all_rows if row.role == Role.COORDINATOR and row.pk in live]
        focal = [row for row in all_rows if row.role == Role.FOCAL_POINT]
        self.former = [row for row in focal if row.ends_on and row.ends_on <= today]
        self.former.sort(key=lambda row: row.ends_on or dt.date.min, reverse=True)
        holders, coming = (
            _by_agency(row for row in focal if row.pk in live),
            _by_agency(row for row in focal if row.starts_on > today and row not in self.former),
        )
        leads, drafts = _led(state, person), open_drafts(state, person)
        agencies = list(Agency.objects.visible_to(person).filter(member_state=state).order_by("name"))
        self.retired = [agency for agency in agencies if agency.retired_on]
        self.invitations = invitations_of(state, person)
        invited = _by_agency(row for row in self.invitations if row.state == State.OPEN)
        self.posts = [
            Post(one, holders[one.pk], coming[one.pk], leads[one.pk], drafts[one.pk], invited[one.pk])
            for one in agencies
            if not one.retired_on
        ]

    @property
    def missed(self) -> list[Post]:
        return [post for post in self.posts if post.is_missed]


def _by_agency(rows: Iterable[Held]) -> dict[int | None, list[Held]]:
    found: dict[int | None, list[Held]] = defaultdict(list)
    for row in rows:
        found[row.agency_id].append(row)
    return found


def _led(state: MemberState, person: Any) -> Counter[int | None]:
    rows = Commitment.objects.visible_to(person).filter(member_state=state)
    return Counter(dict(rows.order_by().values_list("lead_agency").annotate(count=Count("pk"))))


def open_drafts(state: MemberState, person: Any) -> Counter[int | None]:
    """Owed drafts of current cycles, by the agency that leads them."""
    rows = Update.objects.visible_to(person).due().filter(commitment__member_state=state, status=Status.DRAFT)
    counted = rows.filter(cycle__in=current_cycles()).order_by().values_list("commitment__lead_agency")
    return Counter(dict(counted.annotate(count=Count("pk"))))


def what_becomes_of_the_drafts(appointment: Appointment, person: Any) -> list[str]:
    """In plain words, once this focal point has left."""
    agency, state = appointment.agency, appointment.member_state
    if agency is None or state is None:
        return []
    drafts = open_drafts(state, person)[agency.pk]
    others = Appointment.objects.live().filter(role=Role.FOCAL_POINT, agency=agency, person__is_active=True)
    staying = [str(row.person) for row in others.exclude(person=appointment.person).select_related("person")]
    names = {"agency": agency.own_name(), "names": ", ".join(staying)}
    told = [
        ngettext("%(agency)s has %(count)d open draft.", "%(agency)s has %(count)d open drafts.", drafts)
        % (names | {"count": drafts})
    ]
    if staying:
        told.append(gettext("They go on in the hands of %(names)s.") % names)
    else:
        told.append(gettext("Nobody else speaks for this agency: nobody could submit them."))
        told.append(gettext("You can write in them yourself. Invite somebody, or give the items to another agency."))
    told.append(gettext("What was written stays, and so does the name in the history."))
    return told
