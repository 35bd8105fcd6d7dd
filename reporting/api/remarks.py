"""The fact check: what States say of the paragraphs of a circulated draft, and how each comment was met."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from rest_framework.request import Request

from commitments.api import filters, types
from commitments.api.answers import answer
from commitments.api.asking import refuse
from commitments.api.keys import only, state_given
from commitments.api.shapes import Column, Row, Shape, Telling, join_key
from commitments.api.views import Noun, Write
from commitments.api.writing import once
from commitments.errors import Forbidden
from commitments.mandates import Mandate
from commitments.models import MemberState
from commitments.readings import Words
from reporting.api import bodies
from reporting.api.working import TAG, OfReport, report_given
from reporting.models import Remark, Verdict
from reporting.readings import remark_words


def mask(row: Row, mandate: Mandate) -> None:
    """Who of the secretariat answered is the secretariat's to know."""
    if "answered_by" in row and not mandate.is_secretariat:
        row["answered_by"] = None


def words_told(rows: list[Row]) -> list[Words]:
    return [remark_words(row["_state_id"], row["_cycle"], row["uid"]) for row in rows]


class RemarkFilters(FilterSet):
    report = OfReport()
    member_state = filters.of_state("member_state")
    verdict = filters.OneOf("verdict", Verdict.choices)
    is_answered = filters.YesNo(method="by_answer")

    def by_answer(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        return queryset.exclude(verdict="") if value else queryset.filter(verdict="")


class Remarks(Noun):
    """Comments on circulated drafts: a State's own, and all for the secretariat. All others read them once issued."""

    tag = TAG
    model = Remark
    filterset = RemarkFilters
    writes = {
        "create": Write(bodies.MakeRemark, ("report", "paragraph", "text"), status=201),
        "answer_remark": Write(bodies.AnswerRemark, ("verdict", "reason")),
    }
    orderings = {"made_at": ("made_at", "uid")}
    shape = Shape(
        "Remark",
        (
            Column("_state_id", "member_state_id"),
            Column("_cycle", "report__cycle__slug"),
            Column("uid", "uid", types.uid()),
            Column("report", "report__slug", types.text()),
            Column("edition", ("report__slug", "edition__number"), types.text("Of the draft."), make=join_key),
            Column("member_state", "member_state__iso_alpha3", types.text()),
            Column("paragraph", "paragraph", types.text("Its number in the draft.")),
            Column("text", "text", types.text()),
            Column("language", "language", types.language()),
            Column("made_by", "made_by__full_name", types.text()),
            Column("made_at", "made_at", types.instant()),
            Column("verdict", "verdict", types.one_of(Verdict, "How it was met; empty until then.", blank=True)),
            Column("reason", "reason", types.text("Why.")),
            Column("answered_by", "answered_by__full_name", types.text("For the secretariat.", allow_null=True)),
            Column("answered_at", "answered_at", types.instant(null=True)),
        ),
        mask=mask,
        telling=Telling(frozenset({"text"}), words_told, ("_state_id", "_cycle", "uid")),
    )

    def create(self, request: Request) -> HttpResponse:
        """Comment on a paragraph for the State that you coordinate."""
        return once(request, self._make)

    def answer_remark(self, request: Request, key: str) -> HttpResponse:
        """Say whether a comment is accepted, and why. For the secretariat's editors."""
        return once(request, lambda: self._answer(str(key)))

    def _make(self) -> HttpResponse:
        body = self.body()
        if not self.mandate.coordinated_state_ids:
            raise Forbidden()  # before the key is looked up
        report = report_given(self.mandate, body["report"])
        remark = Remark.make(
            report,
            body["paragraph"],
            body["text"],
            by=self.person,
            member_state=self._state(body.get("member_state")),
            language=body.get("language", "en"),
        )
        row = self.read_one(self.rows().filter(pk=remark.pk))
        return answer(row, status=201, location=reverse("remark", args=[remark.uid]))

    def _state(self, value: Any) -> MemberState:
        """The State named, or the only one that the caller coordinates."""
        if value is not None:
            return state_given("member_state", value)
        own = list(MemberState.objects.filter(pk__in=self.mandate.coordinated_state_ids)[:2])
        if len(own) > 1:
            raise refuse("member_state", "required", _("Say for which Member State."))
        return own[0]

    def _answer(self, key: str) -> HttpResponse:
        remark = only(self.by_key(key, {}).select_related("report__cycle__plan", "member_state"))
        words = self.body()
        remark.answer(words["verdict"], words["reason"], by=self.person)
        return answer(self.read_one(self.rows().filter(pk=remark.pk)))
