"""Files made in the background: asked for, watched, fetched by whoever asked."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from rest_framework.request import Request

from commitments.api import filters, types
from commitments.api.answers import answer
from commitments.api.asking import read_parameters, refuse
from commitments.api.keys import only, row_given
from commitments.api.shapes import Column, Gathered, Row, Shape
from commitments.api.views import Noun, Write
from commitments.api.writing import once
from commitments.errors import WrongStatus
from commitments.mandates import Mandate
from reporting.api import bodies
from reporting.api.editions import EDITION_PATHS
from reporting.api.figures import known_language
from reporting.api.working import TAG, OfReport, in_the_making
from reporting.background import ask_for_file, content_of, name_of_file
from reporting.models import Edition, Report, ReportFile
from reporting.renderers import RENDERERS
from reporting.reports import LANGUAGES

UNDER_WAY = (ReportFile.Status.WAITING, ReportFile.Status.BEGUN)


def _edition_key(slug: str, number: int | None) -> str | None:
    return None if number is None else f"{slug}:{number}"


def links(rows: list[Row], mandate: Mandate) -> list[dict[str, str]]:
    def of(row: Row) -> dict[str, str]:
        place = reverse("report-file", args=[row["uid"]])
        return {"self": place} | ({"content": f"{place}content/"} if row["status"] == ReportFile.Status.READY else {})

    return [of(row) for row in rows]


class ReportFileFilters(FilterSet):
    report = OfReport()
    status = filters.OneOf("status", ReportFile.Status.choices)


class ReportFiles(Noun):
    """Files that you have asked for, of what you may still read."""

    tag = TAG
    model = ReportFile
    filterset = ReportFileFilters
    writes = {"create": Write(bodies.AskForFile, ("format",), status=202)}
    orderings = {"asked_at": ("asked_at", "uid")}
    file_types = tuple(one.media_type.split(";")[0] for one in RENDERERS.values())
    own_refusals = {"file": ("409",)}  # not made yet
    shape = Shape(
        "ReportFile",
        (
            Column("uid", "uid", types.uid()),
            Column("report", "report__slug", types.text()),
            Column(
                "edition",
                ("report__slug", "edition__number"),
                types.text("Null for a report as it stands.", allow_null=True),
                make=_edition_key,
            ),
            Column("format", "file_format", types.text()),
            Column("language", "language", types.text()),
            Column("status", "status", types.one_of(ReportFile.Status)),
            Column("progress", "progress", types.number("Per cent.")),
            Column("message", "message", types.text("Why it could not be made.")),
            Column("asked_at", "asked_at", types.instant()),
            Column("finished_at", "finished_at", types.instant(null=True)),
            Column("sha256", "sha256", types.text("Of the bytes.")),
            Column("fingerprint", "fingerprint", types.text("Of the document, the same in every format.")),
            Gathered("links", types.thing("`content` once it is ready."), links, needs=("uid", "status")),
        ),
    )

    def create(self, request: Request) -> HttpResponse:
        """Ask for a file of an edition, or of a report as it stands. Location says where to see how far it is."""
        return once(request, self._ask)

    def file(self, request: Request, key: str) -> HttpResponseBase:
        """The bytes, as an attachment. 409 while they are not ready: see `current_status` and `progress`."""
        read_parameters(request, ())
        file = only(self.by_key(str(key), {}).select_related("report__cycle__plan", "report__member_state", "edition"))
        if file.status != ReportFile.Status.READY:
            raise _not_ready(file)
        content, media_type = content_of(file), RENDERERS[file.file_format].media_type
        if content is None:
            raise _not_ready(file)
        response = FileResponse(content, as_attachment=True, filename=name_of_file(file), content_type=media_type)
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response

    def _ask(self) -> HttpResponse:
        body = self.body()
        report, edition = self._subject(body)
        file_format, language = _known_format(body["format"]), known_language(body.get("language", LANGUAGES[0]))
        under_way: QuerySet = self.rows().filter(
            report=report, edition=edition, file_format=file_format, language=language, status__in=UNDER_WAY
        )
        file = under_way.first() or ask_for_file(report, file_format, language, by=self.person, edition=edition)
        row = self.read_one(self.rows().filter(pk=file.pk))
        return answer(row, status=202, location=reverse("report-file", args=[file.uid]))

    def _subject(self, body: dict[str, Any]) -> tuple[Report, Edition | None]:
        """What the file is of: an edition that the caller sees, or a report with its workings."""
        given = [name for name in ("edition", "report") if body.get(name) is not None]
        if len(given) != 1:
            raise refuse("edition", "required", _("Name an edition or a report, and not both."))
        if given == ["report"]:
            return row_given(in_the_making(self.mandate), ("slug",), "report", body["report"]), None
        editions = Edition.objects.visible_to(self.mandate).select_related("report")
        edition = row_given(editions, EDITION_PATHS, "edition", body["edition"])
        return edition.report, edition


def _known_format(value: Any) -> str:
    if value not in tuple(RENDERERS):
        raise refuse("format", "choice", _("One of: %(choices)s.") % {"choices": ", ".join(RENDERERS)})
    return value


def _not_ready(file: ReportFile) -> WrongStatus:
    return WrongStatus(
        file.message or _("This file is not ready yet. Ask again soon."),
        status=str(file.status),
        progress=file.progress,
        allowed_moves=[],
    )
