"""What a report waits for, and of whom, in a sentence to this reader."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.querysets import mandate_of
from reporting.life import Stage
from reporting.models import Remark, Report


def waits_for(report: Report, person: Any) -> str:
    """Empty where nothing waits. A State is told of its own comments alone."""
    if report.stage == Stage.CIRCULATED:
        return _of_the_fact_check(report, person)
    waits = {
        Stage.OUTLINE: _("An editor can begin drafting."),
        Stage.DRAFTING: _("Editors are writing."),
        Stage.CLEARANCE: _for_clearance(report, person),
        Stage.FINAL: _("An editor can issue it."),
    }
    return waits.get(Stage(report.stage), "")


def _for_clearance(report: Report, person: Any) -> str:
    if report.sent_by_id == mandate_of(person).person_id:
        return _("Somebody else of the secretariat has to clear it: you asked for clearance.")
    return _("The secretariat has to clear it; not %(name)s, who asked for clearance.") % {"name": report.sent_by}


def _of_the_fact_check(report: Report, person: Any) -> str:
    until = {"day": date_format(report.comments_due_on, "DATE_FORMAT") if report.comments_due_on else "—"}
    mandate = mandate_of(person)
    if not mandate.is_secretariat:
        return _("Your State can comment until the end of %(day)s.") % until
    told = _("The States comment until the end of %(day)s.") % until
    if count := Remark.objects.visible_to(mandate).filter(report=report, verdict="").count():
        one = ngettext("%(count)d comment waits for an answer.", "%(count)d comments wait for an answer.", count)
        told += " " + one % {"count": count}
    return told
