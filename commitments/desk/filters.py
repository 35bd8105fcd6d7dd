"""The filters above a list: each a choice by natural key, everything where none is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from commitments.models import Cycle, MemberState, Pillar, Theme

Choices = Iterable[tuple[str, Any]]


def choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False)


class FilterForm(forms.Form):
    """What there is of Member States, cycles, pillars and themes is offered wherever a field is called so."""

    def __init__(self, sent: QueryDict) -> None:
        super().__init__(sent, label_suffix="")
        for name, offered in OFFERED.items():
            if name in self.fields:
                self.offer(name, offered())

    def offer(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = [("", _("(all)")), *choices]  # type: ignore[attr-defined]


def _pillars() -> Choices:
    """Those of the newest edition stand for those of the same code in an earlier one."""
    rows = Pillar.objects.order_by("plan__adopted_on", "position")
    return {row.code: row.titled for row in rows}.items()


OFFERED: dict[str, Callable[[], Choices]] = {
    "state": lambda: [(one.iso_alpha3, str(one)) for one in MemberState.objects.order_by("name")],
    "cycle": lambda: [(one.slug, str(one)) for one in Cycle.objects.order_by("-opens_on", "slug")],
    "pillar": _pillars,
    "theme": lambda: [(one.slug, str(one.in_language("title"))) for one in Theme.objects.order_by("slug")],
}
