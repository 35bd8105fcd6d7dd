"""The forms of people, their appointments and their agencies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from commitments.models import Agency, MemberState, Partner
from commitments.screens.assigning import NamedAgency
from commitments.screens.forms import DateField, DeskForm, LongText
from commitments.workflow import Role

TERM_ENDS = _("The first day no longer in force, if known. The days of a term are those of UTC.")


class ReasonForm(DeskForm):
    reason = LongText(label=_("Reason"), rows=3, required=False, help_text=_("Kept on the record."))


class AgencyForm(DeskForm):
    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"size": 60}))

    def shape(self) -> None:
        if self.subject:
            self.fields["name"].initial = self.subject.name


class InvitationForm(DeskForm):
    """A coordinator names a focal point; an administrator gives any role."""

    email = forms.CharField(
        label=_("E-mail"), max_length=254, help_text=_("The invitation goes there, and is good for fourteen days.")
    )
    full_name = forms.CharField(
        label=_("Full name"), max_length=150, help_text=_("Shown until the invitation is taken up.")
    )
    language = forms.ChoiceField(label=_("Language of messages"), choices=settings.LANGUAGES)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    member_state = forms.ModelChoiceField(
        MemberState.objects.order_by("name"),
        label=_("Member State"),
        required=False,
        help_text=_("For a national coordinator."),
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Agency"), required=False, help_text=_("For a focal point.")
    )
    partner = forms.ModelChoiceField(
        Partner.objects.order_by("name"), label=_("Partner"), required=False, help_text=_("For a partner.")
    )
    is_deputy = forms.BooleanField(label=_("As a deputy"), required=False)
    starts_on = DateField(label=_("From"), required=False, help_text=_("Empty: today."))
    ends_on = DateField(label=_("Until"), required=False, help_text=TERM_ENDS)

    def shape(self) -> None:
        agencies = Agency.objects.visible_to(self.person).filter(retired_on=None).select_related("member_state")
        if not self.person.mandate.is_administrator:
            agencies = agencies.filter(member_state__in=self.person.mandate.coordinated_state_ids)
            for name in ("role", "member_state", "partner"):
                del self.fields[name]
            self.fields["agency"].required = True
        self.offer("agency", agencies.order_by("member_state__name", "name"))

    @property
    def words(self) -> dict[str, Any]:
        return {"role": Role.FOCAL_POINT.value} | super().words


class RetirementForm(ReasonForm):
    on = DateField(label=_("From"), required=False, help_text=_("Empty: from today."))


class FocalPointForm(InvitationForm):
    """A focal point for one State; nothing else is given here."""

    def shape(self) -> None:
        state: MemberState = self.subject
        for name in ("role", "member_state", "partner"):
            del self.fields[name]
        self.fields["agency"] = NamedAgency(label=_("Agency"), empty_label=None)
        self.offer("agency", Agency.objects.filter(member_state=state, retired_on=None).order_by("name"))
        self.order_fields(["agency"])
        self.fields["is_deputy"].help_text = _("Does all that a focal point does, when the other is away.")
        self.fields["email"].widget.input_type = "email"
