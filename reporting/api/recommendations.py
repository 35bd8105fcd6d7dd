"""Recommendations of reports in the making, and what became of those of earlier ones."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from rest_framework import serializers
from rest_framework.request import Request

from commitments.api import bodies as common
from commitments.api import filters, types
from commitments.api.answers import answer
from commitments.api.asking import refuse
from commitments.api.keys import only
from commitments.api.shapes import Column, Shape
from commitments.api.views import Write
from commitments.api.writing import once, version_read
from commitments.errors import Forbidden
from reporting.api import bodies
from reporting.api.working import OfReport, Working, report_given, uid_given
from reporting.models import Addressee, Outcome, Recommendation, Report


class RecommendationFilters(FilterSet):
    report = OfReport()
    addressee = filters.OneOf("addressee", Addressee.choices)
    outcome = filters.OneOf("outcome", Outcome.choices)
    is_follow_up = filters.YesNo(method="by_follow_up", label="What became of an earlier recommendation.")
    is_retired = filters.YesNo(method="by_retirement", label="Taken out of the report; without this, those that stand.")

    def by_follow_up(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        return queryset.filter(follows__isnull=not value)

    def by_retirement(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        return queryset.filter(retired_at__isnull=not value)


class Recommendations(Working):
    """Recommendations as they are written. For the secretariat; everybody reads them in the issued editions."""

    model = Recommendation
    filterset = RecommendationFilters
    writes = {
        "create": Write(bodies.AddRecommendation, ("report",), status=201),
        "partial_update": Write(bodies.EditRecommendation, is_versioned=True),
        "destroy": Write(common.Nothing, is_versioned=True),
    }
    orderings = {"position": ("report__slug", "position", "pk")}
    shape = Shape(
        "Recommendation",
        (
            Column("uid", "uid", types.uid()),
            Column("report", "report__slug", types.text()),
            Column("position", "position", types.number("Its number, for ever; of a follow-up, that of the earlier.")),
            Column(
                "follows",
                "follows__uid",
                serializers.UUIDField(allow_null=True, help_text="The earlier recommendation that this is about."),
            ),
            Column("follows_report", "follows__report__slug", types.text("Where that one stands.", allow_null=True)),
            Column("text", "text", types.text()),
            Column("addressee", "addressee", types.one_of(Addressee, "Of a recommendation; a follow-up has none.")),
            Column("items", "items", types.codes("Action items or roadmap provisions.")),
            Column("outcome", "outcome", types.one_of(Outcome, "Of a follow-up.", blank=True)),
            Column("translations", "translations", types.thing("{language: {text}}")),
            Column("version", "version", types.number("What If-Match must name.")),
            Column("retired_at", "retired_at", types.instant(null=True)),
        ),
    )

    def narrowed(self, queryset: QuerySet, parameters: dict[str, str]) -> QuerySet:
        return queryset if "is_retired" in parameters else queryset.filter(retired_at=None)

    def create(self, request: Request) -> HttpResponse:
        """Recommend, or (with `follows`) say what became of a recommendation of an earlier report."""
        return once(request, self._add)

    def partial_update(self, request: Request, key: str) -> HttpResponse:
        """Only what is given is changed."""
        one = self._found(key)
        words = self.body()
        self.written(one, lambda: one.edit(by=self.person, version=version_read(request), **words))
        return answer(self.read_one(self.rows().filter(pk=one.pk)), version=one.version)

    def destroy(self, request: Request, key: str) -> HttpResponse:
        """Take it out of the report. Its number is given to no other."""
        one = self._found(key)
        self.body()
        self.written(one, lambda: one.retire(by=self.person, version=version_read(request)))
        return HttpResponse(status=204)

    def _add(self) -> HttpResponse:
        body = self.body()
        if not self.mandate.is_editor:
            raise Forbidden()
        report = report_given(self.mandate, body.pop("report"))
        follows = body.pop("follows", None)
        if follows is None:
            one = Recommendation.add(report, by=self.person, **body)
        else:
            one = self._follow_up(report, uid_given(self.rows(), "follows", follows), body)
        row = self.read_one(self.rows().filter(pk=one.pk))
        return answer(row, status=201, version=one.version, location=reverse("recommendation", args=[one.uid]))

    @transaction.atomic
    def _follow_up(self, report: Report, earlier: Recommendation, words: dict[str, Any]) -> Recommendation:
        """A new one, or one that was taken out and comes back; one that stands is changed by its own address."""
        report.write(self.person)  # under the lock nobody else adds it
        one = report.recommendations.filter(follows=earlier).first()
        if one is not None and one.retired_at is None:
            raise refuse("follows", "taken", _("This report says already what became of it. Change that."))
        version = one.version if one else 0
        return Recommendation.follow_up(report, earlier, by=self.person, version=version, **words)

    def _found(self, key: Any) -> Recommendation:
        return only(self.by_key(str(key), {}).select_related("report__cycle__plan"))
