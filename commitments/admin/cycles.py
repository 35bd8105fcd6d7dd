"""Review cycles: editors open them, give more time, reopen one item and move dates."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from commitments.admin.base import DeskAdmin
from commitments.admin.verbs import Verb
from commitments.mandates import Mandate
from commitments.models import Cycle
from commitments.models.cycles import DATES_OF_A_CYCLE
from commitments.querysets import mandate_of
from commitments.screens.cycles import DatesForm, ExtensionForm, OpeningForm, ReopeningForm, SchedulingForm


def _runs(mandate: Mandate, cycle: Any) -> bool:
    return mandate.is_editor


def _may_open(mandate: Mandate, cycle: Any) -> bool:
    return mandate.is_editor and cycle.awaits_opening


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
