"""What the nouns of a report in the making have in common: for the secretariat alone, each write on what was read."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.api.asking import refuse
from commitments.api.keys import named, only, row_given
from commitments.api.shapes import Row
from commitments.api.views import Noun
from commitments.errors import NotVisible, Refused, StaleVersion
from commitments.mandates import Mandate
from reporting.models import Report

TAG = "Reports"


def in_the_making(mandate: Mandate) -> QuerySet:
    """The reports whose workings this reader sees: all for the secretariat, none for anybody else."""
    reports = Report.objects.visible_to(mandate)
    return reports if mandate.is_secretariat else reports.none()


def report_seen(mandate: Mandate, slug: str) -> Report:
    """A report with its workings, or NotVisible."""
    rows = in_the_making(mandate).select_related("cycle__plan", "member_state")
    return only(named(rows, ("slug",), slug))


def report_given(mandate: Mandate, value: Any) -> Report:
    """The report that a body names, among those that the caller sees."""
    rows = Report.objects.visible_to(mandate).select_related("cycle__plan", "member_state")
    return row_given(rows, ("slug",), "report", value)


def uid_given(rows: QuerySet, field: str, value: Any) -> Any:
    """The row that a body names by its uid, among what the caller sees."""
    try:
        uid = uuid.UUID(value)
    except (ValueError, AttributeError, TypeError):
        uid = None
    found = rows.filter(uid=uid).first() if uid else None
    if found is None:
        raise refuse(field, "unknown", _("There is nothing under this key that you can see."))
    return found


class OfReport(django_filters.CharFilter):
    """By the slug of a report. One that names nothing finds nothing: whether it is there is not told."""

    def __init__(self, path: str = "report") -> None:
        super().__init__(field_name=f"{path}__slug", strip=False)


class Working(Noun):
    """Rows of reports in the making."""

    tag = TAG

    def version_of(self, row: Row) -> int | None:
        return row.get("version")

    def written(self, one: Any, act: Callable[[], Any]) -> None:
        """Write on the version that was read; a refusal carries the one in force and, where stale, the words."""
        tell_version(one, act, lambda: self.read_one(self.rows().filter(pk=one.pk)))


def tell_version(one: Any, act: Callable[[], Any], current: Callable[[], Row]) -> None:
    try:
        act()
    except NotVisible:
        raise
    except Refused as refusal:
        refusal.facts.setdefault("version", one.version)
        if isinstance(refusal, StaleVersion):
            refusal.facts["current"] = current()
        raise
