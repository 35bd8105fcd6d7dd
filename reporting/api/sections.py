"""The sections that editors write: how much is in each, and who sits there now."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request

from commitments.api import types
from commitments.api.answers import answer
from commitments.api.asking import read_parameters
from commitments.api.shapes import Shape
from commitments.api.views import Noun
from reporting.api.working import TAG, report_seen
from reporting.issuing import sections_of
from reporting.models import Seat
from reporting.models.passages import SEAT_LASTS


def live_seats() -> Any:
    """Seats whose editor has shown a sign of life of late."""
    return Seat.objects.filter(seen_at__gt=timezone.now() - SEAT_LASTS)


class ReportSectionsSerializer(serializers.Serializer):
    results = types.things("For each section: slug, label, passages (how many), seat ({person, since} or null).")


class ReportSections(Noun):
    """The sections of a report in the making. For the secretariat."""

    tag = TAG
    shape = Shape("ReportSections", ())
    documented = ReportSectionsSerializer

    def sections(self, request: Request, key: str) -> HttpResponse:
        """The sections in their order, each with how many passages it has and who writes in it now."""
        read_parameters(request, ("format",))
        report = report_seen(self.mandate, key)
        counted = report.passages.filter(retired_at=None).values("section").annotate(number=Count("pk")).order_by()
        counts = {row["section"]: row["number"] for row in counted}
        seats = {seat.section: seat for seat in live_seats().filter(report=report).select_related("person")}
        rows = [
            {"slug": slug, "label": str(label), "passages": counts.get(slug, 0), "seat": _seat(seats.get(slug))}
            for slug, label in sections_of(report).items()
        ]
        return answer({"results": rows})


def _seat(seat: Seat | None) -> dict[str, Any] | None:
    return {"person": str(seat.person), "since": seat.taken_at} if seat else None
