"""A move as a form: its fields are read from what the table says that it needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from commitments.content import FIELDS, SECTIONS
from commitments.guidance import GUIDANCE
from commitments.screens.forms import DeskForm, LongText
from commitments.workflow import MOVE_NAMES, MOVES, Audience, Move, Need

SECTION_CHOICES = [(section, GUIDANCE[section].label) for section in SECTIONS]
FIELD_CHOICES = [(name, GUIDANCE[name].label) for name in FIELDS]


class MoveForm(DeskForm):
    """Fields of one move; `version` travels beside it, in the page."""

    @property
    def words(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def shape(self) -> None:
        if self.subject is None:
            return
        self.initial = {"audience": self.subject.audience, "withheld_sections": self.subject.withheld_sections}


def _audience(*, required: bool) -> forms.Field:
    undecided = [] if required else [("", _("As the State decided"))]
    return forms.ChoiceField(
        label=_("Who may read it"),
        choices=[*undecided, *Audience.choices],
        required=False,  # the domain says so, in its own words
        widget=forms.RadioSelect,
    )


def _withheld() -> forms.Field:
    return forms.MultipleChoiceField(
        label=GUIDANCE["withheld_sections"].label,
        help_text=GUIDANCE["withheld_sections"].text,
        choices=SECTION_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _concerned() -> forms.Field:
    return forms.MultipleChoiceField(
        label=_("Which fields it concerns"),
        help_text=_("If any in particular. The reason is shown beside them."),
        choices=FIELD_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def move_form(move: Move, *, on_many: bool = False) -> type[MoveForm]:
    """The form of this move. On many at once each keeps the sections that its own writers chose to withhold."""
    fields: dict[str, forms.Field] = {}
    if Need.REASON in move.needs:
        fields["reason"] = LongText(label=_("Reason"), rows=3, required=False, help_text=_("Others will read it."))
        if move.name == "return" and not on_many:
            fields["fields"] = _concerned()
    if Need.AUDIENCE in move.needs:
        fields["audience"] = _audience(required=True)
        if not on_many:
            fields["withheld_sections"] = _withheld()
    if move.name == "accept":
        note = _("If any. Stored beside the State's words; the State sees them and may reply.")
        fields["observations"] = LongText(label=_("Observations"), rows=3, required=False, help_text=note)
    if move.name == "publish":
        fields["audience"] = _audience(required=False)
    return type("MoveForm", (MoveForm,), fields)


def form_from(name: str, status: str) -> type[MoveForm]:
    """The form of the move of this name from this status; where the table has none, of no fields: the domain says why.

    Raises Http404 for what is called so nowhere.
    """
    if name not in MOVE_NAMES:
        raise Http404
    rows = [move for move in MOVES if move.name == name and status in move.source]
    return move_form(rows[0]) if rows else MoveForm
