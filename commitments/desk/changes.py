"""Recent changes: what has moved lately of all that whoever is signed in may see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.desk.asking import page
from commitments.models import Cycle, MemberState, Pillar
from commitments.querysets import mandate_of
from commitments.screens.changes import Names, Wanted, by_slugs, changes
from commitments.screens.moves_told import KINDS


class FilterForm(forms.Form):
    """Which changes: all, unless narrowed."""

    cycle = forms.ChoiceField(label=gettext_lazy("Review cycle"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Member State"), required=False)
    pillar = forms.ChoiceField(label=gettext_lazy("Pillar"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What happened"), required=False)

    def __init__(self, sent: QueryDict, *, person: Any) -> None:
        super().__init__(sent, label_suffix="")
        mandate = mandate_of(person)
        self.offer("cycle", [(one.slug, str(one)) for one in Cycle.objects.order_by("-opens_on", "slug")])
        states = MemberState.objects.order_by("name")
        if mandate.state_ids and not mandate.is_secretariat:
            states = states.filter(pk__in=mandate.state_ids)
        self.offer("state", [(one.iso_alpha3, str(one)) for one in states])
        codes = Pillar.objects.order_by("position").values_list("code", flat=True)
        self.offer("pillar", [(code, code) for code in dict.fromkeys(codes)])
        if mandate.is_officer:
            self.offer("kind", [(name, kind.label) for name, kind in KINDS.items()])
        else:
            del self.fields["kind"]

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", _("(all)")), *choices]  # type: ignore[attr-defined]


@page("GET", "HEAD")
def recent_changes(request: HttpRequest, names: Names = by_slugs) -> HttpResponse:
    """By day, the newest first. `names` tells what reports are called."""
    form = FilterForm(request.GET, person=request.user)
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
