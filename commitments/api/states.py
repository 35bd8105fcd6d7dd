"""Member States, which are public; their agencies, and who is appointed to what."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from rest_framework import serializers as drf
from rest_framework.request import Request

from commitments.api import bodies, filters, types
from commitments.api.answers import answer
from commitments.api.asking import refuse
from commitments.api.keys import AGENCY_PATHS, agency_given, only, state_given
from commitments.api.shapes import Column, Shape, join_key
from commitments.api.views import Noun, PublicNoun, Write
from commitments.api.writing import once
from commitments.content import clean_flag
from commitments.errors import Forbidden
from commitments.models import Agency, Appointment, Invitation, MemberState, Partner
from commitments.workflow import Role


class MemberStates(PublicNoun):
    """The Member States of the plan, in English alphabetical order."""

    tag = "The plan"
    model = MemberState
    key_paths = ("iso_alpha3",)
    orderings = {"name": ("name", "iso_alpha3")}
    shape = Shape(
        "MemberState",
        (
            Column("iso_alpha3", "iso_alpha3", types.text("The State's key.")),
            Column("iso_alpha2", "iso_alpha2", types.text()),
            Column("m49", "m49", types.text()),
            Column("name", "name", types.text()),
            Column("formal_name", "formal_name", types.text()),
            Column("capital", "capital", types.text()),
            Column("time_zone", "time_zone", types.text("Deadlines end with the day in this zone.")),
            Column("official_languages", "official_languages", types.texts()),
            Column("translations", "translations", types.thing()),
        ),
    )


class AgencyFilters(FilterSet):
    member_state = filters.of_state("member_state")
    is_retired = filters.YesNo(method="by_retirement")

    def by_retirement(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        return queryset.filter(retired_on__isnull=not value)


class Agencies(Noun):
    """Agencies of the States whose officer you are; of all States for the secretariat."""

    tag = "People"
    model = Agency
    key_paths = AGENCY_PATHS
    filterset = AgencyFilters
    orderings = {"key": ("member_state__iso_alpha3", "slug")}
    shape = Shape(
        "Agency",
        (
            Column("key", AGENCY_PATHS, types.text("`KAZ:interior`"), make=join_key),
            Column("member_state", "member_state__iso_alpha3", types.text()),
            Column("slug", "slug", types.text()),
            Column("name", "name", types.text()),
            Column("kind", "kind", types.text()),
            Column("translations", "translations", types.thing()),
            Column("retired_on", "retired_on", types.day(null=True)),
        ),
    )


class AppointmentFilters(FilterSet):
    member_state = filters.of_state("member_state")
    role = filters.OneOf("role", Role.choices)
    is_live = filters.YesNo(method="by_life", label="Whether it is in force today.")

    def by_life(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        live = Appointment.objects.live().values("pk")
        return queryset.filter(pk__in=live) if value else queryset.exclude(pk__in=live)


def _agency_key(state: str | None, slug: str | None) -> str | None:
    return f"{state}:{slug}" if slug else None


class Invited(drf.Serializer):
    """What was held out, as it was sent: who has the address is not told."""

    email = types.text()
    full_name = types.text("As sent.")
    role = types.role()
    expires_at = types.instant("When the link in the letter ends.")


class Appointments(Noun):
    """Who holds which role, from when to when. A coordinator appoints the State's focal points."""

    tag = "People"
    model = Appointment
    filterset = AppointmentFilters
    writes = {
        "create": Write(bodies.Appoint, ("email", "full_name", "role"), status=202),
        "retire": Write(bodies.RetireAppointment),
    }
    documented_answers = {"create": Invited}
    orderings = {"starts_on": ("starts_on", "uid")}
    shape = Shape(
        "Appointment",
        (
            Column("_pk", "pk"),
            Column("uid", "uid", types.uid()),
            Column("role", "role", types.role()),
            Column("person", "person__full_name", types.text("Full name.")),
            Column("email", "person__email", types.text()),
            Column("member_state", "member_state__iso_alpha3", types.text(allow_null=True)),
            Column(
                "agency", ("agency__member_state__iso_alpha3", "agency__slug"), types.text(allow_null=True), _agency_key
            ),
            Column("partner", "partner__slug", types.text(allow_null=True)),
            Column("is_deputy", "is_deputy", types.yes_no()),
            Column("starts_on", "starts_on", types.day()),
            Column("ends_on", "ends_on", types.day("The first day no longer in force.", null=True)),
        ),
    )

    def create(self, request: Request) -> HttpResponse:
        """Hold out a role to an address. It is given once it is taken up; the answer is the same whoever has it."""
        return once(request, lambda: self._appoint(request))

    def retire(self, request: Request, key: str) -> HttpResponse:
        """End an appointment, today or from a day named. The history keeps the person's name."""
        return once(request, lambda: self._retire(request, str(key)))

    def _appoint(self, request: Request) -> HttpResponse:
        body = self.body()
        if not (self.mandate.is_administrator or self.mandate.coordinated_state_ids):
            raise Forbidden()  # before anything in the body is looked up
        scope = self._scope(body, request)
        email, full_name, role = body.pop("email"), body.pop("full_name"), body.pop("role")
        if role not in Role.values:
            raise refuse("role", "choice", _("There is no such role."))
        made = Invitation.send(email, full_name, role, by=self.person, **scope)
        told = {"email": made.email, "full_name": made.full_name, "role": made.role, "expires_at": made.expires_at}
        return answer(told, status=202)

    def _scope(self, body: dict[str, Any], request: Request) -> dict[str, Any]:
        """What the appointment is for, each key resolved."""
        scope: dict[str, Any] = {name: body[name] for name in ("starts_on", "ends_on") if name in body}
        if "is_deputy" in body:
            scope["is_deputy"] = clean_flag("is_deputy", body["is_deputy"])
        if body.get("member_state") is not None:
            scope["member_state"] = state_given("member_state", body["member_state"])
        if body.get("agency") is not None:
            scope["agency"] = agency_given("agency", body["agency"], request.user)
        if body.get("partner") is not None:
            scope["partner"] = partner_given("partner", body["partner"])
        return scope

    def _retire(self, request: Request, key: str) -> HttpResponse:
        appointment = only(self.by_key(key, {}))
        body = self.body()
        appointment.retire(by=self.person, reason=body.get("reason", ""), on=body.get("on"))
        return answer(self.read_one(self.rows().filter(pk=appointment.pk)))


def partner_given(field: str, value: Any) -> Partner:
    partner = Partner.objects.filter(slug=value).first() if isinstance(value, str) and value.isprintable() else None
    if partner is None:
        raise refuse(field, "unknown", _("There is no such partner."))
    return partner
