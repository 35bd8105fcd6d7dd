"""The brief at a glance, the days of the cycle, and what comes next."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.models import Phase
from reporting.document import Block, Box, Bullets, Cell, Column, Heading, Paragraph, Table
from reporting.facts import ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.wording import day
from reporting.short_report import unlinked


def glance(facts: ReviewFacts, made_on: dt.date) -> Box:
    due, opened = sum(one.due for one in facts.standing), sum(one.open for one in facts.standing)
    overdue = sum(one.overdue for one in facts.standing)
    phase = _("Stage of the cycle on %(day)s: %(phase)s.") % {
        "day": day(made_on),
        "phase": Phase(facts.cycle.phase).label,
    }
    if not facts.standing:
        return Box(_("At a glance"), (Bullets((phase, nothing_due())),), anchor="glance")
    reached = _("Updates due: %(due)d. Cleared, accepted or published: %(known)d. Not yet cleared: %(open)d.") % {
        "due": due,
        "known": due - opened,
        "open": opened,
    }
    late = ngettext(
        "Of those not yet cleared, %(number)d is overdue.", "Of those not yet cleared, %(number)d are overdue.", overdue
    ) % {"number": overdue}
    return Box(_("At a glance"), (Bullets((phase, reached, late)),), anchor="glance")


def stage(facts: ReviewFacts, manuscript: Manuscript, made_on: dt.date) -> tuple[Block, ...]:
    note = _("Each day ends at midnight in the capital of the State concerned. Extensions of single States may run on.")
    table = Table(
        caption=_("Dates of the cycle"),
        columns=(
            Column("what", _("What"), 4),
            Column("on", _("Day"), 3),
            Column("left", _("From the day of this brief"), 3),
        ),
        rows=tuple((Cell(label), Cell(day(on)), Cell(_distance(made_on, on))) for label, on in _dates(facts)),
        notes=(note,),
        sheet=_("Dates"),
        anchor="dates",
    )
    return (
        Heading(1, _("Where the cycle stands"), "stage", is_numbered=True),
        *unlinked(facts, manuscript, "stage"),
        table,
    )


def next_days(facts: ReviewFacts, manuscript: Manuscript, made_on: dt.date) -> tuple[Block, ...]:
    ahead = [(label, on) for label, on in _dates(facts) if on >= made_on]
    told = tuple(f"{label}: {day(on)} ({_distance(made_on, on)})." for label, on in ahead)
    block = Bullets(told) if told else Paragraph(_("All dates of this cycle have passed."), is_numbered=True)
    return (
        Heading(1, _("What comes next"), "next", is_numbered=True),
        *unlinked(facts, manuscript, "next"),
        block,
    )


def nothing_due() -> str:
    return _("No update is due in this cycle, so there is nothing to count.")


def _dates(facts: ReviewFacts) -> tuple[tuple[str, dt.date], ...]:
    return (
        (_("The cycle opens"), facts.cycle.opens_on),
        (_("Updates are due from the States"), facts.cycle.submissions_due_on),
        (_("The cycle closes"), facts.cycle.closes_on),
    )


def _distance(made_on: dt.date, on: dt.date) -> str:
    """How far a day is from the day of the brief."""
    number = (on - made_on).days
    if not number:
        return _("today")
    if number > 0:
        return ngettext("in %(number)d day", "in %(number)d days", number) % {"number": number}
    return ngettext("%(number)d day ago", "%(number)d days ago", -number) % {"number": -number}
