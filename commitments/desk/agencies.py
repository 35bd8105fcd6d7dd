"""The State's agencies: added, renamed, retired by their coordinator."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from commitments.desk.asking import one_of, page
from commitments.desk.coordinating import coordinated_states, state_asked
from commitments.desk.people import form_page
from commitments.models import Agency
from commitments.screens.appointing import AgencyForm, ReasonForm
from commitments.screens.forms import actor, attempt


@page("GET", "HEAD", "POST")
def add(request: HttpRequest, state: str) -> HttpResponse:
    found = state_asked(coordinated_states(request), state)
    form = AgencyForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_bound and attempt(form, partial(Agency.add, found, by=actor(request))):
        messages.success(request, _("%(agency)s was added.") % {"agency": form.cleaned_data["name"]})
        return redirect("desk-people")
    return form_page(request, form, title=_("Add an agency"), press=_("Add"), notes=[])


@page("GET", "HEAD", "POST")
def rename(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    found = _agency(request, state, slug)
    form = AgencyForm(request.POST if request.method == "POST" else None, person=request.user, subject=found)
    title = _("Rename %(agency)s") % {"agency": found.own_name()}
    if form.is_bound and attempt(form, partial(found.rename, by=actor(request))):
        messages.success(request, _("The agency is now called %(agency)s.") % {"agency": found.own_name()})
        return redirect("desk-people")
    notes = [_("Its address stays. Translations of the old name go; earlier reports keep the old name.")]
    return form_page(request, form, title=title, press=_("Rename"), notes=notes)


@page("GET", "HEAD", "POST")
def retire(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    found = _agency(request, state, slug)
    form = ReasonForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_bound and attempt(form, partial(found.retire, by=actor(request))):
        messages.success(request, _("%(agency)s is retired.") % {"agency": found.own_name()})
        return redirect("desk-people")
    title = _("Retire %(agency)s") % {"agency": found.own_name()}
    notes = [_("It stays in the history. What it leads has to be given to another agency first.")]
    return form_page(request, form, title=title, press=_("Retire the agency"), notes=notes, agency=found)


def _agency(request: HttpRequest, state: str, slug: str) -> Agency:
    """One of a State coordinated that is not retired yet."""
    found = state_asked(coordinated_states(request), state)
    rows = Agency.objects.visible_to(request.user).filter(member_state=found, retired_on=None)
    return one_of(rows.select_related("member_state"), slug=slug)
