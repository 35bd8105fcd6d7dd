"""Commitments: who leads what in a State, and what it plans. The State's own officers read them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from rest_framework.request import Request

from commitments.api import bodies, filters, types
from commitments.api.answers import answer
from commitments.api.asking import refuse
from commitments.api.keys import AGENCY_PATHS, COMMITMENT_PATHS, agency_given, only, plan_named
from commitments.api.plan import gathered
from commitments.api.shapes import Column, Gathered, Row, Shape, Telling, join_key
from commitments.api.views import Noun, Write
from commitments.api.writing import version_read
from commitments.errors import NotVisible, Refused, StaleVersion
from commitments.mandates import Mandate
from commitments.models import Commitment
from commitments.models.plan import Addressee
from commitments.readings import Kind, Words

MAX_AGENCIES = 100


def _agency_key(state: str | None, slug: str | None) -> str | None:
    return f"{state}:{slug}" if slug else None


def _written(text: str | None) -> str:
    return text or ""


def _contributing(rows: list[Row], mandate: Mandate) -> list[list[str]]:
    read = gathered(
        Commitment.contributing_agencies.through,
        "commitment",
        {"state": "agency__member_state__iso_alpha3", "slug": "agency__slug"},
        ["agency__slug"],
    )
    return [[join_key(*agency.values()) for agency in agencies] for agencies in read(rows, mandate)]


def words_told(rows: list[Row]) -> list[Words]:
    return [Words(row["_state_id"], Kind.PLANNED, row["key"], row["version"]) for row in rows]


class CommitmentFilters(FilterSet):
    member_state = filters.of_state("member_state")
    pillar = filters.of_pillar_of_item("action_item")
    objective = filters.of_objective_of_item("action_item")
    action_item = filters.of_item("action_item")
    addressee = filters.OneOf("action_item__addressee", Addressee.choices)
    agency = filters.AgencyNamed()


class Commitments(Noun):
    """Your State's commitments. The national coordinator assigns agencies and writes the plan."""

    tag = "What States report"
    model = Commitment
    key_paths = COMMITMENT_PATHS
    filterset = CommitmentFilters
    extra_parameters = detail_parameters = {"plan": "Slug of the edition; the latest where it is left out."}
    writes = {"partial_update": Write(bodies.ChangeCommitment, is_versioned=True)}
    orderings = {
        "action_item": ("action_item__position", "member_state_id", "pk"),
        "member_state": ("member_state__name", "action_item__position", "pk"),
    }
    shape = Shape(
        "Commitment",
        (
            Column("_pk", "pk"),
            Column("_state_id", "member_state_id"),
            Column("key", COMMITMENT_PATHS, types.text("`KAZ:I.1.1`"), make=join_key),
            Column("member_state", "member_state__iso_alpha3", types.text()),
            Column("action_item", "action_item__code", types.text()),
            Column("plan", "action_item__plan__slug", types.text()),
            Column("short_title", "action_item__short_title", types.text()),
            Column("pillar", "action_item__objective__pillar__code", types.text()),
            Column("objective", "action_item__objective__code", types.text()),
            Column("addressee", "action_item__addressee", types.one_of(Addressee)),
            Column(
                "lead_agency",
                tuple(f"lead_agency__{path}" for path in AGENCY_PATHS),
                types.text("`KAZ:interior`", allow_null=True),
                make=_agency_key,
            ),
            Gathered("contributing_agencies", types.codes(), _contributing),
            Column("planned_measures", "planned__planned_measures", types.text(), make=_written),
            Column("target_on", "planned__target_on", types.day(null=True)),
            Column(
                "place_in_strategy",
                "planned__place_in_strategy",
                types.text("Where the national strategy has it."),
                make=_written,
            ),
            Column("version", "version", types.number("What If-Match must name.")),
        ),
        telling=Telling(
            frozenset({"planned_measures", "place_in_strategy"}), words_told, ("_state_id", "key", "version")
        ),
    )

    def narrowed(self, queryset: QuerySet, parameters: dict[str, str]) -> QuerySet:
        return queryset.filter(action_item__plan=plan_named(parameters.get("plan")))

    def by_key(self, key: str, parameters: dict[str, str]) -> QuerySet:
        return self.narrowed(super().by_key(key, parameters), parameters)

    def version_of(self, row: Row) -> int | None:
        return row["version"]

    def partial_update(self, request: Request, key: str) -> HttpResponse:
        """Assign agencies, write what is planned: only what is given is changed."""
        commitment = only(self.by_key(key, request.GET.dict()))
        changes = self._changes(self.body())
        try:
            commitment.change(by=self.person, version=version_read(request), **changes)
        except Refused as refusal:
            self._tell_state(refusal, commitment)
            raise
        row = self.read_one(self.rows().filter(pk=commitment.pk))
        return answer(row, version=commitment.version)

    def _changes(self, body: dict[str, Any]) -> dict[str, Any]:
        """The body with keys of agencies resolved, among those the caller can see."""
        person = self.person
        if body.get("lead_agency") is not None:
            body["lead_agency"] = agency_given("lead_agency", body["lead_agency"], person)
        if "contributing_agencies" in body:
            given = body["contributing_agencies"]
            if not isinstance(given, list) or len(given) > MAX_AGENCIES:
                raise refuse("contributing_agencies", "list", _("A list of keys of agencies."))
            body["contributing_agencies"] = [agency_given("contributing_agencies", key, person) for key in given]
        return body

    def _tell_state(self, refusal: Refused, commitment: Commitment) -> None:
        if isinstance(refusal, NotVisible):
            return
        refusal.facts.setdefault("version", commitment.version)
        if isinstance(refusal, StaleVersion):
            refusal.facts["current"] = self.read_one(self.rows().filter(pk=commitment.pk))
