"""Commitments: who leads, who contributes, what is planned. The State's own words, written by its coordinator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from commitments.admin.base import DeskAdmin
from commitments.admin.bulk import Deed
from commitments.admin.filters import CommitmentAgencyFilter, CommitmentPillarFilter, LeadFilter, OwnStateFilter
from commitments.admin.verbs import Verb
from commitments.mandates import Mandate
from commitments.models import Agency, Commitment
from commitments.querysets import mandate_of
from commitments.screens.forms import DateField, DeskForm, LongText, VersionedForm
from commitments.screens.sent import whole_number


class AgenciesField(forms.ModelMultipleChoiceField):
    def _check_values(self, value: Any) -> Any:
        """A number that no database takes is no choice, rather than an error of the database."""
        if unfit := [one for one in value if whole_number(one) is None]:
            raise forms.ValidationError(self.error_messages["invalid_choice"], params={"value": str(unfit[0])[:60]})
        return super()._check_values(value)  # type: ignore[misc]


class CommitmentForm(VersionedForm):
    lead_agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Lead agency"),
        required=False,
        help_text=_("Its focal point drafts and submits. Open drafts move along with it."),
    )
    contributing_agencies = AgenciesField(
        Agency.objects.none(),
        label=_("Contributing agencies"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their focal points may write in the draft."),
    )
    planned_measures = LongText(label=_("Planned measures"), required=False)
    target_on = DateField(label=_("Target date"), required=False)
    place_in_strategy = LongText(label=_("Place in the national strategy"), required=False, rows=3)
    reason = LongText(label=_("Reason"), required=False, rows=2, help_text=_("Kept on the record, if given."))
    untracked = ("version", "reason")

    def shape(self) -> None:
        commitment: Commitment = self.subject
        own = Agency.objects.filter(member_state=commitment.member_state, retired_on=None).order_by("name")
        contributing = [agency.pk for agency in commitment.contributing_agencies.all()]
        self.offer("lead_agency", own)
        self.offer("contributing_agencies", own)
        self.initial = {
            "version": commitment.version,
            "lead_agency": commitment.lead_agency_id,
            "contributing_agencies": contributing,
            "planned_measures": commitment.planned_measures,
            "target_on": commitment.target_on,
            "place_in_strategy": commitment.place_in_strategy,
        }

    @property
    def words(self) -> dict[str, Any]:
        words = super().words
        if "contributing_agencies" in words:
            words["contributing_agencies"] = list(words["contributing_agencies"])
        return words | {"reason": self.cleaned_data["reason"]}


class AssignmentForm(DeskForm):
    lead_agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Lead agency"))
    reason = LongText(label=_("Reason"), required=False, rows=2)

    def shape(self) -> None:
        own = Agency.objects.filter(member_state__in=self.person.mandate.coordinated_state_ids, retired_on=None)
        self.offer("lead_agency", own.select_related("member_state").order_by("member_state__name", "name"))


def _coordinates(mandate: Mandate, commitment: Any) -> bool:
    return commitment.member_state_id in mandate.coordinated_state_ids


def _assign(row: Commitment, **words: Any) -> str:
    row.change(**words)
    return gettext("Assigned.")


def _assigned(count: int) -> str:
    return ngettext("%(count)d item was assigned.", "%(count)d items were assigned.", count) % {"count": count}


ASSIGN = Deed("assign_lead", _("Assign the lead agency"), AssignmentForm, _assign, _assigned)


@admin.register(Commitment)
class CommitmentAdmin(DeskAdmin):
    nouns = _("Commitments")
    key_lookups = ("member_state__iso_alpha3", "action_item__code")
    list_display = ("code", "short_title", "state", "lead", "contributing", "target_on")
    list_filter = (OwnStateFilter, CommitmentPillarFilter, CommitmentAgencyFilter, LeadFilter)
    search_fields = ("^action_item__code", "action_item__short_title")
    ordering = ("member_state__name", "action_item__position")
    fields = (
        "code", "text", "state", "lead", "contributing", "planned_measures", "target_on", "place_in_strategy",
    )  # fmt: skip
    readonly_fields = ("code", "text", "state", "lead", "contributing")
    verbs = (Verb("change", _("Change"), CommitmentForm, Commitment.change, _coordinates, _("It was changed.")),)

    def may_view(self, mandate: Mandate) -> bool:
        return bool(mandate.state_ids)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("member_state", "action_item", "lead_agency")
        return rows.prefetch_related("contributing_agencies")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {ASSIGN.name: ASSIGN.as_action()} if mandate_of(request.user).coordinated_state_ids else {}

    @admin.display(description=_("code"), ordering="action_item__position")
    def code(self, commitment: Commitment) -> str:
        return commitment.action_item.code

    @admin.display(description=_("short title"))
    def short_title(self, commitment: Commitment) -> str:
        return commitment.action_item.short_title

    @admin.display(description=_("adopted text"))
    def text(self, commitment: Commitment) -> str:
        return commitment.action_item.text

    @admin.display(description=_("Member State"), ordering="member_state__name")
    def state(self, commitment: Commitment) -> str:
        return str(commitment.member_state)

    @admin.display(description=_("lead agency"), ordering="lead_agency__name")
    def lead(self, commitment: Commitment) -> Any:
        return commitment.lead_agency.own_name() if commitment.lead_agency else _("not assigned")

    @admin.display(description=_("contributing"))
    def contributing(self, commitment: Commitment) -> str:
        return ", ".join(sorted(agency.own_name() for agency in commitment.contributing_agencies.all()))
