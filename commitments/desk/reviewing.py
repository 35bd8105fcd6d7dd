"""One update as the secretariat reads it: the words, what changed in them, and what it may do about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.content import SECTIONS
from commitments.desk.secretariat import title_of
from commitments.guidance import GROUPS, GUIDANCE, LANGUAGE_NAMES
from commitments.mandates import Mandate
from commitments.models import Assessment, Event, Evidence, Release, Revision, Update
from commitments.querysets import placing
from commitments.readings import told
from commitments.screens.differences import differences
from commitments.screens.forms import DeskForm, LongText
from commitments.screens.moves import MoveForm, move_form
from commitments.screens.moves_told import told_of
from commitments.screens.wording import shown
from commitments.workflow import Audience, Move, Status, moves_from

EVENTS_SHOWN = 20


class ObservationForm(DeskForm):
    """What the secretariat observes or asks, beside the State's words."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    observations = LongText(
        label=gettext_lazy("Observation or question"),
        rows=4,
        required=False,
        help_text=gettext_lazy("Stored beside the State's words; the State sees it and may reply."),
    )

    def shape(self) -> None:
        if self.subject.current_revision:
            self.initial = {"revision": self.subject.current_revision.number}


@dataclass(frozen=True)
class Base:
    """Earlier words to compare with."""

    name: str
    label: str
    content: Revision


