"""Routes of the API: nouns in the plural, natural keys, one POST for each move."""

from __future__ import annotations

from typing import Any

from django.urls import path

from commitments.api.assessments import Assessments
from commitments.api.commitments import Commitments
from commitments.api.cycles import Cycles
from commitments.api.evidence import EvidenceOfUpdates
from commitments.api.history import Events, Revisions
from commitments.api.matrix import StatusMatrix
from commitments.api.me import Me
from commitments.api.partners import PartnerActivities
from commitments.api.plan import ActionItems, Objectives, Pillars, Plans, Roadmap
from commitments.api.published import PublishedUpdates
from commitments.api.readings import Readings
from commitments.api.states import Agencies, Appointments, MemberStates
from commitments.api.updates import MOVES, Updates
from commitments.api.views import Noun

LIST: dict[str, Any] = {"get": "list"}
ONE: dict[str, Any] = {"get": "retrieve"}


def _noun(place: str, view: type[Noun], many: str, single: str, *, key: str = "str", **extra: dict[str, str]) -> list:
    """The list and the detail of a noun, with further methods by place: `on_list`, `on_one`."""
    return [
        path(f"{place}/", view.as_view(LIST | extra.get("on_list", {})), name=many),
        path(f"{place}/<{key}:key>/", view.as_view(ONE | extra.get("on_one", {})), name=single),
    ]


def _verb(place: str, view: type[Noun], verb: str, action: str, *, key: str = "str", **facts: Any) -> Any:
    return path(f"{place}/<{key}:key>/{verb}/", view.as_view({"post": action}, **facts), name=f"{place}-{verb}")


urlpatterns = [
    *_noun("plans", Plans, "plans", "plan"),
    *_noun("pillars", Pillars, "pillars", "pillar"),
    *_noun("objectives", Objectives, "objectives", "objective"),
    *_noun("action-items", ActionItems, "action-items", "action-item"),
    *_noun("roadmap", Roadmap, "roadmap", "roadmap-provision"),
    *_noun("member-states", MemberStates, "member-states", "member-state"),
    *_noun("partner-activities", PartnerActivities, "partner-activities", "partner-activity"),
    *_noun("cycles", Cycles, "cycles", "cycle", on_list={"post": "create"}),
    _verb("cycles", Cycles, "move-dates", "move_dates"),
    _verb("cycles", Cycles, "open", "open"),
    _verb("cycles", Cycles, "extend", "extend"),
    *_noun("published-updates", PublishedUpdates, "published-updates", "published-update"),
    path("status-matrix/", StatusMatrix.as_view({"get": "show"}), name="status-matrix"),
    path("me/", Me.as_view({"get": "show"}), name="me"),
    *_noun("commitments", Commitments, "commitments", "commitment", on_one={"patch": "partial_update"}),
    *_noun("updates", Updates, "updates", "update", on_one={"patch": "partial_update"}),
    *[_verb("updates", Updates, move, "move", move_name=move) for move in MOVES],
    *_noun("revisions", Revisions, "revisions", "revision"),
    *_noun("events", Events, "events", "event", key="uuid"),
    *_noun("evidence", EvidenceOfUpdates, "evidence-list", "evidence", key="uuid", on_list={"post": "create"}),
    _verb("evidence", EvidenceOfUpdates, "retire", "retire", key="uuid"),
    path("evidence/<uuid:key>/file/", EvidenceOfUpdates.as_view({"get": "file"}), name="evidence-file"),
    *_noun("assessments", Assessments, "assessments", "assessment", key="uuid", on_list={"post": "create"}),
    _verb("assessments", Assessments, "reply", "reply", key="uuid"),
    *_noun("readings", Readings, "readings", "reading", key="uuid"),
    *_noun("agencies", Agencies, "agencies", "agency"),
    *_noun("appointments", Appointments, "appointments", "appointment", key="uuid", on_list={"post": "create"}),
    _verb("appointments", Appointments, "retire", "retire", key="uuid"),
]
