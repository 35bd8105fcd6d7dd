"""People, their appointments and their agencies: who may invite, appoint, rename and retire follows the mandate."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commitments.admin.base import DeskAdmin
from commitments.admin.filters import OwnStateFilter
from commitments.admin.verbs import Verb
from commitments.content import clean_reason
from commitments.errors import Forbidden
from commitments.mandates import Mandate
from commitments.models import Agency, Appointment, Event, MemberState, Person
from commitments.querysets import mandate_of
from commitments.screens.account import end_tokens
from commitments.screens.appointing import (
    AgencyForm,
    ReasonForm,
    RetirementForm,
)
from commitments.screens.forms import DeskForm, LongText
from commitments.workflow import Role


class NewAgencyForm(AgencyForm):
    member_state = forms.ModelChoiceField(MemberState.objects.none(), label=_("Member State"), empty_label=None)

    def shape(self) -> None:
        states = MemberState.objects.filter(pk__in=self.person.mandate.coordinated_state_ids)
        self.offer("member_state", states.order_by("name"))


def _coordinates(mandate: Mandate, agency: Any) -> bool:
    if agency is None:
        return bool(mandate.coordinated_state_ids)
    return agency.member_state_id in mandate.coordinated_state_ids and agency.retired_on is None


@admin.register(Agency)
class AgencyAdmin(DeskAdmin):
    nouns = _("Agencies")
    key_lookups = ("member_state__iso_alpha3", "slug")
    list_display = ("name", "state", "kind", "retired_on")
    list_filter = (OwnStateFilter,)
    list_select_related = ("member_state",)
    search_fields = ("name", "slug")
    ordering = ("member_state__name", "name")
    fields = ("name", "state", "slug", "kind", "retired_on")
    readonly_fields = ("state",)
    adding = Verb("add", _("Add an agency"), NewAgencyForm, Agency.add, _coordinates, _("The agency was added."))
    verbs = (
        Verb("rename", _("Rename"), AgencyForm, Agency.rename, _coordinates, _("The agency was renamed.")),
        Verb("retire", _("Retire"), ReasonForm, Agency.retire, _coordinates, _("The agency was retired.")),
    )

    def may_view(self, mandate: Mandate) -> bool:
        return mandate.is_officer or mandate.is_administrator

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("member_state")

    @admin.display(description=_("Member State"), ordering="member_state__name")
    def state(self, agency: Agency) -> str:
        return str(agency.member_state)


class PersonForm(DeskForm):
    full_name = forms.CharField(label=_("Full name"), max_length=150)
    email = forms.CharField(label=_("E-mail"), max_length=254, help_text=_("Signs in with it."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    is_active = forms.BooleanField(label=_("May sign in"), required=False)
    reason = LongText(label=_("Reason"), rows=3, required=False)

    def shape(self) -> None:
        for name in ("full_name", "email", "language", "is_active"):
            self.fields[name].initial = getattr(self.subject, name)


@transaction.atomic
def change_person(person: Person, *, by: Person, **facts: Any) -> None:
    """An administrator corrects a person. An address that is no longer theirs signs nobody in and resets nothing."""
    person.change(by=by, **facts)
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    if not person.is_active:
        end_tokens(person, by=by, move="end_tokens")


@transaction.atomic
def reset_second_factor(person: Person, *, by: Person, reason: str) -> None:
    """An administrator lets in somebody who has lost it, on the record."""
    if not by.mandate.is_administrator or person.pk == by.pk:
        raise Forbidden()
    reason = clean_reason(reason)
    Authenticator.objects.filter(user=person).delete()
    Event.record(f"person:{person.uid}", "reset_second_factor", by=by, reason=reason)


def _administers(mandate: Mandate, person: Any) -> bool:
    return mandate.is_administrator


@admin.register(Person)
class PersonAdmin(DeskAdmin):
    nouns = _("People")
    key_lookups = ("uid",)
    list_display = ("full_name", "email", "language", "is_active")
    search_fields = ("full_name", "email")
    ordering = ("full_name", "uid")
    fields = ("full_name", "email", "language", "is_active", "date_joined", "roles")
    readonly_fields = ("roles",)
    verbs = (
        Verb("change", _("Change"), PersonForm, change_person, _administers, _("The person was changed.")),
        Verb(
            "reset-second-factor",
            _("Remove the second factor"),
            ReasonForm,
            reset_second_factor,
            _administers,
            _("It was removed; who needs one sets it up anew at the next sign-in."),
            _("For somebody who has lost both the authenticator and the recovery codes. Make sure of who asks."),
        ),
    )

    def may_view(self, mandate: Mandate) -> bool:
        return mandate.is_officer or mandate.is_administrator

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Those whose appointments may be seen; all for an administrator, who alone sees who holds none."""
        people = super().get_queryset(request)
        if mandate_of(request.user).is_administrator:
            return people
        return people.filter(pk__in=Appointment.objects.visible_to(request.user).values("person"))

    @admin.display(description=_("roles today"))
    def roles(self, person: Person) -> str:
        return ", ".join(str(one.get_role_display()) for one in person.appointments.live().order_by("starts_on"))


def _may_appoint(mandate: Mandate, appointment: Any) -> bool:
    """Offered; `Appointment` itself decides, and refuses what was offered in vain."""
    if mandate.is_administrator:
        return True
    return appointment.role == Role.FOCAL_POINT and appointment.member_state_id in mandate.coordinated_state_ids


@admin.register(Appointment)
class AppointmentAdmin(DeskAdmin):
    nouns = _("Appointments")
    key_lookups = ("uid",)
    list_display = ("who", "role", "place", "is_deputy", "starts_on", "ends_on")
    search_fields = ("person__full_name", "person__email", "agency__name")
    ordering = ("member_state__name", "role", "person__full_name", "uid")
    fields = ("who", "address", "role", "place", "is_deputy", "starts_on", "ends_on")
    readonly_fields = ("who", "address", "place")
    verbs = (
        Verb("retire", _("End this appointment"), RetirementForm, Appointment.retire, _may_appoint, _("It was ended.")),
    )

    def may_view(self, mandate: Mandate) -> bool:
        return mandate.is_officer or mandate.is_administrator

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("person", "member_state", "agency__member_state", "partner")

    @admin.display(description=_("person"), ordering="person__full_name")
    def who(self, appointment: Appointment) -> str:
        return str(appointment.person)

    @admin.display(description=_("e-mail"))
    def address(self, appointment: Appointment) -> str:
        return appointment.person.email

    @admin.display(description=_("for"))
    def place(self, appointment: Appointment) -> str:
        return str(appointment.agency or appointment.member_state or appointment.partner or _("the secretariat"))
