"""Recent changes: what has moved lately of all that whoever is signed in may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from commitments.desk.asking import page
from commitments.desk.filters import FilterForm, choice
from commitments.models import MemberState
from commitments.querysets import mandate_of
from commitments.screens.changes import Names, Wanted, by_slugs, changes
from commitments.screens.moves_told import KINDS


class ChangesForm(FilterForm):
    """Which changes: all, unless narrowed."""

    cycle = choice(gettext_lazy("Review cycle"))
    state = choice(gettext_lazy("Member State"))
    pillar = choice(gettext_lazy("Pillar"))
    kind = choice(gettext_lazy("What happened"))

    def __init__(self, sent: QueryDict, *, person: Any) -> None:
        super().__init__(sent)
        mandate = mandate_of(person)
        if mandate.state_ids and not mandate.is_secretariat:
            own = MemberState.objects.filter(pk__in=mandate.state_ids).order_by("name")
            self.offer("state", [(one.iso_alpha3, str(one)) for one in own])
        if mandate.is_officer:
            self.offer("kind", [(name, kind.label) for name, kind in KINDS.items()])
        else:
            del self.fields["kind"]


@page("GET", "HEAD")
def recent_changes(request: HttpRequest, names: Names = by_slugs) -> HttpResponse:
    """By day, the newest first. `names` tells what reports are called."""
    form = ChangesForm(request.GET, person=request.user)
    context: dict[str, Any] = {"form": form, "is_officer": mandate_of(request.user).is_officer}
    if form.is_valid():
        found = changes(request.user, Wanted(**form.cleaned_data), after=request.GET.get("after", ""), names=names)
        context |= {"days": found.days, "is_later_page": "after" in request.GET}
        context |= {"is_narrowed": any(form.cleaned_data.values())}
        context |= {"next": _next(form.cleaned_data, found.after) if found.after else ""}
        context |= {"first": _next(form.cleaned_data, "")}
    return render(request, "commitments/desk/changes.html", context)


def _next(filters: dict[str, str], after: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in {**filters, "after": after}.items() if value})
    return f"?{query.urlencode()}"
