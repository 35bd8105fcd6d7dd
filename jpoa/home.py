"""The front door: what this is, where the plan stands, and where to go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments.models import ActionItem, Cycle, MemberState, Pillar, Plan
from reporting.models import Edition
from reporting.queries.naming import names_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    plan = Plan.objects.order_by("-adopted_on").first()
    facts = {
        "plan": plan,
        "place": plan.in_language("adopted_in") if plan else "",
        "pillars": [one.in_language("title") for one in Pillar.objects.filter(plan=plan).order_by("position")],
        "item_count": ActionItem.objects.filter(plan=plan).count(),
        "states": MemberState.objects.order_by("name"),
        "cycles": Cycle.objects.filter(plan=plan).order_by("-opens_on"),
        "issued": _issued(request.user),
        "formats": ("html", "pdf", "docx", "xlsx", "json"),
    }
    return render(request, "home.html", facts)


def _issued(person: Any) -> list[tuple[str, Edition]]:
    """The last edition of each report that this person may read, by its name; what was issued last stands first."""
    rows = Edition.objects.visible_to(person).issued().select_related("report__cycle", "report__member_state")
    last: dict[int, Edition] = {}
    for edition in rows.defer("snapshot").order_by("-made_at", "-number"):
        last.setdefault(edition.report_id, edition)
    names = names_of([edition.report for edition in last.values()])
    return [(names[edition.report_id], edition) for edition in last.values()]
