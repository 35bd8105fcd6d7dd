"""The forms of the national contribution: the statement, why single items are not cleared, and the signature."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.content import LANGUAGES
from commitments.errors import Refused
from commitments.guidance import LANGUAGE_NAMES
from commitments.models import ActionItem
from commitments.screens.forms import LongText, Row
from commitments.workflow import Audience
from reporting.forms import MAX_FIELD, CardForm, ReadForm
from reporting.models.explaining import explained

BESIDE = ("items", "why")  # they stand at the list of what is not cleared, and end in the explanation


class StatementForm(CardForm):
    """What a State says of the cycle as a whole; of items ticked in the list, why they are not cleared."""

    items = forms.MultipleChoiceField(label=_("Action item"), required=False, widget=forms.CheckboxSelectMultiple)
    why = LongText(
        rows=2, label=_("Why are the updates ticked above not cleared?"), required=False, max_length=2_000,
        help_text=_("A line with their codes is added to the explanation below, where you can still change it."),
    )  # fmt: skip
    text = LongText(
        rows=10, label=_("Statement"), required=False, max_length=MAX_FIELD,
        help_text=_("What your State wishes to say of this cycle as a whole, in its own words."),
    )  # fmt: skip
    explanation = LongText(
        rows=6, label=_("Why some updates are not cleared"), required=False, max_length=MAX_FIELD,
        help_text=_("Needed for signing while something that is due is not cleared."),
    )  # fmt: skip
    original_language = forms.ChoiceField(
        choices=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES], label=_("Language of the statement")
    )
    audience = forms.ChoiceField(choices=Audience.choices, label=_("Who may read it once it is signed"))
    untracked = ("version", *BESIDE)

    def shape(self) -> None:
        self.fields["why"].widget.attrs["form"] = "statement"
        codes = ActionItem.objects.filter(plan=self.subject.cycle.plan_id).order_by("position")
        self.fields["items"].choices = [(code, code) for code in codes.values_list("code", flat=True)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = {name: self.cleaned_data.get(name) for name in BESIDE}
        if given["items"] and not given["why"] and "why" not in self.errors:
            self.add_error("why", _("Say why: it is written beside the codes of what you ticked."))
        if given["why"] and not given["items"]:
            self.add_error("why", _("Tick in the list above what it is about."))
        return self.cleaned_data

    @property
    def words(self) -> dict[str, Any]:
        words, items = super().words, self.cleaned_data["items"]
        if items:
            before = words.get("explanation", self.subject.explanation)
            words["explanation"] = explained(before, items, self.cleaned_data["why"])
        return words

    def rows(self) -> Iterator[Row]:
        return (row for row in super().rows() if row.bound.name not in BESIDE)

    @property
    def why_row(self) -> Row:
        return Row(self["why"])


class SignForm(ReadForm):
    """A signature. What is wrong with the statement is told at the statement's own form, on the same page."""

    def take(self, refusal: Refused) -> None:
        fields: dict[str, Any] = StatementForm.base_fields
        self.elsewhere += [
            (f"id_{one.field}", str(fields[one.field].label), str(one.message))
            for one in refusal.problems if one.field in fields
        ]  # fmt: skip
        if not self.elsewhere:
            super().take(refusal)
        self.refusal = refusal
