"""Routes of reports, below /api/v1/."""

from __future__ import annotations

from django.urls import path

from reporting.api.views import ReviewReportFiles, ReviewReports

urlpatterns = [
    path("review-reports/", ReviewReports.as_view({"get": "list"}), name="review-reports"),
    path("review-reports/<slug:key>/", ReviewReports.as_view({"get": "retrieve"}), name="review-report"),
    path(
        "review-reports/<slug:key>.<slug:extension>",
        ReviewReportFiles.as_view({"get": "file"}),
        name="review-report-file",
    ),
]
