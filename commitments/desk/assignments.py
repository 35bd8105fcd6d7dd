"""Who leads and who contributes: the State's items by pillar, one or many of them assigned anew."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.desk.asking import one_of, page, status_of, status_of_forms
from commitments.desk.board import CHOOSE
from commitments.desk.coordinating import coordinated_states, state_asked, without
from commitments.errors import NotVisible
from commitments.models import Commitment
from commitments.screens.assigning import (
    Assigned,
    ManyForm,
    OneForm,
    Staff,
    afterwards,
    assign_each,
    coordinated_commitments,
)
from commitments.screens.assignments import AssignmentList
from commitments.screens.forms import actor, attempt, is_stale, merged
from commitments.screens.planned import planned_of
from commitments.screens.sent import version_sent
from commitments.screens.together import MOST, Outcome


@page("GET", "HEAD")
def assignments(request: HttpRequest) -> HttpResponse:
    states = coordinated_states(request)
    state = state_asked(states, request.GET.get("state"))
    rows = coordinated_commitments(request.user).filter(member_state=state)
    shown = AssignmentList(list(rows), Staff(state), request.GET.dict())
    context = {
        "list": shown,
        "state": state,
        "states": states,
        "is_all_chosen": request.GET.get(CHOOSE) == "all",
        "without_choice": without(request.GET, CHOOSE),
    }
    return render(request, "commitments/desk/assignments.html", context)


@page("GET", "HEAD", "POST")
def assignment(request: HttpRequest, state: str, code: str) -> HttpResponse:
    """One item: its lead and who contributes; `preview` says what it would mean."""
    found = _found(request, state, code)
    if request.method != "POST":
        return _one(request, found, OneForm(person=request.user, subject=found))
    form = OneForm(request.POST, person=request.user, subject=found)
    if "preview" in request.POST and form.is_valid():
        return _one(request, found, form, form.wanted)
    if attempt(form, partial(found.change, by=actor(request))):
        messages.success(request, _("%(item)s is assigned.") % {"item": code})
        return redirect("desk-assignments")
    found = _found(request, state, code)
    if is_stale(form):
        form = merged(form, OneForm(person=request.user, subject=found))
    return _one(request, found, form)


@page("POST")
def assign(request: HttpRequest) -> HttpResponse:
    """Several items: named first, then what it would mean for each, then assigned one by one."""
    rows = _chosen(request)
    states = {row.member_state_id: row.member_state for row in rows}
    if len(states) != 1:
        messages.info(request, _("Choose items of one State first."))
        return redirect("desk-assignments")
    state = next(iter(states.values()))
    press = request.POST.get("press", "")
    form = ManyForm(request.POST if press else None, person=request.user, subject=state)
    if press != "assign" or not form.is_valid():
        return _many(request, rows, form, status=status_of_forms([form]) if press else 200)
    outcomes = assign_each(form, rows, by=actor(request), read=partial(_version, request))
    refused = [outcome for outcome in outcomes if not outcome.is_done]
    if not refused:
        told = ngettext("%(count)d item was assigned.", "%(count)d items were assigned.", len(outcomes))
        messages.success(request, told % {"count": len(outcomes)})
        return redirect("desk-assignments")
    again = {outcome.row.pk for outcome in refused}
    rest = [row for row in _chosen(request) if row.pk in again]
    status = 200 if len(refused) < len(outcomes) else status_of([refused[0].refusal])
    return _many(request, rest, form, outcomes=outcomes, status=status)


def _version(request: HttpRequest, row: Commitment) -> int | None:
    return version_sent(request.POST, f"version-{row.key}")


def _found(request: HttpRequest, state: str, code: str) -> Commitment:
    return one_of(coordinated_commitments(request.user), member_state__iso_alpha3=state, action_item__code=code)


def _chosen(request: HttpRequest) -> list[Commitment]:
    """The items ticked: `KAZ:I.1.1`, or, from the board, `cycle:KAZ:I.1.1`. One that is not theirs does not exist."""
    coordinated_states(request)
    wanted = {tuple(key.split(":")[-2:]) for key in request.POST.getlist("row")}
    if len(wanted) > MOST:
        raise NotVisible()
    rows = [row for row in coordinated_commitments(request.user) if tuple(row.key.split(":")) in wanted]
    if {tuple(row.key.split(":")) for row in rows} != wanted:
        raise NotVisible()
    return rows


def _one(request: HttpRequest, found: Commitment, form: OneForm, wanted: Assigned | None = None) -> HttpResponse:
    staff, now = Staff(found.member_state), Assigned.of(found)
    context = {
        "commitment": found,
        "item": found.action_item,
        "title": found.action_item.in_language("short_title"),
        "form": form,
        "planned": planned_of(found, request.user),
        "now": afterwards(now, now, staff),
        "after": afterwards(now, wanted, staff) if wanted else [],
        "faults": form.faults if form.is_bound else [],
    }
    status = status_of_forms([form]) if form.is_bound else 200
    return render(request, "commitments/desk/assign_one.html", context, status=status)


def _many(
    request: HttpRequest, rows: list[Commitment], form: ManyForm, *, outcomes: list[Outcome] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    staff = Staff(form.subject)
    shown: list[dict[str, Any]] = []
    for row in rows:
        now = Assigned.of(row)
        wanted = form.wanted(row) if form.is_bound and form.is_valid() else now
        shown.append({
            "row": row,
            "title": row.action_item.in_language("short_title"),
            "now": afterwards(now, now, staff),
            "after": afterwards(now, wanted, staff) if wanted != now else [],
        })  # fmt: skip
    context = {
        "rows": shown,
        "form": form,
        "is_preview": form.is_bound and not outcomes,
        "outcomes": outcomes or [],
        "faults": form.faults if form.is_bound else [],
    }
    return render(request, "commitments/desk/assign.html", context, status=status)
