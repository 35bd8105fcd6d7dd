"""The adopted plan, the Member States and what partners do: read-only for all."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from commitments.admin.base import DeskAdmin
from commitments.admin.filters import AddresseeFilter, ItemPillarFilter
from commitments.models import ActionItem, MemberState, Objective, PartnerActivity, Pillar, Plan, RoadmapProvision


def paragraphs(texts: list[str]) -> Any:
    return format_html_join("", "<p>{}</p>", ((text,) for text in texts))


@admin.register(Plan)
class PlanAdmin(DeskAdmin):
    nouns = _("Plan editions")
    key_lookups = ("slug",)
    list_display = ("title", "adopted_on", "adopted_in")
    fields = ("title", "adopted_on", "adopted_in", "source", "first_line", "last_line")
    ordering = ("-adopted_on",)


@admin.register(Pillar)
class PillarAdmin(DeskAdmin):
    nouns = _("Pillars")
    list_display = ("code", "title")
    fields = ("code", "title", "words")
    readonly_fields = ("words",)
    ordering = ("plan__slug", "position")

    @admin.display(description=_("introduction"))
    def words(self, pillar: Pillar) -> Any:
        return paragraphs(pillar.introduction)


@admin.register(Objective)
class ObjectiveAdmin(DeskAdmin):
    nouns = _("Objectives")
    list_display = ("code", "title")
    fields = ("pillar", "code", "title", "words")
    readonly_fields = ("words",)
    ordering = ("plan__slug", "position")

    @admin.display(description=_("introduction"))
    def words(self, objective: Objective) -> Any:
        return paragraphs(objective.introduction)


@admin.register(ActionItem)
class ActionItemAdmin(DeskAdmin):
    nouns = _("Action items")
    list_display = ("code", "short_title", "addressee")
    list_filter = (ItemPillarFilter, AddresseeFilter)
    search_fields = ("^code", "short_title", "text")
    ordering = ("plan__slug", "position")
    fields = ("code", "short_title", "objective", "group_title", "text", "measures", "addressee", "source_lines")
    readonly_fields = ("group_title", "measures", "source_lines")

    @admin.display(description=_("thematic group"))
    def group_title(self, item: ActionItem) -> str:
        return item.group.title if item.group else ""

    @admin.display(description=_("sub-measures"))
    def measures(self, item: ActionItem) -> Any:
        return paragraphs([f"{one.code} {one.text}" for one in item.sub_measures.order_by("position")])

    @admin.display(description=_("lines of the source"))
    def source_lines(self, item: ActionItem) -> str:
        return f"{item.first_line}-{item.last_line}"


@admin.register(RoadmapProvision)
class RoadmapProvisionAdmin(DeskAdmin):
    nouns = _("Roadmap provisions")
    list_display = ("code", "short_title", "part")
    fields = ("code", "part", "short_title", "text", "first_line", "last_line")
    ordering = ("plan__slug", "position")


@admin.register(MemberState)
class MemberStateAdmin(DeskAdmin):
    nouns = _("Member States")
    list_display = ("name", "iso_alpha3", "capital", "time_zone")
    fields = ("name", "formal_name", "iso_alpha2", "iso_alpha3", "m49", "capital", "time_zone", "official_languages")
    ordering = ("name",)


@admin.register(PartnerActivity)
class PartnerActivityAdmin(DeskAdmin):
    nouns = _("Partner activities")
    key_lookups = ("slug",)
    list_display = ("title", "kind", "by_partners", "starts_on", "place")
    search_fields = ("title", "summary", "partners__name")
    ordering = ("-starts_on", "slug")
    fields = ("title", "kind", "summary", "by_partners", "starts_on", "ends_on", "dates_as_stated", "place", "supports")
    readonly_fields = ("by_partners", "supports")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("participations__partner")

    @admin.display(description=_("partners"))
    def by_partners(self, activity: PartnerActivity) -> str:
        return ", ".join(str(one) for one in activity.participations.all())

    @admin.display(description=_("action items supported"))
    def supports(self, activity: PartnerActivity) -> Any:
        return paragraphs([str(item) for item in activity.action_items.order_by("position")])
