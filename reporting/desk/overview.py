"""The reports that a person may see, by cycle, each with what waits for whom; and beginning a new one."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.desk.asking import page, status_of_forms
from commitments.errors import Forbidden
from commitments.models import Cycle, MemberState
from commitments.querysets import mandate_of
from commitments.screens.forms import actor, attempt
from commitments.workflow import Audience
from reporting.desk.waiting import waits_for
from reporting.forms import BeginForm
from reporting.issuing import begin
from reporting.models import Report
from reporting.queries import review_facts
from reporting.queries.naming import names_of
from reporting.thematic_report import scopes


@page("GET", "HEAD")
def overview(request: HttpRequest) -> HttpResponse:
    mandate = mandate_of(request.user)
    context = {
        "cycles": _by_cycle(request.user),
        "contributions": _contributions(mandate),
        "may_begin": mandate.is_editor,
    }
    return render(request, "reporting/desk/overview.html", context)


@page("GET", "HEAD", "POST")
def begin_report(request: HttpRequest) -> HttpResponse:
    """The form that outlines a report, for editors."""
    if not mandate_of(request.user).is_editor:
        raise Forbidden()
    latest = Cycle.objects.order_by("-opens_on").first()
    sent = request.POST if request.method == "POST" else None
    form = BeginForm(sent, person=request.user, scopes=_scopes(latest), initial={"cycle": latest and latest.slug})
    begun: list[Report] = []
    if request.method == "POST" and attempt(form, lambda **words: begun.append(begin(by=actor(request), **words))):
        messages.success(request, _("The report is outlined."))
        return redirect("desk-report", begun[0].slug)
    return render(request, "reporting/desk/begin.html", {"form": form}, status=status_of_forms([form]))


def _scopes(cycle: Cycle | None) -> list[tuple[str, str]]:
    """What a thematic report can be of, in the plan of this cycle."""
    if cycle is None:
        return []
    return list(scopes(review_facts(cycle.slug, Audience.PUBLIC, now=timezone.now())))


def _by_cycle(person: Any) -> list[tuple[Cycle, list[tuple[Report, str, str]]]]:
    """Reports of each cycle, the newest cycle first, each with what it waits for and what it is called."""
    seen = Report.objects.visible_to(person).select_related("cycle", "member_state", "sent_by")
    rows = list(seen.order_by("-cycle__opens_on", "cycle__slug", "kind", "slug"))
    names = names_of(rows)
    groups = groupby(rows, key=lambda report: report.cycle)
    return [(cycle, [(one, waits_for(one, person), names[one.pk]) for one in reports]) for cycle, reports in groups]


def _contributions(mandate: Any) -> list[tuple[Cycle, MemberState]]:
    """The contributions of this person's own States, the newest cycle first."""
    states = list(MemberState.objects.filter(pk__in=mandate.state_ids).order_by("name"))
    cycles = Cycle.objects.exclude(opened_at=None).order_by("-opens_on") if states else []
    return [(cycle, state) for cycle in cycles for state in states]
