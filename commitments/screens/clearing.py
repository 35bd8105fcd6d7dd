"""One submitted update as its coordinator reads it before deciding: what changed, who wrote it, who will read it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from commitments.content import CHOICES, SECTIONS
from commitments.guidance import GUIDANCE
from commitments.models import Event, Evidence, Release, Revision, Update
from commitments.readings import told
from commitments.screens.audiences import Choice, Preview
from commitments.screens.comparing import Comparison, compare
from commitments.screens.forms import DeskForm
from commitments.screens.hands import history, writers
from commitments.screens.moves import move_form
from commitments.screens.update import UpdatePage
from commitments.workflow import MOVES, Capacity, Move, Status

LAST, CYCLE, PLAIN = "last", "cycle", "none"


def decision(name: str) -> Move | None:
    """The coordinator's move of this name on what was submitted."""
    rows = (move for move in MOVES if move.name == name and Status.SUBMITTED in move.source)
    return next((move for move in rows if Capacity.COORDINATOR in move.by), None)


@dataclass(frozen=True)
class Base:
    """Something to compare with; `revision` None where there is nothing."""

    name: str
    label: Any
    revision: Revision | None
    absent: Any = ""


class ClearingPage:
    """`bound` holds the form that was sent and refused, or shown again, under the name of its move."""

    def __init__(
        self, update: Update, person: Any, *, against: str = "", choice: Choice | None = None,
        bound: dict[str, DeskForm] | None = None,
    ) -> None:  # fmt: skip
        self.update, self.person, self.bound = update, person, bound or {}
        self.against, self._choice = against, choice
        self.whole = UpdatePage(update, person)

    @property
    def revision(self) -> Revision:
        """The words that were submitted. What a later draft says is on the page of the update."""
        return self.update.current_revision  # type: ignore[return-value]

    def context(self) -> dict[str, Any]:
        update, item = self.update, self.update.commitment.action_item
        told(self.revision.read_with(update), self.whole.released)
        return {
            "update": update,
            "revision": self.revision,
            "item": item,
            "title": item.in_language("short_title"),
            "translation": item.translation("text"),
            "bases": self.bases,
            "note": self.note,
            "note_labels": self.note_labels,
            "base": self.base,
            "comparison": self.comparison,
            "preview": self.preview,
            "evidence": self.evidence,
            "hands": self.hands(),
            "history": history(update, self.person),
            "assessments": self.whole.assessments(),
            "clear_form": self.form("clear"),
            "return_form": self.form("return"),
            "obstacle": self.obstacle,
            "is_waiting": update.status == Status.SUBMITTED,
            "faults": [fault for form in self.bound.values() for fault in form.faults],
        }

    # --- What is compared -----------------------------------------------------------------------

    @cached_property
    def bases(self) -> list[Base]:
        earlier = Revision.objects.visible_to(self.person).filter(update=self.update, number=self.revision.number - 1)
        release: Release | None = self.whole.released
        return [
            Base(
                LAST, _("Changes since the last submission"), earlier.first(), _("It was submitted for the first time.")
            ),
            Base(
                CYCLE,
                _("Changes since the last cycle"),
                release.revision if release else None,
                _("Nothing was released in an earlier cycle."),
            ),
            Base(PLAIN, _("The words as they are"), None),
        ]

    @cached_property
    def base(self) -> Base:
        """The one asked for, else the nearest there is."""
        there = [base for base in self.bases if base.revision or base.name == PLAIN]
        return next((base for base in there if base.name == self.against), there[0])

    @cached_property
    def comparison(self) -> Comparison:
        return compare(self.base.revision, self.revision)

    @cached_property
    def evidence(self) -> list[Evidence]:
        rows = Evidence.objects.visible_to(self.person).filter(revisions=self.revision)
        return list(rows.order_by("added_at", "uid"))

    def hands(self) -> list[tuple[str, str, list[Any]]]:
        """Who wrote in it last, for which agency, and which parts."""
        found: dict[tuple[str, str], list[Any]] = {}
        for name, writer in writers(self.update, self.person).items():
            if name in (*CHOICES, *SECTIONS, "next_steps_on"):
                found.setdefault((writer.name, writer.agency), []).append(GUIDANCE[name].label)
        return [(name, agency, labels) for (name, agency), labels in found.items()]

    @cached_property
    def note(self) -> Event | None:
        """Why the last submission came back, if it did: what the present one has to answer."""
        rows = Event.objects.visible_to(self.person).filter(update=self.update, to_status=Status.DRAFT)
        last = rows.exclude(move="edit").order_by("-sequence").first()
        earlier = self.bases[0].revision
        return last if last and earlier and last.reason and last.revision_id == earlier.pk else None

    @property
    def note_labels(self) -> list[tuple[str, Any]]:
        return [(name, GUIDANCE[name].label) for name in self.note.changes.get("fields", [])] if self.note else []

    # --- What is decided ------------------------------------------------------------------------

    @cached_property
    def choice(self) -> Choice:
        return self._choice or Choice(self.update.audience, self.update.withheld_sections)

    @cached_property
    def preview(self) -> Preview:
        return Preview(self.revision, self.evidence, self.choice, self.update.commitment.member_state_id)

    def form(self, name: str) -> DeskForm:
        move = decision(name)
        assert move is not None  # nosec B101  # noqa: S101 (the table has it; a test says so)
        return self.bound.get(name) or move_form(move)(person=self.person, subject=self.update, auto_id=f"id_{name}_%s")

    @property
    def obstacle(self) -> str:
        """Why this coordinator cannot clear it now, though it waits."""
        if self.update.status != Status.SUBMITTED or "clear" in self.update.allowed_moves(self.person):
            return ""
        return str(_("You wrote in it or submitted it, so another coordinator has to clear it: four eyes."))
