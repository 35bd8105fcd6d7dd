"""Progress updates: the list with its filters, the page of one, and every move through `Update.make`."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commitments.admin.base import DeskAdmin
from commitments.admin.bulk import bulk_moves
from commitments.admin.filters import (
    AgencyFilter,
    CycleFilter,
    PillarFilter,
    RatingFilter,
    StateFilter,
    StatusFilter,
    WaitingFilter,
)
from commitments.admin.verbs import Verb
from commitments.content import LANGUAGES
from commitments.errors import NotVisible
from commitments.guidance import LANGUAGE_NAMES
from commitments.mandates import Mandate
from commitments.models import Assessment, Evidence, Revision, Update
from commitments.querysets import mandate_of
from commitments.readings import told
from commitments.screens.content import ContentForm, translation_form
from commitments.screens.evidence import evidence_file
from commitments.screens.forms import DeskForm, LongText, actor, answer_status, attempt, is_stale, merged
from commitments.screens.moves import MoveForm, form_from
from commitments.screens.sent import version_sent
from commitments.screens.update import UpdatePage
from commitments.waiting import days_left
from commitments.workflow import Status


class ObservationsForm(DeskForm):
    observations = LongText(label=_("Observations"), required=False, help_text=_("The State sees them and may reply."))


def assess(update: Update, *, by: Any, observations: str) -> Assessment:
    """On the revision that is in the secretariat's hands."""
    if update.current_revision is None:
        raise NotVisible()
    return Assessment.make(update.current_revision, by=by, observations=observations)


def _may_assess(mandate: Mandate, update: Any) -> bool:
    return mandate.is_secretariat and update.current_revision is not None


