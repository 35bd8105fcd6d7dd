"""What surrounds the pillars: preamble and operative part, the roadmap, and the editions that were adopted."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.models import Adoption, Plan, PlanParagraph, RoadmapProvision
from reporting.facts import Place, Wording
from reporting.queries.plan import roadmap_of
from reporting.queries.words import place, wording
from reporting.site.asking import found, public_page
from reporting.site.reads import latest_plan


@public_page()
def roadmap(request: HttpRequest) -> HttpResponse:
    """Annex A: introduction and provisions, part by part."""
    plan = found(latest_plan())
    rows = plan.paragraphs.filter(part=PlanParagraph.Part.ROADMAP).order_by("number")
    parts = [
        (RoadmapProvision.Part(part).label, list(provisions))
        for part, provisions in groupby(roadmap_of(plan), key=lambda one: one.part)
    ]
    context = {"plan": plan, "introduction": _paragraphs(plan, rows), "parts": parts}
    return render(request, "reporting/site/roadmap.html", context)


@public_page()
def history(request: HttpRequest) -> HttpResponse:
    """Every edition with what each State was to it and what the sources say of it; the words of the one in force."""
    plan = found(latest_plan())
    adoptions = Adoption.objects.select_related("member_state").order_by("member_state__name")
    editions = Plan.objects.prefetch_related(Prefetch("adoptions", adoptions)).order_by("-adopted_on")
    rows = plan.paragraphs.exclude(part=PlanParagraph.Part.ROADMAP).order_by("pk")
    parts = [
        (PlanParagraph.Part(part).label, _paragraphs(plan, paragraphs))
        for part, paragraphs in groupby(rows, key=lambda row: row.part)
    ]
    context = {"plan": plan, "editions": [_edition(row) for row in editions], "parts": parts}
    return render(request, "reporting/site/history.html", context)


def _paragraphs(plan: Plan, rows: Any) -> list[tuple[Wording, Place]]:
    return [(wording(row, "text"), place(row, plan.source)) for row in rows]


def _edition(row: Plan) -> dict[str, Any]:
    return {
        "title": wording(row, "title"),
        "adopted_on": row.adopted_on,
        "adopted_in": row.in_language("adopted_in"),
        "adoptions": [(one, _lines(row, one.lines)) for one in row.adoptions.all()],
        "facts": [(fact["text"], _lines(row, fact["lines"])) for fact in row.facts],
    }


def _lines(row: Plan, lines: list[int]) -> Place:
    return Place(row.source, *(lines[:1] + lines[-1:] or (0, 0)))
