"""The kinds of change that are looked for together, and what is told of each move."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.workflow import Status


@dataclass(frozen=True)
class Kind:
    """Moves that are looked for together."""

    label: Any
    question: Q


def _moves(*names: str) -> Q:
    return Q(update__isnull=False, move__in=names)


def _about(*nouns: str) -> Q:
    return reduce(or_, (Q(update=None, subject__startswith=f"{noun}:") for noun in nouns))


KINDS: dict[str, Kind] = {
    "written": Kind(_("Written"), _moves("edit")),
    "submitted": Kind(_("Submitted"), _moves("submit")),
    "returned": Kind(_("Returned or recalled"), _moves("return", "recall", "revise")),
    "cleared": Kind(_("Cleared"), _moves("clear")),
    "accepted": Kind(_("Accepted and assessed"), _moves("accept", "assess", "reply")),
    "released": Kind(_("Published or withdrawn"), _moves("publish", "withdraw")),
    "assigned": Kind(_("Assigned and planned"), _about("commitment", "agency")),
    "people": Kind(_("Appointments"), _about("appointment")),
    "cycles": Kind(_("Review cycles"), _about("cycle")),
    "reports": Kind(_("Reports"), _about("report")),
    "partners": Kind(_("Partner activities"), _about("activity")),
}
# What is told of each move: never by whom in the grammar, which differs by language and person.
TOLD: dict[tuple[str, str], Any] = {
    ("update", "edit"): _("Saved"),
    ("update", "submit"): _("Submitted for clearance"),
    ("update", "return"): _("Returned"),
    ("update", "clear"): _("Cleared for the State"),
    ("update", "accept"): _("Accepted"),
    ("update", "publish"): _("Published"),
    ("update", "recall"): _("Recalled to draft"),
    ("update", "withdraw"): _("Withdrawn from readers"),
    ("update", "revise"): _("Taken up for revision"),
    ("assessment", "assess"): _("Observations written"),
    ("assessment", "reply"): _("Observations replied to"),
    ("evidence", "refuse_file"): _("File refused by the check"),
    ("commitment", "assign"): _("Agencies assigned"),
    ("commitment", "plan"): _("Planned measures written"),
    ("commitment", "write"): _("National contribution written"),
    ("commitment", "sign"): _("National contribution signed"),
    ("agency", "add"): _("Agency added"),
    ("agency", "rename"): _("Agency renamed"),
    ("agency", "retire"): _("Agency retired"),
    ("appointment", "appoint"): _("Appointed"),
    ("appointment", "retire"): _("Appointment ended"),
    ("cycle", "schedule"): _("Cycle put in the calendar"),
    ("cycle", "open"): _("Cycle opened"),
    ("cycle", "extend"): _("More time given"),
    ("cycle", "reopen"): _("Reopened for one action item"),
    ("cycle", "move_dates"): _("Dates changed"),
    ("report", "begin"): _("Report begun"),
    ("report", "circulate"): _("Report circulated to the States"),
    ("report", "issue"): _("Report issued"),
    ("report", "correct"): _("Corrigendum issued"),
    ("report", "comment"): _("Comment on a report"),
    ("report", "answer"): _("Comment answered"),
    ("report", ""): _("Report worked on"),
    ("activity", "add"): _("Activity added"),
    ("activity", "change"): _("Activity changed"),
    ("activity", "end"): _("Activity ended"),
}


def told_of(subject: str, move: str) -> Any:
    """What is told of a move on this subject (`update:…`, `report:…`), in the reader's language."""
    noun = subject.partition(":")[0]
    return TOLD.get((noun, move)) or TOLD.get((noun, "")) or _("Changed")


def told_with_stages(subject: str, move: str, came_from: str, led_to: str) -> str:
    """The same with the stages between which an update went; a save stays where it was."""
    told = str(told_of(subject, move))
    return f"{told}: {Status(came_from).label} → {Status(led_to).label}" if came_from != led_to else told
