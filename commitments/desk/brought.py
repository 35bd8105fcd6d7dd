"""What a worksheet that was brought back looks like before it is applied, and what is told of it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from commitments import readings
from commitments.errors import Refused
from commitments.models import Update
from commitments.screens.differences import MAX_PRODUCT, Piece, differences
from commitments.worksheets.applying import MINE, THEIRS
from commitments.worksheets.columns import label, worded
from commitments.worksheets.comparing import CHANGED, CONTESTED, REFUSED, UNCHANGED, Judged, compare, told
from commitments.worksheets.keeping import Kept
from commitments.worksheets.rows import Fault, place_of, rows_of

# Word by word as long as the page is quick; beyond that, the old text and the new as blocks.
MAX_WORK = 4_000_000
# Of what stays the same, enough to know the place by; of the rest, what a person reads on a screen.
SAME_SHOWN, BLOCK_SHOWN, PAGE_SHOWN = 160, 4_000, 600_000
CUT_SHOWN = 300  # of a block, once the page holds as much as a slow line carries


@dataclass
class ShownChange:
    """One cell: what it was and what it becomes."""

    label: str
    pieces: list[Piece]
    theirs: str | None  # what somebody else saved there since, where both wrote
    mine: str


@dataclass
class ShownRow:
    """One row of the file, as the preview tells it."""

    judged: Judged
    title: str
    version: int | None
    choice: str
    refusal: str
    changes: list[ShownChange]
    meanwhile: list[tuple[str, str]]

    @property
    def number(self) -> int:
        return self.judged.row.number

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Each with its place in the file."""
        return [(placed(fault), fault.message) for fault in self.judged.faults]


class Preview:
    """The file beside the drafts as they stand now. `refusals`: of an attempt to apply it; `sent`: what was chosen."""

    def __init__(
        self,
        person: Any,
        kept: Kept,
        refusals: Mapping[int, Refused] | None = None,
        sent: Mapping[str, Any] | None = None,
    ) -> None:
        grid: Any = kept.grid
        self.name, self.unread, self.sheet = kept.name, grid.unread, grid.sheet
        self.refusals, self.sent = dict(refusals or {}), sent or {}
        self.judged = compare(rows_of(grid), person, lambda name: place_of(grid, name))
        self.work = self.shown = 0
        readings.told(*(one.update for one in self.judged if one.verdict != UNCHANGED))

    @cached_property
    def refused(self) -> list[ShownRow]:
        return self._rows(REFUSED)

    @cached_property
    def contested(self) -> list[ShownRow]:
        return self._rows(CONTESTED)

    @cached_property
    def changed(self) -> list[ShownRow]:
        return self._rows(CHANGED)

    @cached_property
    def unchanged(self) -> list[str]:
        return [one.row.code for one in self.judged if one.verdict == UNCHANGED]

    @property
    def is_applicable(self) -> bool:
        return bool(self.contested or self.changed)

    @property
    def leave_out(self) -> bool:
        return self.sent.get("leave_out") == "on"

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """For the summary: every problem of every row, with its place in the file."""
        faults = [fault for row in self.refused for fault in row.judged.faults]
        told_of = {fault.row for fault in faults}
        open_still = {number: one for number, one in sorted(self.refusals.items()) if number not in told_of}
        found = [(f"row-{number}", _row(number), told(refusal)) for number, refusal in open_still.items()]
        return found + [(f"row-{fault.row}", placed(fault), fault.message) for fault in faults]

    def _rows(self, verdict: str) -> list[ShownRow]:
        return [self._shown(one) for one in self.judged if one.verdict == verdict]

    def _shown(self, judged: Judged) -> ShownRow:
        row, update = judged.row, judged.update
        refusal = None if judged.faults else self.refusals.get(row.number)
        return ShownRow(
            judged,
            update.commitment.action_item.titled if update else row.code,
            update.version if update else None,
            self.sent.get(f"choice-{row.number}", "" if judged.is_contested else MINE),
            told(refusal) if refusal else "",
            [self._change(change) for change in judged.changes],
            [(label(name), worded(name, value)) for name, value in judged.meanwhile],
        )

    def _change(self, change: Any) -> ShownChange:
        before, after = worded(change.name, change.before), worded(change.name, change.after)
        theirs = before if change.is_contested else None
        return ShownChange(change.label, self._pieces(before, after), theirs, after)

    def _pieces(self, before: str, after: str) -> list[Piece]:
        """Word by word, within what one page may cost."""
        cost = min(before.count(" ") * after.count(" "), MAX_PRODUCT)
        self.work += cost
        if self.work > MAX_WORK and cost:
            pieces = [piece for piece in (Piece("removed", before), Piece("added", after)) if piece.text]
        else:
            pieces = differences(before, after)
        return [self._clipped(piece) for piece in pieces]

    def _clipped(self, piece: Piece) -> Piece:
        """The same text is shown by its ends, long blocks by their beginning."""
        text, limit = piece.text, BLOCK_SHOWN if self.shown < PAGE_SHOWN else CUT_SHOWN
        if piece.kind == "same" and len(text) > 2 * SAME_SHOWN + 20:
            text = f"{text[:SAME_SHOWN]} […] {text[-SAME_SHOWN:]}"
        elif len(text) > limit:
            rest = _("[… and %(count)d more characters]") % {"count": len(text) - limit}
            text = f"{text[:limit]} {rest}"
        self.shown += len(text)
        return Piece(piece.kind, text)


def outcome(person: Any, kept: Kept) -> dict[str, Any]:
    """What was saved, and what each of it still lacks before it can be submitted."""
    rows = Update.objects.visible_to(person)
    ordered = rows.order_by("commitment__member_state__name", "commitment__action_item__position")
    saved = [
        (update, update.commitment.action_item.in_language("short_title"), update.missing())
        for update in ordered.by_keys(kept.saved).values()
    ]
    return {"name": kept.name, "saved": saved, "lacking": sum(1 for *_named, missing in saved if missing)}


def placed(fault: Fault) -> str:
    """Where in the file: row 12, column F (Results)."""
    if not fault.column:
        return _row(fault.row)
    words = {"row": fault.row, "column": fault.column, "label": fault.label}
    return _("Row %(row)d, column %(column)s (%(label)s)") % words


def _row(number: int) -> str:
    return _("Row %(row)d") % {"row": number}


__all__ = ["MINE", "THEIRS", "Preview", "outcome"]
