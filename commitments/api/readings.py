"""Who has read what a State has not released to everybody: its log, for its coordinators alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db.models import QuerySet
from django_filters import FilterSet

from commitments.api import filters, types
from commitments.api.shapes import Column, Shape
from commitments.api.views import Noun
from commitments.models import Reading
from commitments.models.readings import day_begins, day_ends


class OnDay(django_filters.DateFilter):
    """From the beginning of this day, UTC, or (`is_last`) until its end."""

    def __init__(self, *, is_last: bool = False) -> None:
        super().__init__(field_name="at")
        self.is_last = is_last

    def filter(self, queryset: QuerySet, value: dt.date) -> QuerySet:
        if self.is_last:
            return queryset.filter(at__lte=day_ends(value))
        return queryset.filter(at__gte=day_begins(value))


class ReadingFilters(FilterSet):
    member_state = filters.of_state("member_state")
    item = filters.Text("item")
    person = filters.Text("person_name")
    kind = filters.OneOf("kind", Reading.Kind.choices)
    channel = filters.OneOf("channel", Reading.Channel.choices)
    since = OnDay()
    until = OnDay(is_last=True)


def _acting_for(state: str | None, agency_state: str | None, agency: str | None) -> str | None:
    return f"{agency_state}:{agency}" if agency else state


class Readings(Noun):
    """Who was shown words of your State that are not released to everybody. For its national coordinators alone."""

    tag = "What States report"
    model = Reading
    filterset = ReadingFilters
    orderings = {"at": ("at", "uid")}
    shape = Shape(
        "Reading",
        (
            Column("uid", "uid", types.uid()),
            Column("member_state", "member_state__iso_alpha3", types.text("Whose words.")),
            Column("at", "at", types.instant("The first time that day.")),
            Column("person", "person_name", types.text("The name as it was.")),
            Column("role", "role", types.text("In which they read it.")),
            Column(
                "acting_for",
                ("state_served__iso_alpha3", "agency__member_state__iso_alpha3", "agency__slug"),
                types.text("`KAZ`, or `KAZ:interior`.", allow_null=True),
                make=_acting_for,
            ),
            Column("kind", "kind", types.one_of(Reading.Kind)),
            Column("key", "key", types.text("`cycle:KAZ:I.1.1`, `KAZ:I.1.1`, `cycle:KAZ` or a cycle.")),
            Column("item", "item", types.text("Code of the action item, or empty.")),
            Column("number", "number", types.number("Of the revision; of a working copy its version.", null=True)),
            Column("part", "part", types.text("Of evidence, observations and comments the uid; of reports for whom.")),
            Column("channel", "channel", types.one_of(Reading.Channel)),
            Column("request_id", "request_id", types.text("Of the request, as the operators' logs have it.")),
        ),
    )

    def rows(self) -> Any:
        return Reading.objects.visible_to(self.mandate)
