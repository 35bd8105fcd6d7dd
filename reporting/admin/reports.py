"""Reports and their editions: read-only here, where the desk is the place to take steps."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from commitments.admin.base import DeskAdmin
from commitments.querysets import mandate_of
from reporting.models import Edition, Report
from reporting.queries.naming import scope_title


@admin.register(Report)
class ReportAdmin(DeskAdmin):
    nouns = _("Reports")
    key_lookups = ("slug",)
    list_display = ("slug", "kind", "cycle", "member_state", "of_what", "audience", "stage")
    ordering = ("-cycle__opens_on", "slug")
    sortable_by = ()
    search_fields = ("slug",)
    fields = (
        "slug", "kind", "cycle", "member_state", "of_what", "audience", "stage", "symbol", "session", "agenda_item",
        "comments_due_on", "at_the_desk",
    )  # fmt: skip
    readonly_fields = ("of_what", "at_the_desk")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("cycle", "member_state")

    @admin.display(description=_("scope"))
    def of_what(self, report: Report) -> str:
        return scope_title(report) or "—"

    @admin.display(description=_("at the desk"))
    def at_the_desk(self, report: Report) -> Any:
        return format_html('<a href="{}">{}</a>', reverse("desk-report", args=[report.slug]), _("Open it at the desk"))


@admin.register(Edition)
class EditionAdmin(DeskAdmin):
    """Without the snapshot: words withdrawn since are in it, and are shown to nobody."""

    nouns = _("Editions")
    key_lookups = ("report__slug", "number")
    list_display = ("report", "number", "form", "dated_on", "made_by_name")
    ordering = ("-made_at", "pk")
    sortable_by = ()
    search_fields = ("report__slug",)
    fields = ("report", "number", "form", "dated_on", "sha256", "what_changed", "made_by_name", "made_at")

    def get_list_display(self, request: HttpRequest) -> Any:
        return _named(self.list_display, request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return _named(self.fields, request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("report").defer("snapshot")


def _named(columns: Any, request: HttpRequest) -> list[str]:
    """Who in the secretariat made an edition is for the secretariat, as over the API."""
    is_told = mandate_of(request.user).is_secretariat
    return [name for name in columns if is_told or name != "made_by_name"]
