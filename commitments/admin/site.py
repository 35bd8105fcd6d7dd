"""The admin site: the project's name and look, open to whoever holds an appointment, signed in through allauth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.db.models import Count, Exists, Model, OuterRef, Q
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from commitments.admin.base import DeskAdmin
from commitments.models import Appointment, Person
from commitments.querysets import mandate_of
from commitments.screens.account import roles_in_words

# The order in which the first page lists the nouns, and under which heading.
SHELVES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Reporting"), ("Update", "Commitment", "Assessment", "Revision", "Event", "Cycle")),
    (_("People"), ("Appointment", "Invitation", "Person", "Agency", "MemberState")),
    (_("The plan"), ("Plan", "Pillar", "Objective", "ActionItem", "RoadmapProvision", "PartnerActivity")),
)
SOON = dt.timedelta(days=30)


class DeskSite(AdminSite):
    site_header = _("JPoA Tracker")
    site_title = _("JPoA Tracker")
    index_title = _("Records")
    site_url = None
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only pages that keep the house's rules: those of libraries ask Django's permission rows, and delete."""
        if admin_class is not None and issubclass(admin_class, DeskAdmin):
            super().register(model_or_iterable, admin_class, **options)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Sign-in is allauth's, with its second factor and its limits; somebody without a desk gets 403."""
        return secure_admin_login(lambda request: redirect("admin:index"))(request)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Every list that this person may open. What waits for them is on their desk."""
        figures = list(_people_and_appointments()) if mandate_of(request.user).is_administrator else []
        facts = {"roles": roles_in_words(request.user), "figures": figures}
        return super().index(request, facts | (extra_context or {}))

    def app_index(self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("admin:index")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """The nouns that this person may see, on the project's shelves; other apps follow as they are."""
        apps = super().get_app_list(request, app_label)
        own = next((app for app in apps if app["app_label"] == "commitments"), None)
        if own is None:
            return apps
        named = [each | {"name": self.page_of(each["model"]).nouns} for each in own["models"]]
        by_name = {each["object_name"]: each for each in named}
        shelves = []
        for title, names in SHELVES:
            if models := [by_name[name] for name in names if name in by_name]:
                shelves.append(own | {"name": title, "models": models, "app_url": ""})
        return shelves + [app for app in apps if app is not own]

    def page_of(self, model: type[Model]) -> Any:
        """The admin page class of a noun."""
        return self._registry[model]

    def render(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
    ) -> TemplateResponse:
        return TemplateResponse(request, template, context, status=status)


def _people_and_appointments() -> Iterator[tuple[str, str, int]]:
    """For an administrator: each figure with its list. Three queries."""
    live = Appointment.objects.live()
    held = live.filter(person=OuterRef("pk"))
    people = Person.objects.aggregate(
        all=Count("pk"),
        suspended=Count("pk", filter=Q(is_active=False)),
        unappointed=Count("pk", filter=Q(~Exists(held), is_active=True, is_superuser=False)),
    )
    ending = live.filter(ends_on__lte=timezone.now().date() + SOON)
    of_people, of_appointments = (reverse(f"admin:commitments_{noun}_changelist") for noun in ("person", "appointment"))
    yield gettext("People"), of_people, people["all"]
    yield gettext("Suspended"), of_people, people["suspended"]
    yield gettext("Without an appointment"), of_people, people["unappointed"]
    yield gettext("Appointments in force"), of_appointments, live.count()
    yield gettext("Appointments ending within 30 days"), of_appointments, ending.count()