@admin.register(Update)
class UpdateAdmin(DeskAdmin):
    nouns = _("Progress updates")
    key_lookups = ("cycle__slug", "commitment__member_state__iso_alpha3", "commitment__action_item__code")
    list_display = ("code", "short_title", "state", "status", "rating", "edited", "remaining")
    list_filter = (WaitingFilter, CycleFilter, StatusFilter, RatingFilter, StateFilter, PillarFilter, AgencyFilter)
    search_fields = ("^commitment__action_item__code", "commitment__action_item__short_title")
    ordering = ("-cycle__opens_on", "commitment__action_item__position", "commitment__member_state__name")
    verbs = (Verb("assess", _("Write observations"), ObservationsForm, assess, _may_assess, _("They were stored.")),)

    def may_view(self, mandate: Mandate) -> bool:
        return mandate.is_officer

    # --- The list -----------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        return rows.as_listed()

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """When a State works on its words stays inside the State."""
        serves_state = bool(mandate_of(request.user).state_ids)
        return tuple(name for name in self.list_display if serves_state or name != "edited")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {deed.name: deed.as_action() for deed in bulk_moves(mandate_of(request.user))}

    @admin.display(description=_("code"), ordering="commitment__action_item__position")
    def code(self, update: Update) -> str:
        return update.commitment.action_item.code

    @admin.display(description=_("short title"))
    def short_title(self, update: Update) -> str:
        return update.commitment.action_item.in_language("short_title")

    @admin.display(description=_("Member State"), ordering="commitment__member_state__name")
    def state(self, update: Update) -> str:
        return str(update.commitment.member_state)

    @admin.display(description=_("last edited"), ordering="last_edited_at")
    def edited(self, update: Update) -> Any:
        return update.last_edited_at

    @admin.display(description=_("days left"))
    def remaining(self, update: Update) -> str:
        if update.status != Status.DRAFT:
            return ""
        days = days_left(update.cycle.due_at(update.commitment.member_state, update.commitment.action_item_id))
        return str(days) if days >= 0 else gettext("closed")

    # --- The page -----------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("evidence/<uuid:uid>/", wrap(self.evidence_view), name="commitments_evidence_file"),
            path("<path:object_id>/move/<slug:name>/", wrap(self.move_view), name="commitments_update_move"),
            path("<path:object_id>/translation/<slug:language>/", wrap(self.translation_view),
                 name="commitments_update_translation"),
            *super().get_urls(),
        ]  # fmt: skip

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        update = self.seen(request, object_id)
        return self._save(request, object_id, update) if request.method == "POST" else self._page(request, update)

    def _save(self, request: HttpRequest, object_id: str, update: Update) -> HttpResponseBase:
        """Save what was touched; then, if asked to, submit what was saved."""
        press, _colon, chosen = request.POST.get("press", "save").partition(":")
        form = ContentForm(request.POST, request.FILES, person=request.user, subject=update)
        before = update.version
        save = partial(update.make, "edit", by=actor(request))
        if press == "retire":
            save = partial(save, retire=self._evidence(request, chosen))
        if not attempt(form, save):
            update = self.seen(request, object_id)
            if is_stale(form):
                form = merged(form, ContentForm(person=request.user, subject=update))
            return self._page(request, update, {"edit": form})
        message = _("Saved.") if update.version > before else _("Nothing was changed.")
        if press != "submit":
            messages.success(request, str(message))
            return redirect(self.url_of(update))
        return self._submit(request, object_id, update)

    def _submit(self, request: HttpRequest, object_id: str, update: Update) -> HttpResponseBase:
        form = MoveForm({}, person=request.user, subject=update)
        if attempt(form, partial(update.make, "submit", by=actor(request), version=update.version)):
            messages.success(request, gettext("Submitted: the coordinator has been told."))
            return redirect(self.url_of(update))
        return self._page(request, self.seen(request, object_id), {"submit": form})

    def move_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponseBase:
        """One move, on the version that was shown."""
        update = self.seen(request, object_id)
        if request.method != "POST":
            return redirect(self.url_of(update))
        shape = form_from(name, update.status)
        form = shape(request.POST, person=request.user, subject=update, auto_id=f"id_{name}_%s")
        if attempt(form, partial(update.make, name, by=actor(request), version=version_sent(request.POST))):
            messages.success(request, gettext("Done: %(status)s.") % {"status": update.get_status_display().lower()})
            return redirect(self.url_of(update) if self.get_object(request, object_id) else "admin:index")
        return self._page(request, self.seen(request, object_id), {name: form})

    def _page(self, request: HttpRequest, update: Update, bound: dict[str, DeskForm] | None = None) -> HttpResponse:
        page = UpdatePage(update, request.user, bound=bound)
        context = self.admin_site.each_context(request) | self.trail() | page.context()
        context |= {
            "title": update.commitment.action_item.titled,
            "subtitle": f"{update.commitment.member_state}: {update.cycle}",
            "key": self.key_of(update),
            "revisions": [(one, self.admin_site.page_of(Revision).url_of(one)) for one in context["revisions"]],
            "verbs": [
                (verb.label, self.url_of(update, "verb", verb.name))
                for verb in self.offered(mandate_of(request.user), update)
            ],
        }
        status = answer_status((bound or {}).values())
        return self.admin_site.render(request, "admin/desk/update.html", context, status=status)

    # --- Translations and evidence ----------------------------------------------------------------

    def translation_view(self, request: HttpRequest, object_id: str, language: str) -> HttpResponseBase:
        update = self.seen(request, object_id)
        if language not in LANGUAGES or language == update.original_language:
            raise Http404
        if "edit" not in update.allowed_moves(request.user):
            raise PermissionDenied
        shape = translation_form(language)
        form = shape(request.POST if request.method == "POST" else None, person=request.user, subject=update)
        if request.method == "POST" and attempt(form, partial(update.make, "edit", by=actor(request))):
            messages.success(request, gettext("Saved."))
            return redirect(self.url_of(update))
        if is_stale(form):
            form = merged(form, shape(person=request.user, subject=self.seen(request, object_id)))
        told(update)
        context = (
            self.admin_site.each_context(request)
            | self.trail()
            | {
                "title": gettext("Translation: %(language)s") % {"language": LANGUAGE_NAMES[language]},
                "form": form,
                "rows": [(row, getattr(update, row.bound.name)) for row in form.rows()],
                "back": self.url_of(update),
            }
        )
        return self.admin_site.render(request, "admin/desk/translation.html", context, status=answer_status([form]))

    def _evidence(self, request: HttpRequest, uid: str) -> Evidence:
        for found in Evidence.objects.visible_to(request.user).live():
            if str(found.uid) == uid:
                return found
        raise Http404

    def evidence_view(self, request: HttpRequest, uid: Any) -> HttpResponseBase:
        return evidence_file(request.user, uid)
