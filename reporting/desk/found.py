"""Reports among what is found at the desk, and what they are called there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from commitments.screens.finding import Hit, Question, Source
from commitments.search import marked
from reporting.models import Report
from reporting.queries.naming import name_of, names_of


def _found(question: Question) -> list[Report]:
    """Of the reports that this person may see, those with these words in their name in any language."""
    within = question.within(state="member_state__iso_alpha3", cycle="cycle__slug")
    rows = Report.objects.visible_to(question.person).filter(within).select_related("cycle", "member_state")
    reports = list(rows.order_by("-cycle__opens_on", "kind", "slug"))
    told: dict[int, list[str]] = {report.pk: [report.symbol] for report in reports}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for pk, name in names_of(reports).items():
                told[pk].append(name)
            for report in reports:
                told[report.pk].append(str(report.cycle))
    return [report for report in reports if question.sought.is_in(told[report.pk])]


def _shown(report: Any, question: Question) -> Hit:
    about = f"{report.cycle} · {report.get_stage_display()}"
    return Hit(marked(name_of(report), question.sought), reverse("desk-report", args=[report.slug]), about)


def names_by_slug(slugs: Iterable[str]) -> dict[str, str]:
    """What these reports are called, by their slugs."""
    reports = list(Report.objects.filter(slug__in=list(slugs)).select_related("cycle", "member_state"))
    names = names_of(reports)
    return {report.slug: names[report.pk] for report in reports}


REPORTS = Source("reports", _("Reports"), _found, _shown, frozenset({"state", "cycle"}))
