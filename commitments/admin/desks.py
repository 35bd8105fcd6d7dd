"""The desk: per role, what waits for a person, as tasks with counts and links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from commitments.models import Agency, Appointment, Commitment, Cycle, Person, Update
from commitments.querysets import mandate_of
from commitments.waiting import Wait, Waiting, days_left, waits_of
from commitments.workflow import Role, Status

SOON = dt.timedelta(days=30)
PRESSING = (Wait.OVERDUE, Wait.SENT_BACK, Wait.RETURNED)


@dataclass(frozen=True)
class Task:
    """One line of the desk. A count of None is no task but a fact."""

    label: str
    url: str = ""
    count: int | None = None
    note: str = ""
    is_pressing: bool = False


@dataclass(frozen=True)
class Section:
    title: Any
    tasks: list[Task] = field(default_factory=list)
    empty: Any = ""


def list_url(noun: str, **filters: str) -> str:
    return reverse(f"admin:commitments_{noun}_changelist") + ("?" + urlencode(filters) if filters else "")


class Desk:
    """What waits for one person now, in the order of their roles. A fixed number of queries for each role."""

    def __init__(self, person: Any) -> None:
        self.mandate = mandate_of(person)
        self.person = person
        self.waiting = Waiting(self.mandate)

    def sections(self) -> list[Section]:
        mandate, found = self.mandate, []
        if mandate.is_officer:
            found.append(Section(_("Waiting for you"), list(self._waits()), _("Nothing waits for you.")))
        if mandate.state_ids:
            found.append(Section(_("Deadlines"), list(self._deadlines()), _("No cycle is open.")))
        if mandate.coordinated_state_ids:
            found.append(Section(_("Drafts by agency"), list(self._drafts()), _("No draft is open.")))
            found.append(Section(_("Vacancies"), list(self._vacancies()), _("Every leading agency has a focal point.")))
        if mandate.is_editor:
            found.append(Section(_("Cycles"), list(self._cycles()), _("There is no cycle.")))
        if mandate.is_administrator:
            found.append(Section(_("People and appointments"), list(self._people())))
        return found

    def _waits(self) -> Iterator[Task]:
        for wait in waits_of(self.mandate):
            # One count each: one aggregate of all comes back as zeros when a single question has no possible row.
            count = self.waiting.updates().filter(self.waiting.question(wait)).count()
            url = list_url("update", waiting=wait.value)
            yield Task(str(wait.label), url, count, is_pressing=wait in PRESSING)

    def _deadlines(self) -> Iterator[Task]:
        """One line for each current cycle and State served, by that State's clock."""
        for cycle in self.waiting.cycles:
            for state in self.waiting.states.values():
                if state.pk in self.mandate.state_ids:
                    yield self._deadline(cycle, state)

    def _deadline(self, cycle: Cycle, state: Any) -> Task:
        due_at = cycle.due_at(state)
        days = days_left(due_at, self.waiting.now)
        last_day = (due_at - dt.timedelta(seconds=1)).astimezone(ZoneInfo(state.time_zone)).date()
        until = {"day": date_format(last_day, "DATE_FORMAT"), "capital": state.in_language("capital")}
        if days < 0:
            left = gettext("closed since the end of %(day)s in %(capital)s") % until
        elif days == 0:
            left = gettext("last day: it ends at midnight in %(capital)s") % until
        else:
            left = ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
            left += ", " + gettext("until the end of %(day)s in %(capital)s") % until
        return Task(f"{cycle.in_language('title')}, {state}", list_url("update", cycle=cycle.slug), note=left)

    def _drafts(self) -> Iterator[Task]:
        """Drafts of current cycles, by the agency that leads them."""
        rows = (
            Update.objects.visible_to(self.mandate)
            .due()
            .filter(
                status=Status.DRAFT,
                cycle__in=self.waiting.cycles,
                commitment__member_state__in=self.mandate.coordinated_state_ids,
            )
        )
        path = "commitment__lead_agency__"
        names = (f"{path}name", f"{path}slug", f"{path}member_state__iso_alpha3")
        for name, slug, state, count in rows.values_list(*names).annotate(count=Count("pk")).order_by(*names):
            filters = {"agency": f"{state}:{slug}"} if slug else {}
            url = list_url("update", status=Status.DRAFT, **filters)
            yield Task(name or gettext("No lead agency"), url, count)

    def _vacancies(self) -> Iterator[Task]:
        """Agencies that lead action items and have no live focal point; items that nobody leads."""
        posts = Appointment.objects.live().filter(role=Role.FOCAL_POINT, agency=OuterRef("pk"), person__is_active=True)
        agencies = (
            Agency.objects.filter(member_state__in=self.mandate.coordinated_state_ids)
            .filter(~Exists(posts))
            .annotate(led=Count("led_commitments"))
            .filter(led__gt=0)
        )
        invite = reverse("admin:commitments_appointment_add")
        for agency in agencies.order_by("member_state__name", "name"):
            items = ngettext(
                "leads %(count)d item, no focal point", "leads %(count)d items, no focal point", agency.led
            )
            yield Task(agency.own_name(), invite, note=items % {"count": agency.led}, is_pressing=True)
        own = Commitment.objects.visible_to(self.mandate).filter(member_state__in=self.mandate.coordinated_state_ids)
        if unled := own.filter(lead_agency=None).exclude(action_item__addressee="partner").count():
            yield Task(gettext("Items without a lead agency"), list_url("commitment", lead="none"), unled)

    def _cycles(self) -> Iterator[Task]:
        page = reverse("admin:commitments_cycle_changelist")
        for cycle in Cycle.objects.order_by("-opens_on"):
            facts = {"phase": cycle.phase().label, "day": date_format(cycle.closes_on, "DATE_FORMAT")}
            note = gettext("%(phase)s; closes %(day)s") % facts
            yield Task(cycle.in_language("title"), f"{page}{cycle.slug}/change/", note=note)

    def _people(self) -> Iterator[Task]:
        today = timezone.now().date()
        live = Appointment.objects.live()
        held = live.filter(person=OuterRef("pk"))
        people = Person.objects.aggregate(
            all=Count("pk"),
            suspended=Count("pk", filter=Q(is_active=False)),
            unappointed=Count("pk", filter=Q(~Exists(held), is_active=True, is_superuser=False)),
        )
        ending = live.filter(ends_on__lte=today + SOON).count()
        yield Task(gettext("People"), list_url("person"), people["all"])
        yield Task(gettext("Suspended"), list_url("person"), people["suspended"])
        yield Task(gettext("Without an appointment"), list_url("person"), people["unappointed"])
        yield Task(gettext("Appointments in force"), list_url("appointment"), live.count())
        yield Task(gettext("Appointments ending within 30 days"), list_url("appointment"), ending)


__all__ = ["Desk", "Section", "Task"]
