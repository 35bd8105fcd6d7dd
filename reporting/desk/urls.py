"""Routes of the desk for reports, below /desk/."""

from __future__ import annotations

from django.urls import path

from reporting.desk import contributions, draft, figures, files, life, overview, passages, recommendations, sections

ONE = "reports/<slug:slug>/"
PLACE = f"{ONE}sections/<slug:section>/"
PASSAGE = f"{ONE}passages/<uuid:uid>/"
CONTRIBUTION = "contributions/<slug:cycle>/<str:state>/"

urlpatterns = [
    path("reports/", overview.overview, name="desk-reports"),
    path("reports/begin/", overview.begin_report, name="desk-begin"),
    path("reports/files/<uuid:uid>/", files.download, name="desk-file"),
    path("reports/files/<uuid:uid>/progress/", files.progress, name="desk-file-progress"),
    path(ONE, life.report, name="desk-report"),
    path(f"{ONE}steps/<slug:name>/", life.step, name="desk-step"),
    path(f"{ONE}masthead/", life.masthead, name="desk-masthead"),
    path(f"{ONE}files/", files.ask, name="desk-ask"),
    path(PLACE, sections.section, name="desk-section"),
    path(f"{PLACE}seat/", sections.sit, name="desk-seat"),
    path(f"{PLACE}leave/", sections.leave, name="desk-leave"),
    path(f"{PLACE}passages/", passages.add, name="desk-passage-add"),
    path(PASSAGE, passages.save, name="desk-passage"),
    path(f"{PASSAGE}move/", passages.move, name="desk-passage-move"),
    path(f"{PASSAGE}retire/", passages.retire, name="desk-passage-retire"),
    path(f"{PASSAGE}restore/", passages.restore, name="desk-passage-restore"),
    path(f"{PASSAGE}versions/", passages.versions, name="desk-passage-versions"),
    path(f"{ONE}recommendations/", recommendations.recommendations, name="desk-recommendations"),
    path(f"{ONE}recommendations/<uuid:uid>/", recommendations.save, name="desk-recommendation"),
    path(f"{ONE}recommendations/<uuid:uid>/retire/", recommendations.retire, name="desk-recommendation-retire"),
    path(f"{ONE}recommendations/<uuid:uid>/follow-up/", recommendations.follow_up, name="desk-follow-up"),
    path(f"{ONE}draft/", draft.draft, name="desk-draft"),
    path(f"{ONE}draft/comment/", draft.comment, name="desk-comment"),
    path(f"{ONE}draft/remarks/", draft.remark, name="desk-remark"),
    path(f"{ONE}draft/remarks/<uuid:uid>/", draft.answer, name="desk-answer"),
    path(f"{ONE}figures/", figures.figures, name="desk-figures"),
    path(f"{ONE}preview/", draft.preview, name="desk-preview"),
    path(CONTRIBUTION, contributions.contribution, name="desk-contribution"),
    path(f"{CONTRIBUTION}sign/", contributions.sign, name="desk-sign"),
    path(f"{CONTRIBUTION}files/<slug:language>.<slug:file_format>", contributions.national_file, name="desk-national"),
]
