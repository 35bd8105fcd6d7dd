"""The filters of lists. An unknown value is refused by name, and nothing odd reaches the database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.models.plan import Addressee
from commitments.search import stems
from reporting.facts import ReviewFacts
from reporting.review_report.wording import words

LONGEST = 200  # characters of a search
Choices = Iterable[tuple[str, Any]]


class Filters(forms.Form):
    """Fields that may each be left out; `offered` is what each choice is among, `named` what was chosen."""

    def __init__(self, sent: Any, offered: dict[str, Choices]) -> None:
        super().__init__(sent, label_suffix="")
        for name, choices in offered.items():
            self.fields[name].choices = [("", _("Everything")), *choices]  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            if self.is_bound and name in self.errors:
                field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"{name}-fault"}

    @property
    def named(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}


def _choice(label: Any) -> Any:
    message = gettext_lazy("There is no such choice here.")
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": message})


class PlanFilters(Filters):
    q = forms.CharField(
        label=gettext_lazy("Words"), required=False, max_length=LONGEST, widget=forms.TextInput({"type": "search"})
    )
    pillar = _choice(gettext_lazy("Pillar"))
    objective = _choice(gettext_lazy("Objective"))
    group = _choice(gettext_lazy("Thematic group"))
    theme = _choice(gettext_lazy("Theme"))
    addressee = _choice(gettext_lazy("Addressed to"))

    def __init__(self, sent: Any, facts: ReviewFacts, groups: Choices) -> None:
        objectives = [one for pillar in facts.pillars for one in pillar.objectives]
        offered: dict[str, Choices] = {
            "pillar": [(one.code, f"{one.code}. {words(one.title)}") for one in facts.pillars],
            "objective": [(one.code, f"{one.code} {words(one.title)}") for one in objectives],
            "group": groups,
            "theme": [(one.slug, words(one.title)) for one in facts.themes],
            "addressee": Addressee.choices,
        }
        super().__init__(sent, offered)

    def clean_q(self) -> str:
        asked: str = self.cleaned_data["q"]
        if asked and not stems(asked):
            raise forms.ValidationError(_("Write at least one word."))
        return asked


class ActivityFilters(Filters):
    state = _choice(gettext_lazy("Member State"))
    pillar = _choice(gettext_lazy("Pillar"))

    def __init__(self, sent: Any, facts: ReviewFacts) -> None:
        pillars = [(one.code, f"{one.code}. {words(one.title)}") for one in facts.pillars]
        super().__init__(sent, {"state": [(one.code, words(one.name)) for one in facts.states], "pillar": pillars})
