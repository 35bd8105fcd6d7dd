"""Seats: one editor at a time in one section, for as long as they show signs of life."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django_filters import FilterSet
from rest_framework.request import Request

from commitments.api import bodies as common
from commitments.api import filters, types
from commitments.api.answers import answer
from commitments.api.keys import only
from commitments.api.shapes import Column, Shape, join_key
from commitments.api.views import Write
from commitments.api.writing import once
from commitments.errors import Forbidden
from reporting.api import bodies
from reporting.api.sections import live_seats
from reporting.api.working import OfReport, Working, in_the_making, report_given
from reporting.issuing import label_of
from reporting.models import Seat

SEAT_PATHS = ("report__slug", "section")


class SeatFilters(FilterSet):
    report = OfReport()
    section = filters.Text("section")


class Seats(Working):
    """Who writes in which section. For the secretariat; a seat is free three minutes after the last sign of life."""

    model = Seat
    key_paths = SEAT_PATHS
    filterset = SeatFilters
    writes = {
        "create": Write(bodies.TakeSeat, ("report", "section")),
        "destroy": Write(common.Nothing),
    }
    own_refusals = {"destroy": ("403",)}  # somebody else's
    orderings = {"section": ("report__slug", "section")}
    shape = Shape(
        "Seat",
        (
            Column("key", SEAT_PATHS, types.text("`report:section`"), make=join_key),
            Column("report", "report__slug", types.text()),
            Column("section", "section", types.text()),
            Column("person", "person__full_name", types.text("Who sits there.")),
            Column("since", "taken_at", types.instant()),
            Column("seen_at", "seen_at", types.instant("The last sign of life.")),
        ),
    )

    def rows(self) -> QuerySet:
        if not self.mandate.is_secretariat:
            return Seat.objects.none()
        return live_seats().filter(report__in=in_the_making(self.mandate))

    def create(self, request: Request) -> HttpResponse:
        """Sit down, or show a sign of life. 423 where somebody else sits: see `person` and `since`."""
        return once(request, self._take)

    def destroy(self, request: Request, key: str) -> HttpResponse:
        """Leave the section to others."""
        seat = only(self.by_key(key, {}).select_related("report"))
        self.body()
        if seat.person_id != self.person.pk:
            raise Forbidden()
        Seat.leave(seat.report, seat.section, by=self.person)
        return HttpResponse(status=204)

    def _take(self) -> HttpResponse:
        body = self.body()
        if not self.mandate.is_editor:
            raise Forbidden()
        report = report_given(self.mandate, body["report"])
        label_of(report, body["section"])
        seat = Seat.take(report, body["section"], by=self.person)
        row = self.read_one(self.rows().filter(pk=seat.pk))
        return answer(row, location=reverse("seat", args=[row["key"]]))
