"""What a State takes away of its own moves, to hold it against the record later and without us."""

from __future__ import annotations

from typing import Any

from commitments.models import Event, Revision, Update
from commitments.querysets import placing
from commitments.readings import told
from commitments.screens.moves_told import told_with_stages

RECEIPTED = ("submit", "clear")


def receipt_of(event: Event) -> dict[str, Any]:
    """All that the hash of this move covers, and of the words that it moved all that theirs covers.

    `commitments/static/desk/check_receipt.py` takes it, with no other knowledge of the system.
    """
    told(event, event.revision)
    words = event.revision.facts() if event.revision else None
    return {"facts": event.facts(), "hash": event.hash, "words": words}


def own_moves(update: Update, mandate: Any) -> Any:
    """The moves of this update for the officers of its State alone: its words name all evidence, shared or not."""
    seen = Event.objects.visible_to(mandate).filter(update=update, subject=f"update:{update.key}")
    return seen.filter(member_state__in=mandate.state_ids).select_related("update__commitment", *placing("revision__"))


def receipts_of(revision: Revision, update: Update, mandate: Any) -> list[tuple[int, str, Any]]:
    """Submission and clearance of one revision: number, name and instant of each."""
    rows = own_moves(update, mandate).filter(revision=revision, move__in=RECEIPTED).order_by("sequence")
    named = ((one, told_with_stages(one.subject, one.move, one.from_status, one.to_status)) for one in rows)
    return [(one.sequence, label, one.at) for one, label in named]
