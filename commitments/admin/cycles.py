"""Review cycles: editors open them, give more time, reopen one item and move dates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from commitments.admin.base import DeskAdmin
from commitments.admin.verbs import Verb
from commitments.mandates import Mandate
from commitments.models import ActionItem, Cycle, MemberState, Plan
from commitments.models.cycles import DATES_OF_A_CYCLE
from commitments.querysets import mandate_of
from commitments.screens.forms import DateField, DeskForm, LongText


class OpeningForm(DeskForm):
    """Nothing to fill in: the button is the question."""


class ExtensionForm(DeskForm):
    member_state = forms.ModelChoiceField(MemberState.objects.order_by("name"), label=_("Member State"))
    ends_on = DateField(label=_("Last day"), help_text=_("It ends at midnight in the State's capital."))
    reason = LongText(label=_("Reason"), rows=3, required=False, help_text=_("All participants see it."))


class ReopeningForm(ExtensionForm):
    action_item = forms.ModelChoiceField(ActionItem.objects.none(), label=_("Action item"))
    field_order = ("member_state", "action_item", "ends_on", "reason")

    def shape(self) -> None:
        self.offer("action_item", self.subject.plan.action_items.order_by("position"))


class DatesForm(DeskForm):
    opens_on = DateField(label=_("Opens on"))
    submissions_due_on = DateField(label=_("Submissions due on"))
    clearances_due_on = DateField(label=_("Clearances due on"))
    closes_on = DateField(label=_("Closes on"))
    adopted_on = DateField(label=_("Review adopted on"), required=False)
    adoption_is_assumed = forms.BooleanField(label=_("The adoption date is an assumption"), required=False)
    reason = LongText(label=_("Reason"), rows=2, required=False)

    def shape(self) -> None:
        self.initial = {name: getattr(self.subject, name) for name in (*DATES_OF_A_CYCLE, "adoption_is_assumed")}


class SchedulingForm(DeskForm):
    plan = forms.ModelChoiceField(Plan.objects.order_by("-adopted_on"), label=_("Plan"))
    title = forms.CharField(label=_("Title"), max_length=200)
    slug = forms.CharField(
        label=_("Short name"), max_length=50, help_text=_("Part of every address, for ever: tenth-review-2028.")
    )
    review = forms.CharField(label=_("Review that it serves"), max_length=300, required=False)
    opens_on = DateField(label=_("Opens on"))
    submissions_due_on = DateField(label=_("Submissions due on"))
    clearances_due_on = DateField(label=_("Clearances due on"))
    closes_on = DateField(label=_("Closes on"))
    adopted_on = DateField(label=_("Review adopted on"), required=False)
    adoption_is_assumed = forms.BooleanField(
        label=_("The adoption date is an assumption"), required=False, initial=True
    )


def _runs(mandate: Mandate, cycle: Any) -> bool:
    return mandate.is_editor


def _may_open(mandate: Mandate, cycle: Any) -> bool:
    return mandate.is_editor and cycle.opened_at is None


def _may_extend(mandate: Mandate, cycle: Any) -> bool:
    return mandate.is_editor and cycle.opened_at is not None


@admin.register(Cycle)
class CycleAdmin(DeskAdmin):
    nouns = _("Review cycles")
    key_lookups = ("slug",)
    list_display = ("title", "stage", "opens_on", "submissions_due_on", "clearances_due_on", "closes_on")
    ordering = ("-opens_on",)
    fields = (
        "title",
        "slug",
        "review",
        "stage",
        *DATES_OF_A_CYCLE,
        "adoption_is_assumed",
        "dates_note",
        "opened_at",
        "grants",
    )
    readonly_fields = ("stage", "grants")
    adding = Verb("add", _("Plan the next cycle"), SchedulingForm, Cycle.schedule, _runs, _("It is in the calendar."))
    verbs = (
        Verb(
            "open", _("Open the cycle"), OpeningForm, Cycle.open, _may_open, _("The cycle is open."),
            _("One draft is made for every commitment of every State, with what was last published carried over."),
        ),
        Verb("extend", _("Give a State more time"), ExtensionForm, Cycle.extend, _may_extend, _("Time was given.")),
        Verb("reopen", _("Reopen one item"), ReopeningForm, Cycle.extend, _may_extend, _("The item was reopened.")),
        Verb("move-dates", _("Move dates"), DatesForm, Cycle.move_dates, _runs, _("The dates were moved.")),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("plan")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who was given more time, and why, is for the officers of States and of the UN."""
        is_officer = mandate_of(request.user).is_officer
        return [name for name in self.fields if is_officer or name != "grants"]

    @admin.display(description=_("stage"))
    def stage(self, cycle: Cycle) -> str:
        return str(cycle.phase().label)

    @admin.display(description=_("extensions and reopenings"))
    def grants(self, cycle: Cycle) -> Any:
        rows = cycle.extensions.select_related("member_state", "action_item").order_by("granted_at", "pk")
        return format_html_join(
            "",
            "<p>{} {}: {} ({})</p>",
            (
                (one.member_state, one.action_item.code if one.action_item else "", one.ends_on, one.reason)
                for one in rows
            ),
        )
