"""The rows of a file written: all that were previewed, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.errors import Invalid, Problem, Refused, StaleVersion
from commitments.models import Person, Update
from commitments.worksheets.comparing import CHANGED, CONTESTED, REFUSED, Judged

MINE, THEIRS = "mine", "theirs"


class NotApplied(Exception):
    """Nothing was written: the rows that were refused, each with why."""

    def __init__(self, refusals: dict[int, Refused]) -> None:
        super().__init__(refusals)
        self.refusals = refusals


@dataclass(frozen=True)
class Step:
    """One edit: of this update, on the version that the preview showed, with these values."""

    row: int
    update: Update
    version: int | None
    values: dict[str, Any]


def steps(
    rows: list[Judged], *, choices: Mapping[int, str], seen: Mapping[int, int | None], leave_out: bool
) -> list[Step]:
    """What is to be written, as its person decided on each row.

    `choices`: by row where somebody else has saved meanwhile, whose words to keep; `seen`: by row that the preview
    offered to save, the version that it showed; `leave_out`: whether rows that it showed as refused may stay out.
    Raises NotApplied where a decision is wanting, or a row is no longer what was previewed.
    """
    found, wanting = [], {}
    for one in rows:
        number, choice, read = one.row.number, choices.get(one.row.number, ""), seen.get(one.row.number)
        if obstacle := _obstacle(one, choice, read, leave_out):
            wanting[number] = obstacle
        elif one.update is not None and (one.verdict == CHANGED or (one.verdict == CONTESTED and choice == MINE)):
            found.append(Step(number, one.update, read, one.values))
    if wanting:
        raise NotApplied(wanting)
    return found


@transaction.atomic
def apply(planned: list[Step], *, by: Person) -> list[str]:
    """Write all of it in one transaction; answer the keys of what was written. Raises NotApplied, nothing written.

    Rows are taken in one order whoever applies, so that two files at once cannot wait for each other for ever.
    """
    refusals: dict[int, Refused] = {}
    for step in sorted(planned, key=lambda step: step.update.pk):
        try:
            step.update.make("edit", by=by, version=step.version, values=step.values)
        except Refused as refusal:
            refusals[step.row] = refusal
    if refusals:
        raise NotApplied(refusals)
    return [step.update.key for step in planned]


def _obstacle(one: Judged, choice: str, read: int | None, leave_out: bool) -> Refused | None:
    """Why this row cannot go along as it was previewed. What was offered then is never left out silently now."""
    if one.verdict == REFUSED:
        if read is None and leave_out:
            return None
        return one.refusal or _refusal("left", _("Mend this row, or leave out the rows with a problem."))
    if one.verdict == CONTESTED:
        if read is not None and one.update is not None and read != one.update.version:
            return StaleVersion(version=one.update.version)
        if choice not in (MINE, THEIRS):
            return _refusal("choice", _("Choose whose words to keep."))
    return None


def _refusal(rule: str, message: Any) -> Refused:
    return Invalid(message, problems=[Problem("row", rule, message)])
