"""Review reports over HTTP: which there are, and each as a file. Public, as far as its audience goes."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from commitments.api import types
from commitments.api.asking import read_parameters
from commitments.api.shapes import Column, Shape
from commitments.api.views import Noun
from commitments.errors import Forbidden
from commitments.mandates import Mandate
from commitments.models import Cycle, Phase
from commitments.workflow import Audience
from reporting.api.delivery import EXTENSION, LANGUAGE_ASKED, NamedByAddress, documented, file_of, renderer_of
from reporting.renderers import RENDERERS
from reporting.reports import AUDIENCES, ReportRequest

_DATES = ("opened_at", "opens_on", "submissions_due_on", "clearances_due_on", "closes_on")


def _phase(*dates: Any) -> str:
    return Cycle(**dict(zip(_DATES, dates, strict=True))).phase(timezone.now().date()).value


def _files(slug: str) -> dict[str, str]:
    """Where each format of a cycle's report is."""
    return {name: reverse("review-report-file", args=[slug, one.extension]) for name, one in RENDERERS.items()}


class ReviewReports(Noun):
    """The review reports, one for each cycle, as what is released makes them today."""

    tag = "What States report"
    public_actions = frozenset({"list", "retrieve"})
    orderings = {"opens_on": ("opens_on", "slug")}
    shape = Shape(
        "ReviewReport",
        (
            Column("cycle", "slug", types.text("Slug of the cycle, and the key of its report.")),
            Column("title", "title", types.text("Title of the cycle.")),
            Column("plan", "plan__slug", types.text()),
            Column("phase", _DATES, types.one_of(Phase, "Where the cycle stands today."), make=_phase),
            Column("files", "slug", types.thing("{format: address}"), make=_files),
        ),
    )

    def rows(self) -> QuerySet:
        return Cycle.objects.all()

    def by_key(self, key: str, parameters: dict[str, str]) -> QuerySet:
        return self.rows().filter(slug=key)


class ReviewReportFiles(Noun):
    """A review report as a file. Its ETag is the fingerprint that every format carries: 304 while nothing changes."""

    tag = "What States report"
    shape = ReviewReports.shape
    public_actions = frozenset({"file"})
    content_negotiation_class = NamedByAddress

    @extend_schema(
        operation_id="review_reports_file",
        parameters=[
            EXTENSION,
            OpenApiParameter("audience", str, enum=AUDIENCES, description="Whose report; `public` where left out."),
            LANGUAGE_ASKED,
        ],
        responses=documented("400", "403", "404", "429", "503"),
    )
    def file(self, request: Request, key: str, extension: str) -> HttpResponse:
        """The review report of a cycle in one format, made from what is released to its audience."""
        asked = ReportRequest(key, **read_parameters(request, ("audience", "language")))
        _check_audience(self.mandate, asked.audience)
        renderer = renderer_of(extension)
        name = asked.file_name(extension).removesuffix(f".{extension}")
        response = file_of(request, asked.document(), renderer, name)
        if asked.audience == Audience.PUBLIC:  # it may be kept, but asked for each time: a withdrawal shows at once
            response["Cache-Control"] = "public, no-cache"
        return response


def _check_audience(mandate: Mandate, audience: str) -> None:
    """A report for an audience is for those who belong to it, whichever State the words come from."""
    if audience not in mandate.audiences:
        raise Forbidden()
