"""Routes of reports, below /api/v1/."""

from __future__ import annotations

from typing import Any

from django.urls import path

from commitments.api.views import Noun
from reporting.api.catalogue import ReportCatalogue
from reporting.api.contributions import ContributionFiles, Contributions
from reporting.api.editions import EditionFiles, Editions
from reporting.api.figures import ReportFigures, ReportPreview
from reporting.api.files import ReportFiles
from reporting.api.passages import Passages, PassageVersions
from reporting.api.recommendations import Recommendations
from reporting.api.remarks import Remarks
from reporting.api.reports import STEPS_TAKE, Reports
from reporting.api.seats import Seats
from reporting.api.sections import ReportSections
from reporting.api.signatures import Signatures
from reporting.api.views import ReviewReportFiles, ReviewReports

FILE = "<str:key>.<slug:extension>"


def _noun(place: str, view: type[Noun], many: str, single: str, *, key: str = "str", **writes: dict[str, str]) -> list:
    """The list and the detail of a noun, with further methods by place: `on_list`, `on_one`."""
    listed: dict[str, Any] = {"get": "list", **writes.get("on_list", {})}
    one: dict[str, Any] = {"get": "retrieve", **writes.get("on_one", {})}
    return [
        path(f"{place}/", view.as_view(listed), name=many),
        path(f"{place}/<{key}:key>/", view.as_view(one), name=single),
    ]


def _beside(
    place: str, view: type[Noun], word: str, method: str, action: str, *, key: str = "str", **facts: Any
) -> Any:
    """What is read of one row, or done to it."""
    return path(f"{place}/<{key}:key>/{word}/", view.as_view({method: action}, **facts), name=f"{place}-{word}")


EDITED = {"patch": "partial_update", "delete": "destroy"}
ADDED = {"post": "create"}

urlpatterns = [
    path("review-reports/", ReviewReports.as_view({"get": "list"}), name="review-reports"),
    path("review-reports/<slug:key>/", ReviewReports.as_view({"get": "retrieve"}), name="review-report"),
    path(
        "review-reports/<slug:key>.<slug:extension>",
        ReviewReportFiles.as_view({"get": "file"}),
        name="review-report-file",
    ),
    path("reports/catalogue.jsonld", ReportCatalogue.as_view({"get": "catalogue"}), name="report-catalogue"),
    *_noun("reports", Reports, "reports", "report", on_list=ADDED, on_one={"patch": "partial_update"}),
    *[_beside("reports", Reports, step, "post", "step", move_name=step) for step in STEPS_TAKE],
    _beside("reports", ReportSections, "sections", "get", "sections"),
    _beside("reports", ReportFigures, "figures", "get", "figures"),
    _beside("reports", ReportPreview, "preview", "post", "preview"),
    *_noun("passages", Passages, "passages", "passage", key="uuid", on_list=ADDED, on_one=EDITED),
    _beside("passages", Passages, "move", "post", "move", key="uuid"),
    _beside("passages", Passages, "restore", "post", "restore", key="uuid"),
    path("passage-versions/", PassageVersions.as_view({"get": "list"}), name="passage-versions"),
    *_noun("seats", Seats, "seats", "seat", on_list=ADDED, on_one={"delete": "destroy"}),
    *_noun(
        "recommendations", Recommendations, "recommendations", "recommendation", key="uuid",
        on_list=ADDED, on_one=EDITED,
    ),
    *_noun("remarks", Remarks, "remarks", "remark", key="uuid", on_list=ADDED),
    _beside("remarks", Remarks, "answer", "post", "answer_remark", key="uuid"),
    *_noun("editions", Editions, "editions", "edition"),
    _beside("editions", Editions, "snapshot", "get", "snapshot"),
    _beside("editions", Editions, "drift", "get", "drift"),
    path(f"editions/{FILE}", EditionFiles.as_view({"get": "file"}), name="edition-file"),
    *_noun("report-files", ReportFiles, "report-files", "report-file", key="uuid", on_list=ADDED),
    _beside("report-files", ReportFiles, "content", "get", "file", key="uuid"),
    *_noun(
        "contributions", Contributions, "contributions", "contribution", on_one={"patch": "partial_update"}
    ),
    _beside("contributions", Contributions, "sign", "post", "sign"),
    path(f"contributions/{FILE}", ContributionFiles.as_view({"get": "file"}), name="contribution-file"),
    *_noun("signatures", Signatures, "signatures", "signature"),
]  # fmt: skip
