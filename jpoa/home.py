"""The front door: what this is, where the plan stands, and where to go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments.models import ActionItem, Cycle, MemberState, Pillar, Plan


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
        "formats": ("html", "pdf", "docx", "xlsx", "json"),
    }
    return render(request, "home.html", facts)
