"""Who has read our words: the log of a State, for its coordinators alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commitments.desk.asking import page
from commitments.desk.coordinating import coordinated_states
from commitments.desk.filters import FilterForm, choice
from commitments.desk.paging import part_of
from commitments.models import MemberState, Reading
from commitments.models.readings import day_begins, day_ends
from commitments.screens.forms import DateField

PAGE = 50


class ReadingsForm(FilterForm):
    """Which readings: all, unless narrowed. The names are those of the API, which gives the table."""

    member_state = choice(_("Member State"))
    item = choice(_("Action item"))
    person = choice(_("Who"))
    kind = choice(_("What"))
    channel = choice(_("By way of"))
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("Until"), required=False)

    def __init__(self, sent: QueryDict, states: list[MemberState], seen: QuerySet) -> None:
        super().__init__(sent)
        self.offer("member_state", [(one.iso_alpha3, str(one)) for one in states])
        self.offer("item", _named(seen, "item"))
        self.offer("person", _named(seen, "person_name"))
        self.offer("kind", Reading.Kind.choices)
        self.offer("channel", Reading.Channel.choices)
        if len(states) == 1:
            del self.fields["member_state"]

    @property
    def asked(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrowed(self, rows: QuerySet) -> QuerySet:
        """The rows that are asked for. Days are those of UTC, as in the table."""
        paths = {"member_state": "member_state__iso_alpha3", "person": "person_name"}
        asked = self.asked
        since, until = asked.pop("since", None), asked.pop("until", None)
        rows = rows.filter(**{paths.get(name, name): value for name, value in asked.items()})
        rows = rows.filter(at__gte=day_begins(since)) if since else rows
        return rows.filter(at__lte=day_ends(until)) if until else rows


def _named(seen: QuerySet, column: str) -> list[tuple[str, str]]:
    found = seen.order_by(column).values_list(column, flat=True).distinct()
    return [(name, name) for name in found if name]


@page("GET", "HEAD")
def readings(request: HttpRequest) -> HttpResponse:
    """The newest first, page by page; the table of the same is the API's."""
    states, seen = coordinated_states(request), Reading.objects.visible_to(request.user)
    form = ReadingsForm(request.GET, states, seen)
    context: dict[str, Any] = {"form": form, "months": settings.READINGS_KEPT_DAYS // 30}
    if form.is_valid():
        names = ("member_state", "agency", "state_served")
        rows = form.narrowed(seen).select_related(*names).order_by("-at", "-uid")
        table = urlencode({**form.asked, "format": "csv"})
        context |= {"part": part_of(request, rows, PAGE), "table": f"{reverse('readings')}?{table}"}
        context |= {"is_narrowed": bool(form.asked)}
    return render(request, "commitments/desk/readings.html", context)
