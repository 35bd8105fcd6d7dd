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
from commitments.readings import told
from commitments.screens.assigning import OneForm
from commitments.screens.forms import DeskForm, LongText
from commitments.screens.planned import PlannedForm


class CommitmentForm(OneForm, PlannedForm):
    """Who leads, who contributes and what is planned, at once."""

    field_order = (
        "lead_agency", "contributing_agencies", "planned_measures", "target_on", "place_in_strategy", "reason",
    )  # fmt: skip


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
        "code", "text", "state", "lead", "contributing", "measures", "target_on", "strategy",
    )  # fmt: skip
    readonly_fields = fields
    verbs = (Verb("change", _("Change"), CommitmentForm, Commitment.change, _coordinates, _("It was changed.")),)

    def may_view(self, mandate: Mandate) -> bool:
        return bool(mandate.state_ids)

    def tell(self, row: Any) -> None:
        told(row)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("member_state", "action_item", "lead_agency", "planned")
        return rows.prefetch_related("contributing_agencies")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {ASSIGN.name: ASSIGN.as_action()} if mandate_of(request.user).coordinated_state_ids else {}

    @admin.display(description=_("code"), ordering="action_item__position")
    def code(self, commitment: Commitment) -> str:
        return commitment.action_item.code

    @admin.display(description=_("planned measures"))
    def measures(self, commitment: Commitment) -> str:
        return commitment.own_plan.planned_measures

    @admin.display(description=_("target date"), ordering="planned__target_on")
    def target_on(self, commitment: Commitment) -> Any:
        return commitment.own_plan.target_on

    @admin.display(description=_("place in the national strategy"))
    def strategy(self, commitment: Commitment) -> str:
        return commitment.own_plan.place_in_strategy

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
