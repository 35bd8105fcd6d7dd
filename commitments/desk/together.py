"""Several updates cleared or returned in one go: each named before, each decided on its own, each outcome told."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.desk.asking import page, status_of
from commitments.desk.coordinating import coordinated_updates
from commitments.errors import Invalid
from commitments.guidance import GUIDANCE
from commitments.models import Update
from commitments.screens.clearing import decision
from commitments.screens.forms import DeskForm, actor
from commitments.screens.moves import move_form
from commitments.screens.sent import version_sent
from commitments.screens.together import Outcome, chosen_rows, make_each, why_not
from commitments.workflow import Move


@page("POST")
def together(request: HttpRequest, name: str) -> HttpResponse:
    """What was chosen is shown with what the move needs; confirmed, it is made on the versions that were shown."""
    rows, move = coordinated_updates(request), decision(name)
    if move is None:
        raise Http404
    found = chosen_rows(request.POST.getlist("row"), rows)
    if not found:
        messages.info(request, _("Choose at least one update first."))
        return redirect("desk-clearing")
    if "confirmed" not in request.POST:
        return _asked(request, move, found, _form(request, move, found))
    form = _form(request, move, found, request.POST)
    if not form.is_valid():
        return _asked(request, move, found, form, status=400)
    return _done(request, move, found, form)


def _form(request: HttpRequest, move: Move, found: list[Update], sent: Any = None) -> DeskForm:
    """Where all that was chosen has one audience, the form begins with it."""
    shared = {row.audience for row in found}
    initial = {"audience": shared.pop()} if len(shared) == 1 else {}
    return move_form(move, on_many=True)(sent, person=request.user, initial=initial)


def _done(request: HttpRequest, move: Move, found: list[Update], form: DeskForm) -> HttpResponse:
    outcomes = make_each(
        move,
        found,
        form.words,
        by=actor(request),
        read=lambda row: version_sent(request.POST, f"version-{row.key}"),
    )
    refused = [outcome for outcome in outcomes if not outcome.is_done]
    if not refused:
        told = ngettext("%(move)s: %(count)d update.", "%(move)s: %(count)d updates.", len(outcomes))
        messages.success(request, told % {"move": move.label, "count": len(outcomes)})
        return redirect("desk-clearing")
    refusal = refused[0].refusal
    if len(refused) == len(outcomes) and refusal and isinstance(refusal, Invalid):  # the words, and not the rows
        form.take(refusal)
        return _asked(request, move, found, form, status=status_of([refusal]))
    again = chosen_rows((outcome.row.key for outcome in refused), coordinated_updates(request))
    status = 200 if len(refused) < len(outcomes) else status_of([refusal])
    return _asked(request, move, again, form, outcomes=outcomes, status=status)


def _asked(
    request: HttpRequest, move: Move, found: list[Update], form: DeskForm, *, status: int = 200,
    outcomes: list[Outcome] | None = None,
) -> HttpResponse:  # fmt: skip
    """The confirmation: what can be moved with the versions that are shown, and what cannot, with why."""
    able = [row for row in found if move.name in row.allowed_moves(request.user)]
    context = {
        "move": move,
        "rows": [(row, row.commitment.action_item.titled, _withheld(row)) for row in able],
        "unable": [] if outcomes else [why_not(move, row) for row in found if row not in able],
        "outcomes": outcomes or [],
        "form": form,
        "faults": form.faults if form.is_bound else [],
    }
    return render(request, "commitments/desk/together.html", context, status=status)


def _withheld(row: Update) -> list[Any]:
    return [GUIDANCE[section].label for section in row.withheld_sections]
