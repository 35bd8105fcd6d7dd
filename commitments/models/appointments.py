"""Roles that people hold, from a date to a date."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.content import clean_date, clean_reason
from commitments.errors import Forbidden, Invalid, Problem
from commitments.mandates import SECRETARIAT, Mandate
from commitments.models.events import Event
from commitments.models.people import Agency, MemberState, Person
from commitments.querysets import AppointmentQuerySet
from commitments.workflow import Role


class Appointment(models.Model):
    """A person holding a role, from a date to a date."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    member_state = models.ForeignKey(MemberState, models.PROTECT, null=True, blank=True, related_name="appointments")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="appointments")
    partner = models.ForeignKey(
        "commitments.Partner", models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    is_deputy = models.BooleanField(_("deputy"), default=False)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)  # the first day no longer in force
    appointed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(
                name="appointment_scope_fits_role",
                condition=(
                    models.Q(role=Role.FOCAL_POINT, member_state__isnull=False, agency__isnull=False, partner=None)
                    | models.Q(role=Role.COORDINATOR, member_state__isnull=False, agency=None, partner=None)
                    | models.Q(
                        role__in=[*sorted(SECRETARIAT), Role.OBSERVER], member_state=None, agency=None, partner=None
                    )
                    | models.Q(role=Role.PARTNER, member_state=None, agency=None, partner__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="appointment_ends_after_it_starts",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"

    @classmethod
    @transaction.atomic
    def appoint(
        cls,
        person: Person,
        role: str,
        *,
        by: Person | None,
        member_state: MemberState | None = None,
        agency: Agency | None = None,
        partner: Any = None,
        is_deputy: bool = False,
        starts_on: dt.date | None = None,
        ends_on: dt.date | None = None,
    ) -> Appointment:
        """Give a role. `by` None is the system itself (loading, the first administrator)."""
        if agency and not member_state:
            member_state = agency.member_state
        check_scope(role, member_state, agency, partner)
        if by is not None:
            check_may_appoint(by, person, role, member_state)
        starts_on, ends_on = check_term(starts_on, ends_on)
        starts_on = starts_on or timezone.now().date()
        appointment = cls.objects.create(
            person=person,
            role=role,
            member_state=member_state,
            agency=agency,
            partner=partner,
            is_deputy=is_deputy,
            starts_on=starts_on,
            ends_on=ends_on,
            appointed_by=by,
        )
        appointment._record("appoint", by)
        return appointment

    @transaction.atomic
    def retire(self, *, by: Person | None, reason: str, on: dt.date | None = None) -> None:
        """End it: from today, or from `on`; one that has not begun never begins. The history keeps the name."""
        self.refresh_from_db(from_queryset=Appointment.objects.select_for_update())
        if by is not None:
            check_may_appoint(by, None, self.role, self.member_state)
        reason = clean_reason(reason)
        ends_on = clean_date("on", on) or max(timezone.now().date(), self.starts_on)
        if ends_on < self.starts_on:
            raise Invalid(problems=[Problem("on", "order", _("It cannot end before it starts."))])
        if self.ends_on and self.ends_on <= ends_on:
            raise Invalid(problems=[Problem("on", "order", _("It ends by then already. To go on, appoint anew."))])
        self.ends_on = ends_on
        self.save(update_fields=["ends_on"])
        self._record("retire", by, reason=reason)

    @classmethod
    def recipients(cls, roles: Iterable[str], commitment: Any) -> models.QuerySet[Person]:
        """Who is told of this commitment: the lead agency's focal points, the State's coordinators, the secretariat."""
        concerned = (
            models.Q(role=Role.FOCAL_POINT, agency=commitment.lead_agency_id)
            | models.Q(role=Role.COORDINATOR, member_state=commitment.member_state_id)
            | models.Q(role__in=SECRETARIAT)
        )
        live = cls.objects.live().filter(concerned, role__in=roles)
        return Person.objects.filter(pk__in=live.values("person"), is_active=True)

    def _record(self, move: str, by: Person | None, reason: str = "") -> None:
        Event.record(
            f"appointment:{self.uid}",
            move,
            by=by,
            member_state=self.member_state,
            reason=reason,
            changes={
                "person": str(self.person),
                "role": self.role,
                "agency": self.agency.slug if self.agency else None,
                "starts_on": self.starts_on.isoformat(),
                "ends_on": self.ends_on.isoformat() if self.ends_on else None,
            },
        )


def check_scope(role: str, member_state: Any, agency: Any, partner: Any) -> None:
    """Refuse what the database would, naming the field."""
    wanted = {
        Role.FOCAL_POINT: {"member_state", "agency"},
        Role.COORDINATOR: {"member_state"},
        Role.PARTNER: {"partner"},
    }
    if role not in Role.values:
        raise Invalid(problems=[Problem("role", "choice", _("There is no such role."))])
    given = {"member_state": member_state, "agency": agency, "partner": partner}
    problems = []
    for name, value in given.items():
        if name in wanted.get(Role(role), set()) and value is None:
            problems.append(Problem(name, "required", _("This role needs it.")))
        if name not in wanted.get(Role(role), set()) and value is not None:
            problems.append(Problem(name, "unfit", _("This role has none.")))
    if agency and member_state and agency.member_state_id != member_state.pk:
        problems.append(Problem("agency", "foreign", _("This agency is another State's.")))
    if problems:
        raise Invalid(problems=problems)


def check_term(starts_on: Any, ends_on: Any) -> tuple[dt.date | None, dt.date | None]:
    """From when until when; without a beginning, from today."""
    starts_on, ends_on = clean_date("starts_on", starts_on), clean_date("ends_on", ends_on)
    if ends_on and ends_on < (starts_on or timezone.now().date()):
        raise Invalid(problems=[Problem("ends_on", "order", _("It cannot end before it starts."))])
    return starts_on, ends_on


def check_may_appoint(by: Person, person: Person | None, role: str, member_state: MemberState | None) -> None:
    """A coordinator appoints the State's focal points; an administrator all others. Nobody appoints themselves."""
    mandate = Mandate.of(by)
    if person is not None and person.pk == by.pk:
        raise Forbidden(_("Nobody gives a role to themselves."))
    if mandate.is_administrator:
        return
    if role == Role.FOCAL_POINT and member_state and member_state.pk in mandate.coordinated_state_ids:
        return
    raise Forbidden()
