"""What can be taken away: reports in every format and language, tables, the API; and what partners do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from commitments.mandates import Mandate
from commitments.models import Cycle
from reporting.facts import ActivityFacts, ReviewFacts
from reporting.models import Edition
from reporting.queries.naming import names_of
from reporting.renderers import RENDERERS
from reporting.reports import LANGUAGES
from reporting.site.asking import found, public_page
from reporting.site.forms import ActivityFilters
from reporting.site.reads import activities_of, shown_cycle

ANYBODY = Mandate()  # who reads the public site, signed in or not
# What has a table of its own, by its route in the API: told on the page in this order.
TABLES = (
    ("action-items", _("Action items")),
    ("pillars", _("Pillars")),
    ("objectives", _("Objectives")),
    ("roadmap", _("Roadmap provisions")),
    ("member-states", _("Member States")),
    ("cycles", _("Review cycles")),
    ("partner-activities", _("Partner activities")),
    ("published-updates", _("What States have released")),
    ("status-matrix", _("Status matrix")),
)


@public_page(shows_releases=True)
def reports(request: HttpRequest) -> HttpResponse:
    """Issued editions, and for each cycle the report on what is released at this moment."""
    context = {
        "issued": issued_editions(),
        "cycles": Cycle.objects.exclude(opened_at=None).order_by("-opens_on", "-pk"),
        "formats": [(one.name, one.extension) for one in RENDERERS.values()],
        "languages": LANGUAGES,
    }
    return render(request, "reporting/site/reports.html", context)


def issued_editions() -> list[tuple[str, list[Edition]]]:
    """Every report that is issued to everyone, by its name, with its editions, the newest first."""
    rows = Edition.objects.visible_to(ANYBODY).issued().select_related("report__cycle", "report__member_state")
    by_report: dict[int, list[Edition]] = {}
    for edition in rows.defer("snapshot").order_by("-made_at", "-number"):
        by_report.setdefault(edition.report_id, []).append(edition)
    names = names_of([editions[0].report for editions in by_report.values()])
    return [(names[pk], editions) for pk, editions in by_report.items()]


@public_page()
def downloads(request: HttpRequest) -> HttpResponse:
    return render(request, "reporting/site/downloads.html", {"tables": TABLES})


@public_page()
def partners(request: HttpRequest) -> HttpResponse:
    """What partners do for the plan, by date; narrowed to a State or a pillar."""
    at_hand = found(shown_cycle())
    form = ActivityFilters(request.GET, at_hand.facts)
    every = activities_of(at_hand.cycle.plan)
    chosen = [one for one in every if _is_asked_for(at_hand.facts, one, form.named)] if form.is_valid() else []
    context = {"facts": at_hand.facts, "form": form, "activities": chosen, "whole": len(every)}
    return render(request, "reporting/site/partners.html", context, status=200 if form.is_valid() else 400)


def _is_asked_for(facts: ReviewFacts, one: ActivityFacts, asked: dict[str, str]) -> bool:
    state, pillar = asked.get("state"), asked.get("pillar")
    if state and state not in one.states:
        return False
    return not pillar or any(item.code in one.items for each in facts.pillars if each.code == pillar
                             for item in each.items)  # fmt: skip
