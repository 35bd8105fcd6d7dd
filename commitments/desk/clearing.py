"""What was submitted: the queue, and each update read, compared, previewed, and returned or cleared."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.desk.asking import is_partial, one_of, page, status_of_forms
from commitments.desk.board import CHOOSE
from commitments.desk.coordinating import coordinated_states, coordinated_updates, without
from commitments.models import Update
from commitments.screens.audiences import Choice
from commitments.screens.board import Line, queue
from commitments.screens.clearing import ClearingPage, decision
from commitments.screens.forms import DeskForm, actor, attempt
from commitments.screens.moves import move_form
from commitments.screens.sent import version_sent
from commitments.waiting import Waiting
from commitments.workflow import Status


@page("GET", "HEAD")
def clearing(request: HttpRequest) -> HttpResponse:
    """All that waits for clearance, the oldest first."""
    context = {
        "states": coordinated_states(request),
        "lines": queue(Waiting(request.user)),
        "is_all_chosen": request.GET.get(CHOOSE) == "all",
        "without_choice": without(request.GET, CHOOSE),
    }
    return render(request, "commitments/desk/clearing.html", context)


@page("GET", "HEAD")
def submitted(request: HttpRequest, cycle: str, state: str, code: str) -> HttpResponse:
    """One update that waits; a script asks only for what each reader would see."""
    found = _found(request, cycle, state, code)
    if found.status != Status.SUBMITTED:
        told = _("%(item)s does not wait for clearance: it is %(status)s.")
        messages.info(request, told % {"item": code, "status": found.get_status_display().lower()})
        return redirect("desk-update", cycle, state, code)
    choice = None
    if "audience" in request.GET:
        choice = Choice.of(request.GET["audience"], request.GET.getlist("withheld_sections"))
    shown = ClearingPage(found, request.user, against=request.GET.get("against", ""), choice=choice)
    if is_partial(request):
        return render(request, "commitments/desk/preview.html", {"preview": shown.preview})
    return _rendered(request, shown)


@page("POST")
def decide(request: HttpRequest, cycle: str, state: str, code: str, name: str) -> HttpResponse:
    """Clear or return, on the version that was read; `preview` only shows what would be."""
    found, move = _found(request, cycle, state, code), decision(name)
    if move is None:
        raise Http404
    form = move_form(move)(request.POST, person=request.user, subject=found, auto_id=f"id_{name}_%s")
    if "preview" in request.POST:
        return _rendered(request, _again(request, found, name, form))
    after = _after(found, queue(Waiting(request.user)))
    if attempt(form, partial(found.make, name, by=actor(request), version=version_sent(request.POST))):
        told = _("%(item)s is returned to the focal point.") if name == "return" else _("%(item)s: %(status)s.")
        messages.success(request, told % {"item": code, "status": found.get_status_display().lower()})
        return redirect(after)
    return _rendered(request, _again(request, _found(request, cycle, state, code), name, form), [form])


def _again(request: HttpRequest, found: Update, name: str, form: DeskForm) -> ClearingPage:
    """With what was chosen and typed still there."""
    choice = Choice.of(request.POST.get("audience"), request.POST.getlist("withheld_sections"))
    shown = choice if name == "clear" else None
    return ClearingPage(found, request.user, against=request.POST.get("against", ""), choice=shown, bound={name: form})


def _rendered(request: HttpRequest, shown: ClearingPage, refused: list[DeskForm] | None = None) -> HttpResponse:
    lines = queue(Waiting(request.user))
    keys = [line.update.key for line in lines]
    place = keys.index(shown.update.key) if shown.update.key in keys else None
    context = shown.context() | {"count": len(lines), "place": None if place is None else place + 1}
    if place is not None:
        context |= {
            "line": lines[place],
            "before": lines[place - 1] if place else None,
            "after": lines[place + 1] if place + 1 < len(lines) else None,
        }
    return render(request, "commitments/desk/submitted.html", context, status=status_of_forms(refused or []))


def _after(found: Update, lines: list[Line]) -> str:
    """Where to go on: to the next in the queue, from the last to the first, from the only one to the empty queue."""
    keys = [line.update.key for line in lines]
    place = keys.index(found.key) if found.key in keys else -1
    following = [*lines[place + 1 :], *lines[: max(place, 0)]]
    return address_of(following[0].update) if following else reverse("desk-clearing")


def address_of(update: Update) -> str:
    return reverse("desk-submitted", args=update.key.split(":"))


def _found(request: HttpRequest, cycle: str, state: str, code: str) -> Update:
    """An update of a State coordinated that was submitted once; another's, and one never submitted, does not exist."""
    rows = coordinated_updates(request).exclude(current_revision=None)
    return one_of(rows.at(cycle, state, code))
