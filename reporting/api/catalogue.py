"""The catalogue of issued reports as DCAT 3 in JSON-LD: what open-data portals read."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request

from commitments.api.answers import answer, public
from commitments.api.asking import read_parameters
from commitments.api.schema import refusals
from commitments.api.views import Noun
from commitments.mandates import NOBODY
from commitments.models import MemberState
from reporting.api.delivery import NamedByAddress
from reporting.api.editions import Editions
from reporting.api.working import TAG
from reporting.models import Edition, Kind
from reporting.renderers import RENDERERS
from reporting.renderers.dcat import Catalogue, CataloguedFile, CataloguedReport, dcat
from reporting.reports import LANGUAGES

JSON_LD = "application/ld+json"


class ReportCatalogue(Noun):
    """The last edition of every report issued to everybody, each format and language with its address."""

    tag = TAG
    model = Edition
    shape = Editions.shape
    public_actions = frozenset({"catalogue"})
    content_negotiation_class = NamedByAddress

    @extend_schema(
        operation_id="reports_catalogue",
        responses={
            (200, JSON_LD): OpenApiResponse(OpenApiTypes.OBJECT, "DCAT 3."),
            304: OpenApiResponse(description="You have this one already."),
            **refusals("400", "429"),
        },
    )
    def catalogue(self, request: Request) -> HttpResponseBase:
        """What has been issued to everybody, for data portals."""
        read_parameters(request, ())
        issued = Edition.objects.visible_to(NOBODY)
        last = issued.values("report").annotate(Max("pk")).values("pk__max")
        rows = issued.filter(pk__in=last).select_related("report__cycle", "report__member_state")
        about = Catalogue(request.build_absolute_uri(), _in_each(lambda: _("Reports on the Joint Plan of Action")))
        content = dcat(about, [self._report(row) for row in rows])
        return public(request, answer(content, content_type=JSON_LD), 0)

    def _report(self, edition: Edition) -> CataloguedReport:
        report = edition.report
        files = tuple(
            CataloguedFile(
                name, language, self._address("edition-file", edition.key, one.extension) + f"?language={language}"
            )
            for name, one in RENDERERS.items()
            for language in LANGUAGES
        )
        return CataloguedReport(
            address=self._address("edition", edition.key),
            identifier=edition.key,
            titles=_in_each(lambda: _title(Kind(report.kind).label, report.cycle, report.member_state)),
            issued_on=edition.dated_on,
            begins_on=report.cycle.opens_on,
            ends_on=report.cycle.closes_on,
            version=str(edition.number),
            files=files,
        )

    def _address(self, name: str, *key: str) -> str:
        return self.request.build_absolute_uri(reverse(name, args=key))


def _title(kind: Any, cycle: Any, state: MemberState | None) -> str:
    return ", ".join(str(part) for part in (kind, state, cycle) if part)


def _in_each(text: Any) -> tuple[tuple[str, str], ...]:
    """A text in every language of reports."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append((language, str(text())))
    return tuple(found)
