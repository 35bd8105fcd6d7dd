"""What people write for reports: passages, recommendations and comments, by the same verbs as at the desk."""

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
from reporting.forms import AnswerForm, PassageForm, ReadForm, RecommendationForm
from reporting.issuing import label_of
from reporting.life import WRITABLE, Stage
from reporting.models import Passage, Recommendation, Remark, Report
from reporting.readings import told_remarks


class NewPassageForm(PassageForm):
    """A passage and where it stands."""

    report = forms.ModelChoiceField(
        Report.objects.filter(stage__in=WRITABLE).order_by("slug"), label=_("Report"), to_field_name="slug"
    )
    section = forms.SlugField(label=_("Section"), help_text=_("Such as summary, or objective-I-1."))
    field_order = ("report", "section", "form", "title", "text", "cites", "more", "title_ru", "text_ru")

    @property
    def words(self) -> dict[str, Any]:
        return super().words | {name: self.cleaned_data[name] for name in ("report", "section")}


def _add(*, by: Any, report: Report, section: str, version: int, **words: Any) -> Passage:
    """Raises Invalid for a section that this kind of report does not have."""
    label_of(report, section)
    return Passage.add(report, section, by=by, **words)


def _may_write(mandate: Mandate, row: Any) -> bool:
    return mandate.is_editor and (row is None or row.report.stage in WRITABLE)


def _may_retire(mandate: Mandate, row: Any) -> bool:
    return _may_write(mandate, row) and row.retired_at is None


def _may_restore(mandate: Mandate, row: Any) -> bool:
    return _may_write(mandate, row) and row.retired_at is not None


def _may_recommend(mandate: Mandate, row: Any) -> bool:
    """A follow-up is written at the desk, beside what it follows."""
    return _may_retire(mandate, row) and row.follows_id is None


def _may_answer(mandate: Mandate, remark: Any) -> bool:
    return mandate.is_editor and remark.report.stage == Stage.CIRCULATED


class OfTheSecretariat(DeskAdmin):
    """Rows of reports in the making: the secretariat's alone."""

    key_lookups = ("uid",)

    def may_view(self, mandate: Mandate) -> bool:
        return mandate.is_secretariat

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        reports = Report.objects.visible_to(request.user)
        return super().get_queryset(request).filter(report__in=reports).select_related("report")


@admin.register(Passage)
class PassageAdmin(OfTheSecretariat):
    nouns = _("Passages")
    list_display = ("report", "section", "position", "form", "beginning", "version")
    search_fields = ("report__slug", "section", "text")
    ordering = ("report__slug", "section", "position", "pk")
    sortable_by = ()
    fields = (
        "report",
        "section",
        "position",
        "form",
        "title",
        "text",
        "cites",
        "version",
        "retired_at",
        "versions_kept",
    )
    readonly_fields = ("versions_kept",)
    verbs = (
        Verb("edit", _("Write"), PassageForm, Passage.edit, _may_retire, _("The passage is saved.")),
        Verb("retire", _("Take out"), ReadForm, Passage.retire, _may_retire, _("Taken out of the report.")),
        Verb("restore", _("Put back"), ReadForm, Passage.restore, _may_restore, _("Put back into the report.")),
    )
    adding = Verb("add", _("Add a passage"), NewPassageForm, _add, _may_write, _("The passage is added."))

    @admin.display(description=_("text"))
    def beginning(self, passage: Passage) -> str:
        return passage.text[:80]

    @admin.display(description=_("versions"))
    def versions_kept(self, passage: Passage) -> Any:
        rows = passage.versions.order_by("-number")
        lines = ((row.number, row.made_by_name, row.made_at.strftime("%Y-%m-%d %H:%M"), row.text) for row in rows)
        return format_html_join("", "<p><strong>{}</strong> {}, {} UTC<br>{}</p>", lines)


@admin.register(Recommendation)
class RecommendationAdmin(OfTheSecretariat):
    nouns = _("Recommendations")
    list_display = ("report", "position", "addressee", "outcome", "text")
    search_fields = ("report__slug", "text")
    ordering = ("report__slug", "position", "pk")
    sortable_by = ()
    fields = ("report", "position", "follows", "text", "addressee", "items", "outcome", "version", "retired_at")
    verbs = (
        Verb("edit", _("Write"), RecommendationForm, Recommendation.edit, _may_recommend, _("It is saved.")),
        Verb("retire", _("Take out"), ReadForm, Recommendation.retire, _may_recommend, _("It is taken out.")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("follows__report")


@admin.register(Remark)
class RemarkAdmin(DeskAdmin):
    nouns = _("Comments on drafts")
    key_lookups = ("uid",)
    list_display = ("report", "member_state", "paragraph", "verdict", "made_at")
    ordering = ("-made_at", "pk")
    sortable_by = ()
    fields = ("report", "edition", "member_state", "paragraph", "text", "language", "made_at", "verdict", "reason")
    verbs = (Verb("answer", _("Answer"), AnswerForm, Remark.answer, _may_answer, _("The answer is saved.")),)

    def may_view(self, mandate: Mandate) -> bool:
        return mandate.is_officer

    def tell(self, row: Any) -> None:
        told_remarks([row])

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("report__cycle", "member_state", "edition__report")
        return rows.defer("edition__snapshot")
