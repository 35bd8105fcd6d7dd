"""What the pages of the secretariat share: for whom they are, and how the matrix and the queue are narrowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from commitments.mandates import SECRETARIAT, Mandate
from commitments.models import Cycle, MemberState, Objective, Pillar, Theme
from commitments.querysets import mandate_of

ALL = "all"


def as_secretariat(request: HttpRequest) -> Mandate:
    """What the reader may do as the secretariat alone, whatever else they are; 404 for everybody else.

    Somebody who also serves a State does not meet its drafts here.
    """
    mandate = mandate_of(request.user).acting_as(SECRETARIAT)
    if not mandate.is_secretariat:
        raise Http404
    return mandate


def title_of(row: Any, field: str = "short_title") -> str:
    """The title of something in the plan, in the reader's language."""
    return str(row.in_language(field))


@dataclass(frozen=True)
class Choice:
    """One way to narrow: its name in the address, what it is called, what can be chosen and what is."""

    name: str
    label: Any
    options: list[tuple[str, str]]
    chosen: str

    @property
    def told(self) -> str:
        return next((label for value, label in self.options if value == self.chosen), "")


class Narrowing:
    """What was chosen, read from the address. A value that does not exist is 404. Five queries."""

    def __init__(self, sent: Any, statuses: list[tuple[str, Any]], *, status: str = "", is_of_one_cycle: bool) -> None:
        self.cycles = list(Cycle.objects.select_related("plan").prefetch_related("extensions").order_by("-opens_on"))
        self.cycle = self._cycle(sent.get("cycle", ""), is_of_one_cycle)
        self.plan_id = self.cycle.plan_id if self.cycle else (self.cycles[0].plan_id if self.cycles else None)
        self.states = list(MemberState.objects.order_by("name"))
        self.pillars = list(Pillar.objects.filter(plan=self.plan_id).order_by("position"))
        self.objectives = list(
            Objective.objects.filter(plan=self.plan_id).select_related("pillar").order_by("position")
        )
        themes = [(one.slug, str(one.in_language("title"))) for one in Theme.objects.order_by("title")]
        objectives = [(one.code, one.titled) for one in self.objectives]
        pillars = [(one.code, one.titled) for one in self.pillars]
        every_cycle = [] if is_of_one_cycle else [("", _("All cycles"))]
        cycles = [*every_cycle, *((one.slug, str(one)) for one in self.cycles if one.opened_at)]
        self.choices = [
            self._choice("cycle", _("Cycle"), cycles, self.cycle.slug if self.cycle else ""),
            self._choice("pillar", _("Pillar"), [("", _("All pillars")), *pillars], sent.get("pillar", "")),
            self._choice(
                "objective", _("Objective"), [("", _("All objectives")), *objectives], sent.get("objective", "")
            ),
            self._choice(
                "state",
                _("Member State"),
                [("", _("All Member States")), *((one.iso_alpha3, str(one)) for one in self.states)],
                sent.get("state", ""),
            ),
            self._choice("theme", _("Theme"), [("", _("All themes")), *themes], sent.get("theme", "")),
            self._choice("status", _("Status"), list(statuses), sent.get("status", "") or status),
        ]

    def __getitem__(self, name: str) -> str:
        return {choice.name: choice.chosen for choice in self.choices}[name]

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, by name."""
        return {choice.name: choice.chosen for choice in self.choices if choice.chosen}

    def address(self, **instead: str) -> str:
        """The chosen as part of an address, some of it replaced, or left out where that is empty."""
        return urlencode({name: value for name, value in (self.chosen | instead).items() if value})

    def items(self, path: str = "") -> Q:
        """The action items chosen, as a condition; `path` leads to the item."""
        found = Q()
        for name, field in (("pillar", "objective__pillar__code"), ("objective", "objective__code")):
            found &= Q(**{f"{path}{field}": self[name]}) if self[name] else Q()
        return found & (Q(**{f"{path}themes__slug": self["theme"]}) if self["theme"] else Q())

    def _cycle(self, slug: str, is_of_one_cycle: bool) -> Cycle | None:
        if not slug:
            opened = (cycle for cycle in self.cycles if cycle.opened_at)
            return next(opened, None) if is_of_one_cycle else None
        for cycle in self.cycles:
            if cycle.slug == slug and cycle.opened_at:
                return cycle
        raise Http404

    def _choice(self, name: str, label: Any, options: list[tuple[str, Any]], chosen: str) -> Choice:
        if chosen and chosen not in {value for value, _label in options}:
            raise Http404
        return Choice(name, label, options, chosen)
