"""What came back beside what stands: for each row whether it changes anything, may, and meets somebody else's words.

Nothing is written here. The verdicts are the domain's: what may be edited, what text is fit to keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from commitments import workflow
from commitments.content import clean
from commitments.errors import Invalid, Refused, WindowClosed, WrongStatus
from commitments.mandates import Mandate
from commitments.models import ActionItem, Update
from commitments.querysets import mandate_of
from commitments.worksheets.columns import CARRIED, CONFIRMED, label, mark, value_in
from commitments.worksheets.rows import Fault, Row

UNCHANGED, CHANGED, CONTESTED, REFUSED = "unchanged", "changed", "contested", "refused"


@dataclass(frozen=True)
class Change:
    """One cell that differs from the draft. `is_contested`: somebody else wrote there too since it was taken."""

    name: str
    label: str
    before: str
    after: str
    is_contested: bool = False


@dataclass
class Judged:
    """One row and what is to be said of it."""

    row: Row
    update: Update | None = None
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    refusal: Refused | None = None  # by which the domain would refuse any edit of it now
    is_stale: bool = False
    meanwhile: list[tuple[str, str]] = field(default_factory=list)  # what somebody saved in other cells: (name, words)

    @property
    def verdict(self) -> str:
        if self.faults:
            return REFUSED
        if not self.changes:
            return UNCHANGED
        return CONTESTED if self.is_stale else CHANGED

    @property
    def is_contested(self) -> bool:
        return any(change.is_contested for change in self.changes)

    @property
    def values(self) -> dict[str, Any]:
        """What the edit is asked to write."""
        values: dict[str, Any] = {change.name: change.after for change in self.changes}
        if values.pop("to_be_reconfirmed", None) == CONFIRMED:
            values["to_be_reconfirmed"] = False
        return values


def compare(rows: list[Row], person: Any, places: Any) -> list[Judged]:
    """Each row judged, in the order of the file. `places(name)` gives the letters of a column. Six reads at most."""
    mandate = mandate_of(person)
    updates = _updates(rows, mandate)
    known = _known_codes(rows) if len(updates) < len(rows) else set()
    return [_judged(row, updates.get(row.key), mandate, known, places) for row in rows]


def refusal_of_edit(update: Update, mandate: Mandate) -> Refused | None:
    """Why this person cannot edit it now, as the domain would say; None if they can."""
    if "edit" in update.allowed_moves(mandate):
        return None
    try:
        workflow.find("edit", update.status, mandate.capacities(update.commitment))
    except Refused as refusal:
        return refusal
    return WindowClosed()


def _updates(rows: Iterable[Row], mandate: Mandate) -> dict[str, Update]:
    """The drafts and others that these rows name, as far as this person sees them, by key."""
    found = Update.objects.visible_to(mandate).select_related("current_revision")
    with_more = found.prefetch_related("cycle__extensions", "commitment__contributing_agencies")
    return with_more.by_keys(row.key for row in rows)


def _known_codes(rows: Iterable[Row]) -> set[str]:
    """Codes that are in the plan at all: it is public, so saying so tells nothing of anybody's updates."""
    return set(ActionItem.objects.filter(code__in={row.code for row in rows}).values_list("code", flat=True))


def _judged(row: Row, update: Update | None, mandate: Mandate, known: set[str], places: Any) -> Judged:
    judged = Judged(row, update)
    if "" in row.faults:
        judged.faults = [row.faults[""]]
    elif update is None:
        judged.faults = [_stranger(row, known)]
    else:
        judged.is_stale = row.version != update.version
        judged.changes = list(_changes(row, update))
        judged.meanwhile = list(_meanwhile(judged)) if judged.is_stale else []
        if judged.changes:
            judged.faults = list(_faults(judged, mandate, places))
    return judged


def _stranger(row: Row, known: set[str]) -> Fault:
    if row.code not in known:
        return Fault(row.number, "", "", "unknown", _("There is no action item %(code)s.") % {"code": row.code})
    return Fault(row.number, "", "", "not-found", _("This action item is not yours to report on in this cycle."))


def _changes(row: Row, update: Update) -> Iterator[Change]:
    """Cells that their writer touched and that now differ. What was left alone follows the draft."""
    for name, after in row.values.items():
        before, taken = value_in(update, name), row.marks.get(name)
        if name == "to_be_reconfirmed":
            if before == CARRIED and after not in ("", CARRIED):
                yield Change(name, label(name), before, after)
        elif after != before and mark(after) != taken:
            is_contested = row.version != update.version and mark(before) != taken
            yield Change(name, label(name), before, after, is_contested)


def _meanwhile(judged: Judged) -> Iterator[tuple[str, str]]:
    """What stands now in cells of this row that its writer left alone and somebody else has written since."""
    row, changed = judged.row, {change.name for change in judged.changes}
    for name, taken in row.marks.items():
        value = value_in(judged.update, name)
        if name not in changed and mark(value) != taken:
            yield name, value


def _faults(judged: Judged, mandate: Mandate, places: Any) -> Iterator[Fault]:
    row, update = judged.row, judged.update
    judged.refusal = refusal_of_edit(update, mandate) if update else None
    if judged.refusal is not None:
        yield Fault(row.number, "", "", judged.refusal.code, told(judged.refusal))
        return
    if row.version is None:
        message = _("The hidden cell that says which version was taken is empty. Take the worksheet anew.")
        yield Fault(row.number, "", "", "version-missing", message)
        return
    changed = {change.name for change in judged.changes}
    unread = [row.faults[name] for name in row.values if name in row.faults and name in changed]
    yield from unread
    broken = {fault.label for fault in unread}
    for problem in _problems(judged.values):
        if label(problem.field) not in broken:
            place, name = places(problem.field), label(problem.field)
            yield Fault(row.number, place, name, problem.rule, str(problem.message))


def _problems(values: dict[str, Any]) -> list[Any]:
    """What the domain would not take of these values, all at once."""
    try:
        clean({name: value for name, value in values.items() if name != "to_be_reconfirmed"})
    except Invalid as refusal:
        return refusal.problems
    return []


def told(refusal: Refused) -> str:
    """A refusal in words for one row."""
    if isinstance(refusal, WrongStatus):
        status = workflow.Status(refusal.facts["status"]).label if refusal.facts.get("status") else ""
        return _("It is no draft any more (now: %(status)s), so it cannot be changed.") % {"status": status}
    messages = [str(refusal.detail), *(str(problem.message) for problem in refusal.problems)]
    return " ".join(dict.fromkeys(messages))
