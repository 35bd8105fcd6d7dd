"""The State's focal points: who speaks for which agency, invited and retired by their coordinator."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commitments.desk.asking import one_of, page, status_of_forms
from commitments.desk.coordinating import coordinated_states, state_asked
from commitments.models import Appointment, Invitation
from commitments.screens.appointing import FocalPointForm, RetirementForm
from commitments.screens.forms import DeskForm, actor, attempt
from commitments.screens.officers import Officers, what_becomes_of_the_drafts
from commitments.workflow import Role


@page("GET", "HEAD")
def people(request: HttpRequest) -> HttpResponse:
    states = coordinated_states(request)
    state = state_asked(states, request.GET.get("state"))
    context = {"state": state, "states": states, "officers": Officers(state, request.user)}
    return render(request, "commitments/desk/people.html", context)


@page("GET", "HEAD", "POST")
def invite(request: HttpRequest, state: str) -> HttpResponse:
    """Hold out a role. The answer is the same whether or not somebody has this address."""
    found = state_asked(coordinated_states(request), state)
    sent, initial = (request.POST if request.method == "POST" else None), {"agency": request.GET.get("agency", "")}
    form = FocalPointForm(sent, person=request.user, subject=found, initial=initial)
    if sent is not None and attempt(form, partial(Invitation.send, by=actor(request))):
        told = _("%(name)s is invited. The letter is on its way to %(email)s.")
        messages.success(request, told % {"name": form.words["full_name"], "email": form.words["email"]})
        return redirect("desk-people")
    notes = [_("You can appoint focal points of your State, and nobody to anything else; nor yourself.")]
    return form_page(request, form, title=_("Invite a focal point"), press=_("Invite"), notes=notes)


@page("GET", "HEAD", "POST")
def retire(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End an appointment, having read what becomes of the drafts."""
    found = _focal_point(request, uid)
    sent = request.POST if request.method == "POST" else None
    form = RetirementForm(sent, person=request.user, subject=found)
    notes = what_becomes_of_the_drafts(found, request.user)
    if sent is not None and attempt(form, partial(found.retire, by=actor(request))):
        messages.success(request, _("The appointment of %(name)s is ended.") % {"name": found.person})
        return redirect("desk-people")
    title = _("Retire %(name)s") % {"name": found.person}
    return form_page(request, form, title=title, press=_("End the appointment"), notes=notes, agency=found.agency)


def form_page(
    request: HttpRequest, form: DeskForm, *, title: str, press: str, notes: list[str], agency: Any = None
) -> HttpResponse:
    """A page of one form, with what it means above it."""
    context = {
        "form": form,
        "title": title,
        "press": press,
        "notes": notes,
        "agency": agency,
        "faults": form.faults if form.is_bound else [],
    }
    status = status_of_forms([form]) if form.is_bound else 200
    return render(request, "commitments/desk/people_form.html", context, status=status)


def _focal_point(request: HttpRequest, uid: UUID) -> Appointment:
    """Of a State coordinated. What the coordinator does not appoint, others see to."""
    states = coordinated_states(request)
    rows = Appointment.objects.visible_to(request.user).filter(member_state__in=states, role=Role.FOCAL_POINT)
    found = one_of(rows.select_related("person", "agency", "member_state"), uid=uid)
    if found.agency is None:
        raise Http404
    return found
