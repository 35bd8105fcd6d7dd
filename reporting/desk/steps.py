"""The steps open to a person on a report: each with its form, what it brings about, and why it was refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commitments.screens.forms import DeskForm
from reporting.forms import step_form
from reporting.issuing import sections_of
from reporting.life import Need, Step, steps_from
from reporting.models import Report
from reporting.review_report.wording import low

Bound = dict[str, DeskForm]
Placed = tuple[str, str, str]  # address, label, message


def steps_of(found: Report, person: Any, bound: Bound) -> Iterator[dict[str, Any]]:
    """Each allowed step with its form; the table's order. What cannot be taken back is folded, so no slip takes it."""
    allowed = found.allowed_steps(person)
    for row in steps_from(found.stage):
        if row.name in allowed:
            form = bound.get(row.name) or step_form(row)(person=person, subject=found, auto_id=f"id_{row.name}_%s")
            yield {
                "step": row,
                "form": form,
                "told": what_it_does(found, row),
                "is_open": row.name in bound,
                "is_folded": bool(row.freezes or row.needs & {Need.REASON, Need.ANSWERS}),
                "is_backward": Need.REASON in row.needs and not row.freezes,
            }


def not_offered(found: Report, person: Any, bound: Bound) -> DeskForm | None:
    """A step that was refused and is not open any more: what was typed in it is still shown."""
    allowed = (*found.allowed_steps(person), "masthead")
    return next((form for name, form in bound.items() if name not in allowed), None)


def what_it_does(found: Report, step: Step) -> str:
    """What follows from a step, before it is taken."""
    told = {
        "submit": _("Nothing is written while it is with clearance; somebody else of the secretariat gives it."),
        "circulate": _("The draft is frozen as it stands, and the States that it concerns read it and comment on it."),
        "close": _("After this no State comments any more, and no answer is changed."),
        "issue": _("The report is frozen as it stands. It can be read by: %(audience)s. This cannot be taken back."),
        "correct": _("The report as it is written now is frozen as a further edition; the earlier ones stay."),
    }.get(step.name, "")
    if step.name == "close" and found.comments_due_on and found.is_open_to_comments():
        day = {"day": date_format(found.comments_due_on, "DATE_FORMAT")}
        return _("The States were told that they can comment until the end of %(day)s.") % day + " " + told
    return told % {"audience": low(found.get_audience_display())} if step.name == "issue" else told


def misplaced(found: Report, forms: Any) -> list[Placed]:
    """Where each figure stands that does not exist, and each citation that does not hold.

    The place in the editor's desk, the section, and the message.
    """
    problems = [problem for form in forms if form.refusal for problem in form.refusal.problems]
    told = {problem.field.split(".")[1]: problem for problem in problems if problem.field.startswith("passages.")}
    others = [one for one in problems if one.field.startswith(("recommendations.", "follow_ups."))]
    address, label = reverse("desk-recommendations", args=[found.slug]), _("Recommendations")
    placed = [(address, f"{label}, {one.field.split('.')[1]}", str(one.message)) for one in others]
    if not told:
        return placed
    labels = sections_of(found)
    for passage in found.passages.filter(uid__in=told).order_by("position", "pk"):
        address = f"{reverse('desk-section', args=[found.slug, passage.section])}#passage-{passage.uid}"
        placed.append((address, labels.get(passage.section, ""), str(told[str(passage.uid)].message)))
    return placed
