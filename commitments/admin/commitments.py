"""Commitments: who leads, who contributes, what is planned. The State's own words, written by its coordinator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commitments.admin.base import DeskAdmin
from commitments.admin.bulk import chosen_versions
from commitments.admin.filters import CommitmentAgencyFilter, CommitmentPillarFilter, LeadFilter, OwnStateFilter
from commitments.admin.verbs import Verb
from commitments.errors import Refused
from commitments.mandates import Mandate
from commitments.models import Agency, Commitment
from commitments.querysets import mandate_of
from commitments.screens.forms import DateField, DeskForm, LongText, VersionedForm
from commitments.screens.together import Outcome, is_number


class AgenciesField(forms.ModelMultipleChoiceField):
    def _check_values(self, value: Any) -> Any:
        """A number that no database takes is no choice, rather than an error of the database."""
        if unfit := [one for one in value if not is_number(str(one))]:
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


ASSIGN = _("Assign the lead agency")


@admin.action(description=ASSIGN)
def assign_lead(page: CommitmentAdmin, request: HttpRequest, queryset: QuerySet) -> HttpResponseBase:
    """Shows each item, then assigns one by one; what is refused is reported and the rest goes on."""
    rows = list(queryset[: page.list_max_show_all])
    confirmed = "confirmed" in request.POST
    form = AssignmentForm(request.POST if confirmed else None, person=request.user)
    if confirmed and form.is_valid():
        versions, outcomes = chosen_versions(request), []
        for row in rows:
            try:
                row.change(by=request.user, version=versions.get(row.pk), **form.words)
            except Refused as refusal:
                outcomes.append(Outcome.refused(row, refusal))
            else:
                outcomes.append(Outcome(row, gettext("Assigned.")))
        if all(outcome.is_done for outcome in outcomes):
            messages.success(request, gettext("%(count)d items were assigned.") % {"count": len(outcomes)})
            return redirect(request.get_full_path())
        return page.bulk_page(request, ASSIGN, outcomes=outcomes)
    return page.bulk_page(request, ASSIGN, rows=rows, form=form, action="assign_lead")


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
    actions = (assign_lead,)
    verbs = (Verb("change", _("Change"), CommitmentForm, Commitment.change, _coordinates, _("It was changed.")),)

    def may_view(self, mandate: Mandate) -> bool:
        return bool(mandate.state_ids)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("member_state", "action_item", "lead_agency")
        return rows.prefetch_related("contributing_agencies")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_actions(request) if mandate_of(request.user).coordinated_state_ids else {}

    def bulk_page(self, request: HttpRequest, title: Any, **facts: Any) -> TemplateResponse:
        context = self.admin_site.each_context(request) | self.trail() | {"title": title, **facts}
        return TemplateResponse(request, "admin/desk/bulk.html", context)

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
