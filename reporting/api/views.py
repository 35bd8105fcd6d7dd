"""Review reports over HTTP: which there are, and each as a file. Public, as far as its audience goes."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from commitments.api import types
from commitments.api.answers import is_known, not_modified
from commitments.api.asking import read_parameters
from commitments.api.schema import MEANINGS, ProblemSerializer
from commitments.api.shapes import Column, Shape
from commitments.api.views import Noun
from commitments.errors import Forbidden, NotVisible
from commitments.mandates import Mandate
from commitments.models import Cycle, Phase
from commitments.workflow import Audience
from reporting.renderers import RENDERERS, Renderer
from reporting.renderers.html import stylesheet
from reporting.reports import AUDIENCES, LANGUAGES, ReportRequest

_DATES = ("opened_at", "opens_on", "submissions_due_on", "clearances_due_on", "closes_on")
_TYPES = {"html": OpenApiTypes.STR, "json": OpenApiTypes.OBJECT}
_SHOWN_IN_BROWSERS = frozenset({"html", "pdf"})


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


class NamedByAddress(BaseContentNegotiation):
    """The address says the format; what a browser says it accepts changes nothing."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser:
        return next(iter(parsers))

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, first.media_type


class ReviewReportFiles(Noun):
    """A review report as a file. Its ETag is the fingerprint that every format carries: 304 while nothing changes."""

    tag = "What States report"
    shape = ReviewReports.shape
    public_actions = frozenset({"file"})
    content_negotiation_class = NamedByAddress

    @extend_schema(
        operation_id="review_reports_file",
        parameters=[
            OpenApiParameter("extension", str, OpenApiParameter.PATH, enum=list(RENDERERS)),
            OpenApiParameter("audience", str, enum=AUDIENCES, description="Whose report; `public` where left out."),
            OpenApiParameter("language", str, enum=LANGUAGES, description="`en` where left out."),
        ],
        responses={
            **{
                (200, one.media_type.split(";")[0]): _TYPES.get(name, OpenApiTypes.BINARY)
                for name, one in RENDERERS.items()
            },
            304: OpenApiResponse(description="You have this one already."),
            **{int(code): OpenApiResponse(ProblemSerializer, MEANINGS[code]) for code in ("400", "403", "404", "429")},
        },
    )
    def file(self, request: Request, key: str, extension: str) -> HttpResponse:
        """The review report of a cycle as HTML, DOCX, PDF, XLSX or JSON, made from what is released to its audience."""
        asked = ReportRequest(key, **read_parameters(request, ("audience", "language")))
        _check_audience(self.mandate, asked.audience)
        if (renderer := RENDERERS.get(extension)) is None:
            raise NotVisible()
        document = asked.document()
        etag = f'"{document.fingerprint}"'
        if is_known(request, etag):
            return _kept(not_modified(etag), asked)
        response = HttpResponse(renderer.render(document), content_type=renderer.media_type)
        response["ETag"] = etag
        response["Content-Language"] = asked.language
        response["Content-Disposition"] = _disposition(renderer, asked)
        if renderer.name == "html":
            _allow_own_style(response)
        return _kept(response, asked)


def _check_audience(mandate: Mandate, audience: str) -> None:
    """A report for an audience is for those who belong to it, whichever State the words come from."""
    if audience not in mandate.audiences:
        raise Forbidden()


def _kept(response: HttpResponse, asked: ReportRequest) -> HttpResponse:
    """A public report may be kept, but asked for each time: what a State withdraws disappears at once."""
    if asked.audience == Audience.PUBLIC:
        response["Cache-Control"] = "public, no-cache"
    return response


def _disposition(renderer: Renderer, asked: ReportRequest) -> str:
    place = "inline" if renderer.name in _SHOWN_IN_BROWSERS else "attachment"
    return f'{place}; filename="{asked.file_name(renderer.extension)}"'


def _allow_own_style(response: HttpResponse) -> None:
    """The page carries its stylesheet within, to be saved and sent; the policy names it by its hash."""
    digest = base64.b64encode(sha256(stylesheet().encode()).digest()).decode()
    response._csp_update = {"style-src": ["'self'", f"'sha256-{digest}'"]}  # type: ignore[attr-defined]
