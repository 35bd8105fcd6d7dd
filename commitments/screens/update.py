"""One update as one person sees it: the adopted text, the words, what is missing, and the moves open to them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from commitments.content import CHOICES, LANGUAGES
from commitments.guidance import GROUPS, GUIDANCE, LANGUAGE_NAMES, NO_PERSONAL_DATA
from commitments.models import Assessment, Event, Evidence, Release, Revision, Update
from commitments.querysets import mandate_of
from commitments.readings import told
from commitments.screens.content import EVIDENCE, ContentForm
from commitments.screens.forms import DeskForm, Row
from commitments.screens.moves import move_form
from commitments.screens.moves_told import told_with_stages
from commitments.screens.wording import shown
from commitments.waiting import days_left
from commitments.workflow import Status, moves_from

EVENTS_SHOWN = 50
# Made by the buttons of the form of the draft, not by a form of their own.
IN_THE_FORM = ("edit", "submit")


class UpdatePage:
    """What the page shows. `bound` holds the forms that were sent and refused, by the name of their move."""

    draft_form: type[ContentForm] = ContentForm

    def __init__(self, update: Update, person: Any, *, bound: dict[str, DeskForm] | None = None) -> None:
        self.update, self.person, self.mandate = update, person, mandate_of(person)
        self.bound = bound or {}

    def context(self) -> dict[str, Any]:
        update, commitment = self.update, self.update.commitment
        told(update, self.released)
        groups = [(legend, list(self.rows(names))) for legend, names in GROUPS]
        return {
            "update": update,
            "item": commitment.action_item,
            "sub_measures": commitment.action_item.sub_measures.order_by("position"),
            "deadline": self.deadline(),
            "form": self.form,
            "is_editable": "edit" in self.allowed,
            "may_submit": "submit" in self.allowed,
            "submit_label": self._label("submit"),
            "groups": groups,
            "told": [(legend, [part for part in parts if part["is_told"]]) for legend, parts in groups],
            "silent": [part["label"] for _legend, parts in groups for part in parts if not part["is_told"]],
            "reconfirm": self._row("to_be_reconfirmed"),
            "about_words": [self._row(name) for name in ("original_language", "withheld_sections")],
            "evidence_rows": [self._row(name) for name in EVIDENCE],
            "no_personal_data": NO_PERSONAL_DATA,
            "released": self.released,
            "in_force": self.in_force(),
            "withheld": [GUIDANCE[name].label for name in update.withheld_sections],
            "missing": self.missing(),
            "evidence": Evidence.objects.visible_to(self.person).filter(update=update).order_by("added_at", "uid"),
            "translations": self.translations(),
            "assessments": self.assessments(),
            "events": self.events(),
            "revisions": self.revisions(),
            "moves": list(self.moves()),
            "blocked": self.blocked(),
            "faults": [fault for form in self.bound.values() for fault in form.faults],
        }

    # --- The words ----------------------------------------------------------------------------

    @cached_property
    def allowed(self) -> list[str]:
        return self.update.allowed_moves(self.person)

    @cached_property
    def form(self) -> ContentForm | None:
        """The draft's form; also after a refusal, so that what was typed is never lost."""
        if "edit" in self.bound:
            return self.bound["edit"]  # type: ignore[return-value]
        return self.draft_form(person=self.person, subject=self.update) if "edit" in self.allowed else None

    @cached_property
    def released(self) -> Release | None:
        """What this State released last in an earlier cycle, as far as this person may read it."""
        rows = Release.objects.visible_to(self.person).filter(commitment=self.update.commitment_id)
        earlier = rows.filter(cycle__opens_on__lt=self.update.cycle.opens_on).order_by("cycle__opens_on")
        return earlier.select_related("cycle", "revision", "commitment").last()

    def rows(self, names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        """Each field with its present words, what was released last, and what another writer saved meanwhile."""
        for name in names:
            value, released = shown(self.update, name), self._released_words(name)
            yield self._row(name) | {
                "value": value,
                "released": released,
                "is_told": bool(value or released),
                "is_withheld": name in self.update.withheld_sections,
            }

    def _row(self, name: str) -> dict[str, Any]:
        guidance = GUIDANCE.get(name)
        row: dict[str, Any] = {"name": name, "label": guidance.label if guidance else "", "field": None}
        if self.form is not None and name in self.form.fields:
            theirs = self.form.theirs.get(name)
            row["field"] = Row(self.form[name], theirs=_in_words(name, theirs) if name in self.form.theirs else None)
        return row

    def _released_words(self, name: str) -> str:
        return shown(self._released_as_read, name) if self._released_as_read else ""

    @cached_property
    def _released_as_read(self) -> Revision | None:
        return self.released.read_by(self.mandate) if self.released else None

    # --- Around the words ---------------------------------------------------------------------

    def deadline(self) -> dict[str, Any]:
        update, state = self.update, self.update.commitment.member_state
        due_at = update.cycle.due_at(state, update.commitment.action_item_id)
        return {
            "due_at": due_at,
            "last_day": state.last_day(due_at),
            "days": days_left(due_at),
            "is_open": update.cycle.accepts(state, update.commitment.action_item_id),
            "capital": state.in_language("capital"),
        }

    def missing(self) -> list[tuple[str, Any]]:
        """The checklist of a draft: the field to go to and what it lacks."""
        if self.update.status != Status.DRAFT or "edit" not in self.allowed:
            return []
        return [(f"id_{problem.field}", problem.message) for problem in self.update.missing()]

    def translations(self) -> list[dict[str, Any]]:
        stale = self.update.stale_translations()
        return [
            {
                "language": language,
                "name": LANGUAGE_NAMES[language],
                "texts": [
                    (GUIDANCE[section].label, text)
                    for section, text in self.update.translations.get(language, {}).items()
                    if section != "of"
                ],
                "is_stale": language in stale,
            }
            for language in LANGUAGES
            if language != self.update.original_language
        ]

    def in_force(self) -> Release | None:
        return Release.objects.visible_to(self.person).filter(update=self.update).select_related("revision").first()

    def assessments(self) -> list[Assessment]:
        rows = Assessment.objects.visible_to(self.person).filter(revision__update=self.update)
        found = list(rows.select_related("revision").order_by("made_at"))
        for row in found:
            row.revision.read_with(self.update)
        told(*found)
        return found

    def events(self) -> list[tuple[Event, str]]:
        """The newest first, each with its move in words."""
        rows = Event.objects.visible_to(self.person).filter(update=self.update)
        return [
            (row, told_with_stages(row.subject, row.move, row.from_status, row.to_status))
            for row in rows.order_by("-pk")[:EVENTS_SHOWN]
        ]

    def revisions(self) -> list[Revision]:
        rows = Revision.objects.visible_to(self.person).filter(update=self.update).order_by("-number")
        return [row.read_with(self.update) for row in rows]

    # --- The moves ----------------------------------------------------------------------------

    def moves(self) -> Iterator[dict[str, Any]]:
        """Each allowed move with its form, the way forward first."""
        offered = moves_from(self.update.status, self.mandate.capacities(self.update.commitment))
        for move in sorted(offered, key=lambda move: move.target == Status.DRAFT):
            if move.name in self.allowed and move.name not in IN_THE_FORM:
                form = self.bound.get(move.name) or move_form(move)(
                    person=self.person, subject=self.update, auto_id=f"id_{move.name}_%s"
                )
                yield {"move": move, "form": form, "is_open": move.name in self.bound}

    def blocked(self) -> list[dict[str, Any]]:
        """Moves that are this person's in general but not now, with what they need."""
        offered = moves_from(self.update.status, self.mandate.capacities(self.update.commitment))
        return [
            {"label": move.label, "needs": [need.label for need in move.needs]}
            for move in offered
            if move.name not in self.allowed
        ]

    def _label(self, name: str) -> Any:
        offered = moves_from(self.update.status, self.mandate.capacities(self.update.commitment))
        return next((move.label for move in offered if move.name == name), "")


def _in_words(name: str, value: Any) -> str:
    """What the other writer saved, in words; an emptied field says so."""
    if name in CHOICES and value:
        value = CHOICES[name](value).label
    if isinstance(value, list):
        value = ", ".join(str(GUIDANCE[one].label) for one in value)
    return str(value or _("(empty)"))
