"""Passages: what editors write, section by section; every version of them; and who sits where."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django_filters import FilterSet
from rest_framework.request import Request

from commitments.api import bodies as common
from commitments.api import filters, types
from commitments.api.answers import answer
from commitments.api.keys import only
from commitments.api.shapes import Column, Shape
from commitments.api.views import Write
from commitments.api.writing import once, version_read
from commitments.errors import Forbidden
from reporting.api import bodies
from reporting.api.working import OfReport, Working, in_the_making, report_given, uid_given
from reporting.issuing import label_of
from reporting.models import Form, Passage, PassageVersion


class PassageFilters(FilterSet):
    report = OfReport()
    section = filters.Text("section")
    form = filters.OneOf("form", Form.choices)
    is_retired = filters.YesNo(method="by_retirement", label="Taken out of the report; without this, those that stand.")

    def by_retirement(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        return queryset.filter(retired_at__isnull=not value)


class Passages(Working):
    """Paragraphs of narrative in reports in the making. For the secretariat; its editors write."""

    model = Passage
    filterset = PassageFilters
    is_known_by_version = False  # a move of another passage changes the place of this one
    writes = {
        "create": Write(bodies.AddPassage, ("report", "section"), status=201),
        "partial_update": Write(bodies.EditPassage, is_versioned=True),
        "destroy": Write(common.Nothing, is_versioned=True),
        "move": Write(bodies.MovePassage, is_versioned=True),
        "restore": Write(common.Nothing, is_versioned=True),
    }
    orderings = {
        "place": ("report__slug", "section", "position", "pk"),
        "last_edited_at": ("last_edited_at", "pk"),
    }
    shape = Shape(
        "Passage",
        (
            Column("uid", "uid", types.uid()),
            Column("report", "report__slug", types.text()),
            Column("section", "section", types.text()),
            Column("position", "position", types.number("Its place in the section.")),
            Column("form", "form", types.one_of(Form)),
            Column("title", "title", types.text()),
            Column("text", "text", types.text("With placeholders, such as `{{ reported }}`.")),
            Column("cites", "cites", types.codes("Updates of the report's cycle: `KAZ:I.1.1`.")),
            Column("translations", "translations", types.thing("{language: {title, text}}")),
            Column("version", "version", types.number("What If-Match must name.")),
            Column("last_edited_by", "last_edited_by__full_name", types.text(allow_null=True)),
            Column("last_edited_at", "last_edited_at", types.instant()),
            Column("retired_at", "retired_at", types.instant(null=True)),
        ),
    )

    def narrowed(self, queryset: QuerySet, parameters: dict[str, str]) -> QuerySet:
        return queryset if "is_retired" in parameters else queryset.filter(retired_at=None)

    def create(self, request: Request) -> HttpResponse:
        """Write a new passage, last in its section; you sit there from now on."""
        return once(request, self._add)

    def partial_update(self, request: Request, key: str) -> HttpResponse:
        """Write on: only what is given is changed. 423 while somebody else sits in the section."""
        passage = self._found(key)
        words = self.body()
        self.written(passage, lambda: passage.edit(by=self.person, version=version_read(request), **words))
        return self._shown(passage)

    def destroy(self, request: Request, key: str) -> HttpResponse:
        """Take it out of the report. Its versions stay, and it can be restored."""
        passage = self._found(key)
        self.body()
        self.written(passage, lambda: passage.retire(by=self.person, version=version_read(request)))
        return HttpResponse(status=204)

    def move(self, request: Request, key: str) -> HttpResponse:
        """Let it stand before another passage of its section, or last."""
        return once(request, lambda: self._move(str(key)))

    def restore(self, request: Request, key: str) -> HttpResponse:
        """Put a retired passage back where it stood."""
        return once(request, lambda: self._restore(str(key)))

    def _add(self) -> HttpResponse:
        body = self.body()
        if not self.mandate.is_editor:
            raise Forbidden()
        report = report_given(self.mandate, body.pop("report"))
        section = body.pop("section")
        label_of(report, section)
        passage = Passage.add(report, section, by=self.person, **body)
        row = self.read_one(self.rows().filter(pk=passage.pk))
        return answer(row, status=201, version=passage.version, location=reverse("passage", args=[passage.uid]))

    def _move(self, key: str) -> HttpResponse:
        passage = self._found(key)
        named = self.body().get("before")
        beside = self.rows().filter(report=passage.report_id, section=passage.section).exclude(pk=passage.pk)
        before = None if named is None else uid_given(beside, "before", named)
        version = version_read(self.request)
        self.written(passage, lambda: passage.move(by=self.person, version=version, before=before))
        return self._shown(passage)

    def _restore(self, key: str) -> HttpResponse:
        passage = self._found(key)
        self.body()
        version = version_read(self.request)
        self.written(passage, lambda: passage.restore(by=self.person, version=version))
        return self._shown(passage)

    def _found(self, key: Any) -> Passage:
        return only(self.by_key(str(key), {}).select_related("report__cycle__plan"))

    def _shown(self, passage: Passage) -> HttpResponse:
        return answer(self.read_one(self.rows().filter(pk=passage.pk)), version=passage.version)


class PassageVersionFilters(FilterSet):
    passage = django_filters.UUIDFilter(field_name="passage__uid")
    report = OfReport("passage__report")


class PassageVersions(Working):
    """Every version of every passage, as it was written. For the secretariat."""

    model = PassageVersion
    filterset = PassageVersionFilters
    orderings = {"made_at": ("made_at", "pk"), "number": ("passage__uid", "number", "pk")}
    shape = Shape(
        "PassageVersion",
        (
            Column("passage", "passage__uid", types.uid()),
            Column("report", "passage__report__slug", types.text()),
            Column("section", "passage__section", types.text()),
            Column("number", "number", types.number("The version of the passage.")),
            Column("form", "form", types.one_of(Form)),
            Column("title", "title", types.text()),
            Column("text", "text", types.text()),
            Column("cites", "cites", types.codes()),
            Column("translations", "translations", types.thing("{language: {title, text}}")),
            Column("is_retired", "is_retired", types.yes_no("Taken out of the report with this version.")),
            Column("made_by", "made_by_name", types.text()),
            Column("made_at", "made_at", types.instant()),
        ),
    )

    def rows(self) -> QuerySet:
        rows = PassageVersion.objects
        if not self.mandate.is_secretariat:
            return rows.none()
        return rows.filter(passage__report__in=in_the_making(self.mandate))
