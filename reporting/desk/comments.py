"""The comments on a circulated draft as one person sees them, in the order of the text, and which still wait."""

from __future__ import annotations

from typing import Any

from reporting.forms import AnswerForm
from reporting.models import Remark, Report
from reporting.readings import told_remarks


def remarks_of(found: Report, person: Any) -> list[Remark]:
    """The secretariat sees all of them, a State its own; in the order of the paragraphs they are on."""
    rows = Remark.objects.visible_to(person).filter(report=found).select_related("member_state", "answered_by")
    remarks = sorted(rows.order_by("made_at", "pk"), key=lambda row: _place(row.paragraph))
    for row in remarks:
        row.report = found
    told_remarks(remarks)
    return remarks


def tally_of(remarks: list[Remark]) -> dict[str, Any]:
    """How many there are, which wait for an answer, and the first of these."""
    waiting = [row for row in remarks if not row.verdict]
    return {"remarks": remarks, "waiting": len(waiting), "first": next(iter(waiting), None)}


def by_paragraph(
    remarks: list[Remark], person: Any, bound: dict[str, Any], *, may_answer: bool
) -> dict[str, list[tuple[Remark, Any, Remark | None]]]:
    """{paragraph: [(comment, form of its answer, the next comment that waits for one)]}."""
    found: dict[str, list[tuple[Remark, Any, Remark | None]]] = {}
    for place, row in enumerate(remarks):
        form = bound.get(str(row.uid))
        if form is None and may_answer:
            form = AnswerForm(person=person, subject=row, auto_id=f"id_{row.uid}_%s")
        others = [*remarks[place + 1 :], *remarks[:place]]
        following = next((other for other in others if not other.verdict), None) if may_answer else None
        found.setdefault(row.paragraph, []).append((row, form, following))
    return found


def _place(paragraph: str) -> tuple[int, ...]:
    """12 after 2, and 12.1 after 12; what is no number comes first."""
    return tuple(int(part) if part.isdecimal() else 0 for part in paragraph.split("."))
