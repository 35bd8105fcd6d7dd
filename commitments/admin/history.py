"""Events, revisions and assessments: what was done, said and answered. Read-only, but for the State's one reply."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commitments.admin.base import DeskAdmin
from commitments.admin.verbs import Verb
from commitments.content import CHOICES, SECTIONS
from commitments.guidance import GUIDANCE
from commitments.mandates import Mandate
from commitments.models import Assessment, Event, Release, Revision, Update
from commitments.querysets import PlacedQuerySet, placing
from commitments.readings import told
from commitments.screens.differences import differences
from commitments.screens.forms import DeskForm, LongText


@admin.register(Event)
class EventAdmin(DeskAdmin):
    nouns = _("Events")
    key_lookups = ("uid",)
    list_display = ("at", "subject", "move", "by_name", "from_status", "to_status", "reason_given")
    search_fields = ("subject", "by_name", "reason")
    ordering = ("-at", "uid")
    sortable_by = ("at",)
    fields = (
        "at", "subject", "sequence", "move", "by_name", "from_status", "to_status", "reason", "changes", "hash",
        "previous_hash",
    )  # fmt: skip

    def may_view(self, mandate: Mandate) -> bool:
        return mandate.is_officer

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        names = ("cycle", "commitment__member_state", "commitment__action_item")
        return super().get_queryset(request).select_related(*(f"update__{name}" for name in names))

    def tell(self, row: Any) -> None:
        told(row)

    @admin.display(description=_("reason"))
    def reason_given(self, event: Event) -> str:
        if event.reason:
            told(event)
        return event.reason


@admin.register(Revision)
class RevisionAdmin(DeskAdmin):
    """Of the updates that this person sees: what other States released is read elsewhere, without withheld sections."""

    nouns = _("Revisions")
    key_lookups = (*PlacedQuerySet.KEY, "number")
    list_display = ("of_update", "number", "rating", "made_by_name", "made_at")
    search_fields = ("^commitment__action_item__code", "commitment__action_item__short_title")
    ordering = ("-made_at", "pk")
    sortable_by = ()

    @admin.display(description=_("update"))
    def of_update(self, revision: Revision) -> str:
        return revision.update_key

    def may_view(self, mandate: Mandate) -> bool:
        return mandate.is_officer

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).filter(update__in=Update.objects.visible_to(request.user))
        return rows.select_related(*placing())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        revision = self.seen(request, object_id)
        released = Release.objects.visible_to(request.user).filter(revision=revision).select_related("revision")
        told(released.first() or revision)
        earlier = self.get_queryset(request).filter(update=revision.update_id, number__lt=revision.number)
        before = earlier.order_by("number").last()
        context = (
            self.admin_site.each_context(request)
            | self.trail()
            | {
                "title": str(revision),
                "revision": revision,
                "before": before,
                "changes": list(_changes(before, revision)),
                "update_url": self.admin_site.page_of(Update).url_of(revision),
            }
        )
        return self.admin_site.render(request, "admin/desk/revision.html", context)


def _changes(before: Revision | None, revision: Revision) -> Any:
    """Each field with words, and how they came about. Without an earlier revision all stands as it is."""
    for name in (*CHOICES, *SECTIONS, "next_steps_on"):
        new = _shown(revision, name)
        old = _shown(before, name) if before else new
        if old or new:
            yield GUIDANCE[name].label, differences(old, new)


def _shown(revision: Revision, name: str) -> str:
    value = getattr(revision, f"get_{name}_display")() if name in CHOICES else getattr(revision, name)
    return "" if value is None else str(value)


class ReplyForm(DeskForm):
    reply = LongText(label=_("Reply of the State"), required=False, help_text=_("Once, and kept beside it."))


def _may_reply(mandate: Mandate, assessment: Any) -> bool:
    state_id = assessment.revision.commitment.member_state_id
    return not assessment.reply and state_id in mandate.coordinated_state_ids


@admin.register(Assessment)
class AssessmentAdmin(DeskAdmin):
    nouns = _("Assessments")
    key_lookups = ("uid",)
    list_display = ("about", "made_by_name", "made_at", "is_answered")
    ordering = ("-made_at", "uid")
    fields = ("about", "observations", "made_by_name", "made_at", "reply", "replied_at")
    readonly_fields = ("about",)
    verbs = (Verb("reply", _("Reply"), ReplyForm, Assessment.answer, _may_reply, _("The reply was stored.")),)

    def may_view(self, mandate: Mandate) -> bool:
        return mandate.is_officer

    def tell(self, row: Any) -> None:
        told(row)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*placing("revision__"))

    @admin.display(description=_("revision"))
    def about(self, assessment: Assessment) -> str:
        return str(assessment.revision)

    @admin.display(description=_("answered"), boolean=True)
    def is_answered(self, assessment: Assessment) -> bool:
        return bool(assessment.reply)
