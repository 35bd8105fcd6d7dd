"""Review cycles. Public; the secretariat's editors open them and give more time."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django_filters import FilterSet
from rest_framework.request import Request

from commitments.api import bodies, filters, types
from commitments.api.answers import answer
from commitments.api.keys import item_given, only, plan_given, state_given
from commitments.api.shapes import Column, Gathered, Row, Shape
from commitments.api.views import PublicNoun, Write
from commitments.api.writing import once
from commitments.errors import Forbidden
from commitments.mandates import Mandate
from commitments.models import Cycle, Extension, Phase

DATES = ("opens_on", "submissions_due_on", "clearances_due_on", "closes_on")
EXTENSION = {
    "uid": "uid",
    "member_state": "member_state__iso_alpha3",
    "action_item": "action_item__code",
    "ends_on": "ends_on",
    "reason": "reason",
    "granted_by": "granted_by__full_name",
    "granted_at": "granted_at",
}


def extensions(rows: list[Row], mandate: Mandate) -> list[list[Row]]:
    """More time given: for those who take part to know."""
    found: dict[Any, list[Row]] = defaultdict(list)
    if mandate.is_officer:
        given = Extension.objects.filter(cycle__in=[row["_pk"] for row in rows]).order_by("granted_at", "pk")
        for pk, *values in given.values_list("cycle_id", *EXTENSION.values()):
            found[pk].append(dict(zip(EXTENSION, values, strict=True)))
    return [found[row["_pk"]] for row in rows]


def _phase(opened_at: Any, *dates: Any) -> str:
    return Cycle(opened_at=opened_at, **dict(zip(DATES, dates, strict=True))).phase()


class CycleFilters(FilterSet):
    plan = filters.of_plan("plan")


class Cycles(PublicNoun):
    """Reporting windows, each tied to a General Assembly review."""

    tag = "The plan"
    model = Cycle
    key_paths = ("slug",)
    filterset = CycleFilters
    writes = {
        "create": Write(bodies.Schedule, ("plan", "slug", "title"), status=201),
        "move_dates": Write(bodies.MoveDates),
        "open": Write(bodies.Nothing),
        "extend": Write(bodies.Extend, ("member_state",), status=201),
    }
    orderings = {"opens_on": ("opens_on", "slug")}
    shape = Shape(
        "Cycle",
        (
            Column("_pk", "pk"),
            Column("slug", "slug", types.text()),
            Column("plan", "plan__slug", types.text()),
            Column("title", "title", types.text()),
            Column("review", "review", types.text("The review of the Global Strategy that it serves.")),
            Column("phase", ("opened_at", *DATES), types.one_of(Phase), make=_phase),
            Column("opens_on", "opens_on", types.day()),
            Column("submissions_due_on", "submissions_due_on", types.day("The last day, by each capital's clock.")),
            Column("clearances_due_on", "clearances_due_on", types.day()),
            Column("closes_on", "closes_on", types.day()),
            Column("adopted_on", "adopted_on", types.day(null=True)),
            Column("adoption_is_assumed", "adoption_is_assumed", types.yes_no()),
            Column("dates_note", "dates_note", types.text()),
            Column("opened_at", "opened_at", types.instant(null=True)),
            Column("translations", "translations", types.thing()),
            Gathered("extensions", types.things("Shown to the officers of States and of the UN."), extensions),
        ),
    )

    def create(self, request: Request) -> HttpResponse:
        """Put the next cycle in the calendar; it is opened when its time has come."""
        return once(request, self._schedule)

    def move_dates(self, request: Request, key: str) -> HttpResponse:
        """Move dates of the cycle, an assumed adoption date for instance."""
        return once(request, lambda: self._move_dates(key))

    def open(self, request: Request, key: str) -> HttpResponse:
        """Open the cycle: one draft update for every commitment of every State."""
        return once(request, lambda: self._open(key))

    def extend(self, request: Request, key: str) -> HttpResponse:
        """Give a State more time, for all it owes or (a reopening) for one action item."""
        return once(request, lambda: self._extend(key))

    def _schedule(self) -> HttpResponse:
        if not self.mandate.is_editor:
            raise Forbidden()
        words = self.body()
        plan = plan_given("plan", words.pop("plan"))
        cycle = Cycle.schedule(by=self.person, plan=plan, **words)
        return answer(
            self.read_one(self.by_key(cycle.slug, {})), status=201, location=reverse("cycle", args=[cycle.slug])
        )

    def _move_dates(self, key: str) -> HttpResponse:
        cycle = only(self.by_key(key, {}))
        if not self.mandate.is_editor:
            raise Forbidden()
        cycle.move_dates(by=self.person, **self.body())
        return answer(self.read_one(self.by_key(key, {})))

    def _open(self, key: str) -> HttpResponse:
        cycle = only(self.by_key(key, {}))
        self.body()
        drafts = cycle.open(by=self.person)
        return answer({**self.read_one(self.by_key(key, {})), "drafts": drafts})

    def _extend(self, key: str) -> HttpResponse:
        cycle = only(self.by_key(key, {}).select_related("plan"))
        if not self.mandate.is_editor:
            raise Forbidden()
        body = self.body()
        item = body.get("action_item")
        cycle.extend(
            state_given("member_state", body["member_state"]),
            by=self.person,
            ends_on=body.get("ends_on"),
            reason=body.get("reason", ""),
            action_item=None if item is None else item_given("action_item", item, cycle.plan),
        )
        return answer(self.read_one(self.by_key(key, {})), status=201)
