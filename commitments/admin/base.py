"""The base of every admin page: permissions from the mandate alone, rows through `visible_to`, nothing deleted."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin import ModelAdmin, ShowFacets
from django.contrib.admin.utils import quote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, SuspiciousOperation, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from commitments.admin.verbs import Verb
from commitments.mandates import Mandate
from commitments.querysets import mandate_of
from commitments.screens.forms import DeskForm, answer_status, attempt, is_stale, merged

MAX_SEARCH = 200  # characters: each word is a condition, and a database takes only so many


class DeskList(ChangeList):
    """Rows link to their natural key, never to a number that counts."""

    model_admin: Any

    def url_for_result(self, result: Model) -> str:
        return self.model_admin.url_of(result)


class DeskAdmin(ModelAdmin):
    """Read by whoever may; written through `verbs`, each a page around one domain call.

    Django's own permission rows are not asked. A superuser holds no more than the mandate says.
    """

    admin_site: Any
    list_filter: ClassVar[Any] = ()
    nouns: Any = ""  # the plural, as a reader knows it
    key_lookups: tuple[str, ...] = ("pk",)  # by which a row is addressed
    verbs: tuple[Verb, ...] = ()
    adding: Verb | None = None  # `act(by=..., **words)`
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 200
    change_form_template = "admin/desk/object.html"
    change_list_template = "admin/desk/list.html"

    def may_view(self, mandate: Mandate) -> bool:
        return True

    def tell(self, row: Any) -> None:
        """Note who reads a State's words in this row; most nouns hold none."""

    # --- Permissions --------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_view(mandate_of(request.user))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_view(mandate_of(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.adding is not None and self.adding.may(mandate_of(request.user), None)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # --- Rows ---------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """By natural key. What may not be seen is absent."""
        parts = object_id.split("/")
        if len(parts) != len(self.key_lookups):
            return None
        try:
            return self.get_queryset(request).get(**dict(zip(self.key_lookups, parts, strict=True)))
        except (ObjectDoesNotExist, ValidationError, ValueError, OverflowError):
            return None

    def seen(self, request: HttpRequest, object_id: str) -> Any:
        """The object, or 404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if (found := self.get_object(request, object_id)) is None:
            raise Http404
        return found

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Only the named filters: a lookup by any other path would answer questions about what is not shown."""
        return lookup in {each.parameter_name for each in self.list_filter}

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> Any:
        if "\0" in search_term:  # no text holds it, and PostgreSQL takes no question about it
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term[:MAX_SEARCH])

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return DeskList

    def response_action(self, request: HttpRequest, queryset: QuerySet, *place: Any) -> Any:
        if not all(chosen.isdecimal() and len(chosen) < 19 for chosen in request.POST.getlist("_selected_action")):
            raise SuspiciousOperation("rows are chosen by number")
        return super().response_action(request, queryset, *place)

    # --- Addresses ----------------------------------------------------------------------------

    def key_of(self, row: Any) -> str:
        return "/".join(quote(str(_follow(row, lookup))) for lookup in self.key_lookups)

    def url_of(self, row: Any, page: str = "change", *more: str) -> str:
        name = f"{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(f"{self.admin_site.name}:{name}", args=[self.key_of(row), *more])

    def list_url(self) -> str:
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_verb"
        view = self.admin_site.admin_view(self.verb_view)
        return [path("<path:object_id>/do/<slug:name>/", view, name=name), *super().get_urls()]

    # --- Pages --------------------------------------------------------------------------------

    def trail(self) -> dict[str, Any]:
        """Where a page stands, for its breadcrumbs."""
        return {"opts": self.opts, "nouns": self.nouns, "list_url": self.list_url()}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, self.trail() | {"title": self.nouns} | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Read-only, with the verbs open to this person as buttons."""
        subject, mandate = self.seen(request, object_id), mandate_of(request.user)
        self.tell(subject)
        offered = [(verb.label, self.url_of(subject, "verb", verb.name)) for verb in self.offered(mandate, subject)]
        context = {"verbs": offered, "title": str(subject), "subtitle": None, **self.trail(), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def offered(self, mandate: Mandate, subject: Any) -> list[Verb]:
        return [verb for verb in self.verbs if verb.may(mandate, subject)]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None) -> Any:
        if not self.has_add_permission(request) or self.adding is None:
            raise PermissionDenied
        made: list[Any] = []
        verb = self.adding
        form = verb.form(_sent(request), person=request.user)
        if request.method == "POST" and attempt(form, lambda **words: made.append(verb.act(by=request.user, **words))):
            messages.success(request, str(verb.done))
            return redirect(self.url_of(made[0]))
        return self.verb_page(request, verb, form, None)

    def verb_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponseBase:
        subject = self.seen(request, object_id)
        verb = next((verb for verb in self.verbs if verb.name == name), None)
        if verb is None:
            raise Http404
        if not verb.may(mandate_of(request.user), subject):
            raise PermissionDenied
        form: Any = verb.form(_sent(request), person=request.user, subject=subject)
        if request.method == "POST" and attempt(form, partial(verb.act, subject, by=request.user)):
            messages.success(request, str(verb.done))
            return redirect(self.url_of(subject))
        if is_stale(form):
            fresh: Any = verb.form(person=request.user, subject=self.seen(request, object_id))
            form = merged(form, fresh)
        return self.verb_page(request, verb, form, subject)

    def verb_page(self, request: HttpRequest, verb: Verb, form: DeskForm, subject: Any) -> TemplateResponse:
        context = (
            self.admin_site.each_context(request)
            | self.trail()
            | {
                "title": verb.label,
                "verb": verb,
                "form": form,
                "original": subject,
                "back": self.url_of(subject) if subject else self.list_url(),
                "media": self.media,
            }
        )
        return TemplateResponse(request, "admin/desk/verb.html", context, status=answer_status([form]))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Events are the history; Django's own log is not kept."""
        raise Http404

    def log_addition(self, *args: Any) -> Any:
        """Events are the record."""

    def log_change(self, *args: Any) -> Any:
        """Events are the record."""


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _follow(row: Any, lookup: str) -> Any:
    for name in lookup.split("__"):
        row = getattr(row, name)
    return row
