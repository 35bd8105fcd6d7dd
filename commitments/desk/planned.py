"""The page on which a coordinator writes what the State plans on an item."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commitments.desk.asking import one_of, page, status_of_forms
from commitments.models import Commitment
from commitments.screens.assigning import coordinated_commitments
from commitments.screens.forms import actor, attempt_upon
from commitments.screens.planned import PlannedForm


@page("GET", "HEAD", "POST")
def planned(request: HttpRequest, state: str, code: str) -> HttpResponse:
    """Planned measures, target date and place in the national strategy; saved upon what others changed meanwhile."""
    found = _found(request, state, code)
    form = PlannedForm(request.POST or None, person=request.user, subject=found)
    if request.method == "POST":
        form, is_saved = attempt_upon(
            form,
            partial(found.change, by=actor(request)),
            lambda: PlannedForm(person=request.user, subject=_found(request, state, code)),
        )
        if is_saved:
            messages.success(request, _("What is planned on %(item)s is saved.") % {"item": code})
            return redirect("desk-assignment", state, code)
    item = found.action_item
    context = {"commitment": found, "item": item, "title": item.in_language("short_title"), "form": form}
    status = status_of_forms([form] if form.is_bound else [])
    return render(request, "commitments/desk/planned.html", context | {"faults": form.faults}, status=status)


def _found(request: HttpRequest, state: str, code: str) -> Commitment:
    return one_of(coordinated_commitments(request.user), member_state__iso_alpha3=state, action_item__code=code)
