"""What a report waits for, and of whom, and what comes next, in sentences to this reader."""

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


def comes_next(report: Report, person: Any) -> str:
    """What follows once this stage is done, and who does it: for the secretariat, who moves it on."""
    if not mandate_of(person).is_secretariat:
        return ""
    to_the_states = _("Next: it is cleared and circulated to the States, who check it against the facts.")
    nexts = {
        Stage.OUTLINE: _("Next: editors write it, section by section."),
        Stage.DRAFTING: _("Next: an editor asks for internal clearance; somebody else of the secretariat gives it."),
        Stage.CLEARANCE: to_the_states if report.is_circulated else _("Next: it is final, and an editor issues it."),
        Stage.CIRCULATED: _("Next: when every comment has an answer, an editor closes the fact check."),
        Stage.FINAL: _("Next: it is issued, and its edition stays as it is for ever."),
        Stage.ISSUED: _("It is issued. What is wrong in it is put right by a corrigendum."),
    }
    return nexts[Stage(report.stage)]


def _for_clearance(report: Report, person: Any) -> str:
    if report.sent_by_id == mandate_of(person).person_id:
        return _("Somebody else of the secretariat has to clear it: you asked for clearance.")
    return _("The secretariat has to clear it; not %(name)s, who asked for clearance.") % {"name": report.sent_by}


def _of_the_fact_check(report: Report, person: Any) -> str:
    until = {"day": date_format(report.comments_due_on, "DATE_FORMAT") if report.comments_due_on else "—"}
    mandate = mandate_of(person)
    if not mandate.is_secretariat:
        return _of_the_state_s_own(report, mandate, until)
    is_open = report.is_open_to_comments()
    told = _("The States comment until the end of %(day)s.") if is_open else _("The time to comment ended on %(day)s.")
    return told % until + _unanswered(report, mandate)


def _of_the_state_s_own(report: Report, mandate: Any, until: dict[str, str]) -> str:
    if not report.is_open_to_comments(mandate.state_ids):
        return _("The time to comment ended on %(day)s.") % until + _unanswered(report, mandate)
    if mandate.coordinated_state_ids:
        return _("Your State can comment until the end of %(day)s.") % until + _unanswered(report, mandate)
    return _("Your national coordinator can comment until the end of %(day)s.") % until


def _unanswered(report: Report, mandate: Any) -> str:
    count = Remark.objects.visible_to(mandate).filter(report=report, verdict="").count()
    if not count:
        return ""
    told = ngettext("%(count)d comment waits for an answer.", "%(count)d comments wait for an answer.", count)
    return " " + told % {"count": count}
