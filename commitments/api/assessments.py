"""The secretariat's reading of a revision, beside the State's words, and the State's reply."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django_filters import FilterSet
from rest_framework.request import Request

from commitments.api import bodies, filters, types
from commitments.api.answers import answer
from commitments.api.keys import REVISION_PATHS, UPDATE_PATHS, only, row_given
from commitments.api.shapes import Column, Row, Shape, Telling, join_key
from commitments.api.views import Noun, Write
from commitments.api.writing import once
from commitments.errors import Forbidden
from commitments.models import Assessment, Revision
from commitments.readings import Kind, Words


def words_told(rows: list[Row]) -> list[Words]:
    return [Words(row["_state_id"], Kind.OBSERVATIONS, row["update"], row["_number"], str(row["uid"])) for row in rows]


class AssessmentFilters(FilterSet):
    update = filters.Keyed(UPDATE_PATHS, "revision__")
    revision = filters.Keyed(REVISION_PATHS, "revision__")
    cycle = filters.of_cycle("revision__cycle")
    member_state = filters.of_state("revision__commitment__member_state")
    is_replied = filters.YesNo(method="by_reply")

    def by_reply(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        return queryset.exclude(reply="") if value else queryset.filter(reply="")


class Assessments(Noun):
    """Observations of the secretariat, for itself and for the State concerned."""

    tag = "What States report"
    model = Assessment
    filterset = AssessmentFilters
    writes = {
        "create": Write(bodies.Observe, ("revision",), status=201),
        "reply": Write(bodies.Reply),
    }
    orderings = {"made_at": ("made_at", "uid")}
    shape = Shape(
        "Assessment",
        (
            Column("_state_id", "revision__commitment__member_state_id"),
            Column("_number", "revision__number"),
            Column("uid", "uid", types.uid()),
            Column(
                "update",
                tuple(f"revision__{path}" for path in UPDATE_PATHS),
                types.text("Key of the update."),
                make=join_key,
            ),
            Column(
                "revision",
                tuple(f"revision__{path}" for path in REVISION_PATHS),
                types.text("Key of the revision."),
                make=join_key,
            ),
            Column("observations", "observations", types.text()),
            Column("made_by", "made_by_name", types.text()),
            Column("made_at", "made_at", types.instant()),
            Column("reply", "reply", types.text("The State's, once.")),
            Column("replied_by", "replied_by__full_name", types.text(allow_null=True)),
            Column("replied_at", "replied_at", types.instant(null=True)),
        ),
        telling=Telling(frozenset({"observations", "reply"}), words_told, ("_state_id", "_number", "uid", "update")),
    )

    def create(self, request: Request) -> HttpResponse:
        """Write down what the secretariat observes in a revision."""
        return once(request, self._make)

    def reply(self, request: Request, key: str) -> HttpResponse:
        """The national coordinator's reply, once."""
        return once(request, lambda: self._reply(str(key)))

    def _make(self) -> HttpResponse:
        body = self.body()
        if not self.mandate.is_secretariat:
            raise Forbidden()  # before the key is looked up
        revision = row_given(Revision.objects.visible_to(self.mandate), REVISION_PATHS, "revision", body["revision"])
        made = Assessment.make(revision, by=self.person, observations=body.get("observations", ""))
        row = self.read_one(self.rows().filter(pk=made.pk))
        return answer(row, status=201, location=reverse("assessment", args=[made.uid]))

    def _reply(self, key: str) -> HttpResponse:
        assessment = only(self.by_key(key, {}))
        assessment.answer(by=self.person, reply=self.body().get("reply", ""))
        return answer(self.read_one(self.rows().filter(pk=assessment.pk)))