class Reading:
    """What the page shows of an update or, where none is cleared, of what is in force of it.

    `mandate` is the secretariat's alone. `bound` holds forms that were sent and refused, by name.
    """

    def __init__(
        self, mandate: Mandate, *, update: Update | None, release: Release | None, bound: dict[str, DeskForm] | None
    ) -> None:
        self.mandate, self.release, self.bound = mandate, release, bound or {}
        self.is_current = update is not None
        self.update: Update = update or _as_far_as_it_is_told(release)
        self.revision: Revision = update.current_revision if update else release.revision  # type: ignore[assignment, union-attr]

    def context(self, against: str) -> dict[str, Any]:
        chosen = next((base for base in self.bases if base.name == against), None)
        if against == "" and self.bases:
            chosen = self.bases[0]
        item = self.update.commitment.action_item
        self.tell(chosen)
        return {
            "update": self.update,
            "item": item,
            "title": title_of(item),
            "unofficial": title_of(item, "text"),
            "sub_measures": item.sub_measures.order_by("position"),
            "state": self.update.commitment.member_state,
            "cycle": self.update.cycle,
            "revision": self.revision,
            "is_current": self.is_current,
            "release": self.release,
            "bases": self.bases,
            "against": chosen,
            "groups": [(legend, list(self.rows(names, chosen))) for legend, names in GROUPS],
            "withheld": [GUIDANCE[name].label for name in self.withheld],
            "language": LANGUAGE_NAMES[self.revision.original_language],
            "translations": list(self.translations()),
            "evidence": self.evidence(),
            "assessments": self.assessments(),
            "events": self.events(),
            "moves": list(self.moves()) if self.is_current else [],
            "observation": self.observation(),
            "faults": [fault for form in self.bound.values() for fault in form.faults],
        }

    # --- The words ----------------------------------------------------------------------------

    def tell(self, base: Base | None) -> None:
        """Who reads this is noted: what is in force as it was released, and all else as a revision."""
        for revision in filter(None, (self.revision, base.content if base else None)):
            is_released = self.release is not None and revision.pk == self.release.revision_id
            if revision.update_id == self.update.pk:
                revision.read_with(self.update)
            told(self.release if is_released else revision)

    @property
    def withheld(self) -> list[str]:
        return self.update.withheld_sections if self.is_current else self.release.withheld_sections  # type: ignore[union-attr]

    @cached_property
    def bases(self) -> list[Base]:
        """What the secretariat read last of this update, and what was released in the cycle before."""
        found = []
        if seen := self._seen_last():
            label = _("what the secretariat saw last (revision %(number)d)") % {"number": seen.number}
            found.append(Base("seen", label, seen))
        if earlier := self._released_before():
            found.append(Base("previous", _("the release of %(cycle)s") % {"cycle": earlier.cycle}, earlier.revision))
        return found

    def rows(self, names: tuple[str, ...], base: Base | None) -> Iterator[dict[str, Any]]:
        """Each field that says something now, or said something in what is compared with."""
        for name in names:
            now, before = shown(self.revision, name), shown(base.content, name) if base else ""
            if now or before:
                yield {
                    "label": GUIDANCE[name].label,
                    "text": now,
                    "language": self.revision.original_language if name in SECTIONS else "",
                    "pieces": differences(before, now) if base and before != now else None,
                    "is_withheld": name in self.withheld,
                    "is_same": bool(base) and before == now,
                }

    def translations(self) -> Iterator[dict[str, Any]]:
        stale = self.revision.stale_translations()
        for language, texts in self.revision.translations.items():
            told = [(GUIDANCE[name].label, text) for name, text in texts.items() if name != "of" and text]
            if told:
                name = LANGUAGE_NAMES[language]
                yield {"language": language, "name": name, "texts": told, "is_stale": language in stale}

    def _seen_last(self) -> Revision | None:
        earlier = self.update.revisions.filter(number__lt=self.revision.number)
        sent_back = earlier.returned_by_secretariat(self.mandate).order_by("number").last()
        in_force = self.release.revision if self.release and self.release.revision_id != self.revision.pk else None
        return max(filter(None, (sent_back, in_force)), key=lambda one: one.number, default=None)

    def _released_before(self) -> Release | None:
        rows = Release.objects.visible_to(self.mandate).filter(commitment=self.update.commitment_id)
        earlier = rows.filter(cycle__opens_on__lt=self.update.cycle.opens_on).order_by("cycle__opens_on")
        return earlier.select_related("cycle", *placing("revision__")).last()

    # --- Around the words ---------------------------------------------------------------------

    def evidence(self) -> list[Evidence]:
        rows = Evidence.objects.visible_to(self.mandate).filter(revisions=self.revision)
        return list(rows.order_by("added_at", "uid"))

    def assessments(self) -> list[Assessment]:
        rows = Assessment.objects.visible_to(self.mandate).filter(revision__update=self.update)
        found = list(rows.select_related("revision").order_by("made_at", "pk"))
        for row in found:
            row.revision.read_with(self.update)
        told(*found)
        return found

    def events(self) -> list[tuple[Event, Any]]:
        rows = Event.objects.visible_to(self.mandate).filter(update=self.update)
        return [(row, told_of(row.subject, row.move)) for row in rows.order_by("-pk")[:EVENTS_SHOWN]]

    # --- What may be done ---------------------------------------------------------------------

    def moves(self) -> Iterator[dict[str, Any]]:
        """Each allowed move with its form, the way forward first; a refused one too, so that nothing typed is lost."""
        allowed = self.update.allowed_moves(self.mandate)
        offered = [move for move in moves_from(self.update.status, self._capacities()) if move.name in allowed]
        for move in sorted(offered, key=lambda move: move.target == Status.DRAFT):
            form = self.bound.get(move.name) or form_of(move, self.update)
            yield {"move": move, "form": form, "is_open": move.name in self.bound, "is_over": False}
        for name, form in self.bound.items():
            if name not in allowed and name != "observe":
                yield {"move": form.rule, "form": form, "is_open": True, "is_over": True}  # type: ignore[attr-defined]

    def observation(self) -> DeskForm | None:
        if not self.is_current:
            return None
        return self.bound.get("observe") or ObservationForm(subject=self.update, auto_id="id_observe_%s")

    def _capacities(self) -> Any:
        return self.mandate.capacities(self.update.commitment)


def _as_far_as_it_is_told(release: Release | None) -> Update:
    """What stands in its place while the State is at work on the next words: a draft, of which nothing is known."""
    assert release is not None  # nosec B101  # noqa: S101 (whoever calls has one of the two)
    return Update(pk=release.update_id, cycle=release.cycle, commitment=release.commitment)


def form_of(move: Move, update: Update, sent: Any = None) -> MoveForm:
    """The form of a move on this update; an audience is offered as wide as the State decided, and no wider."""
    form = move_form(move)(sent, subject=update, auto_id=f"id_{move.name}_%s")
    form.rule = move  # type: ignore[attr-defined]
    if "audience" in form.fields:
        decided = Audience(update.audience)
        within = [one for one in Audience if Audience.UN.width <= one.width < decided.width]
        as_decided = _("As the State decided: %(audience)s") % {"audience": decided.label}
        field = cast(forms.ChoiceField, form.fields["audience"])
        field.choices = [("", as_decided), *((one.value, one.label) for one in within)]
        form.initial["audience"] = ""
    return form
