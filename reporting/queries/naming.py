"""What a report is called: its kind, and the Member State or the part of the plan that it is of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from commitments.models import Objective, Pillar, Theme
from reporting.models import Report
from reporting.review_report.places import SPRR

Titles = dict[tuple[int | None, str], str]  # by plan (none for a theme, which belongs to no plan) and scope


def name_of(report: Report) -> str:
    return names_of([report])[report.pk]


def names_of(reports: Iterable[Report]) -> dict[int, str]:
    """The name of each report, by its key. Titles are read once for all, and only where a report has a scope."""
    shown = list(reports)
    titles = _titles(shown) if any(report.scope for report in shown) else {}
    return {report.pk: _name(report, titles) for report in shown}


def _name(report: Report, titles: Titles) -> str:
    of = str(report.member_state or "") or scope_title(report, titles)
    kind = report.get_kind_display()
    return _("%(kind)s: %(of)s") % {"kind": kind, "of": of} if of else kind


def scope_title(report: Report, titles: Titles | None = None) -> str:
    """The part of the plan as its readers know it; a scope that has left the plan, as it was written."""
    if not report.scope:
        return ""
    known = _titles([report]) if titles is None else titles
    found = known.get((report.cycle.plan_id, report.scope)) or known.get((None, report.scope))
    return found or report.scope


def _titles(reports: list[Report]) -> Titles:
    plans = {report.cycle.plan_id for report in reports}
    scoped = {report.scope.partition(":")[0] for report in reports if report.scope}
    found: Titles = {}
    if "pillar" in scoped:
        for pillar in Pillar.objects.filter(plan__in=plans):
            found[pillar.plan_id, f"pillar:{pillar.code}"] = _("Pillar %(code)s. %(title)s") % _told(pillar)
    if scoped & {"objective", SPRR}:
        for objective in Objective.objects.filter(pillar__plan__in=plans).select_related("pillar"):
            plan, title = objective.pillar.plan_id, _("Objective %(code)s. %(title)s") % _told(objective)
            found[plan, f"objective:{objective.code}"] = title
            if objective.code.endswith(".SPRR"):
                found[plan, SPRR] = str(objective.in_language("title"))
    if "theme" in scoped:
        found |= {(None, f"theme:{theme.slug}"): str(theme.in_language("title")) for theme in Theme.objects.all()}
    return found


def _told(row: Any) -> dict[str, str]:
    return {"code": row.code, "title": row.in_language("title")}
