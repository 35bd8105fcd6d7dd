"""What the pages of one report keep to: its name in title and trail, and its making for the secretariat alone."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.desk.asking import one_of
from commitments.querysets import mandate_of
from reporting.models import Report
from reporting.queries.naming import name_of


def show(
    request: HttpRequest, template: str, found: Report, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of one report, which says in its title and trail what that is called."""
    named = {"report": found, "name": name_of(found)} | context
    return render(request, f"reporting/desk/{template}.html", named, status=status)


def seen_report(request: HttpRequest, slug: str) -> Report:
    """The report, or 404."""
    rows = Report.objects.visible_to(request.user).select_related("cycle__plan", "member_state", "sent_by")
    return one_of(rows, slug=slug)


def made_by_the_secretariat(request: HttpRequest, slug: str) -> Report:
    """The report, for those who read its making: the secretariat. For all others there is no such page."""
    found = seen_report(request, slug)
    if not mandate_of(request.user).is_secretariat:
        raise Http404
    return found
