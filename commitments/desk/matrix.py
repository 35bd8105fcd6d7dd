"""The matrix of a cycle as the secretariat may see it: States x action items, by pillar and objective."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from commitments.content import Rating
from commitments.desk.asking import page
from commitments.desk.secretariat import Narrowing, as_secretariat, title_of
from commitments.mandates import Mandate
from commitments.models import ActionItem, Cycle, Objective
from commitments.models.plan import Addressee
from commitments.screens.standings import MEANING, Standing, standing_without_words, standings

SYMBOLS = {
    Standing.CLEARED: "◔", Standing.ACCEPTED: "◑", Standing.PUBLISHED: "●", Standing.IN_FORCE: "◉",
    Standing.NOT_YET: "○", Standing.NOT_CLEARED: "×", Standing.NOT_DUE: "–",
}  # fmt: skip
STATUSES: list[tuple[str, Any]] = [("", _("Any status")), *((one.value, one.label) for one in Standing)]
LEVELS = ("", "objectives", "items")


@dataclass(frozen=True)
class Kind:
    """A standing as it is shown: never by its colour or its symbol alone."""

    name: str
    symbol: str
    label: str
    meaning: str


@dataclass(frozen=True)
class Cell:
    """What one State has on one item. `address` leads to its words, where there are any to read."""

    kind: Kind
    rating: str = ""
    address: str = ""
    is_match: bool = True


@page("GET", "HEAD")
def matrix(request: HttpRequest) -> HttpResponse:
    """Objectives with what stands where, or the items of what was chosen, cell by cell."""
    mandate = as_secretariat(request)
    narrowing = Narrowing(request.GET, STATUSES, is_of_one_cycle=True)
    level = request.GET.get("level", "")
    if level not in LEVELS:
        raise Http404
    is_narrow = any(narrowing[name] for name in ("pillar", "objective", "theme", "status"))
    level = level or ("items" if is_narrow else "objectives")
    context: dict[str, Any] = {"narrowing": narrowing, "level": level, "cycle": narrowing.cycle}
    if narrowing.cycle:
        table = Table(mandate, narrowing, narrowing.cycle)
        context |= {
            "states": table.states,
            "pillars": list(table.by_item() if level == "items" else table.by_objective()),
            "legend": list(table.kinds.values()),
            "phase": narrowing.cycle.phase().label,
            "items_address": narrowing.address(level="items"),
            "objectives_address": narrowing.address(level="objectives", status=""),
        }
    return render(request, "commitments/desk/matrix.html", context)


class Table:
    """The cells, in three queries whatever the size."""

    def __init__(self, mandate: Mandate, narrowing: Narrowing, cycle: Cycle) -> None:
        self.narrowing = narrowing
        self.states = [one for one in narrowing.states if narrowing["state"] in ("", one.iso_alpha3)]
        self.kinds = {one: Kind(one.value, SYMBOLS[one], str(one.label), str(MEANING[one])) for one in Standing}
        self.ratings = {one.value: str(one.label) for one in Rating}
        self.not_due = self._cell(Standing.NOT_DUE)
        self.empty = {state.pk: self._cell(standing_without_words(cycle, state)) for state in self.states}
        self.items = list(
            ActionItem.objects.filter(narrowing.items(), plan=cycle.plan_id)
            .only("code", "short_title", "translations", "addressee", "objective_id", "position")
            .order_by("position", "pk")
        )
        self.filled = standings(cycle, mandate)

    def by_item(self) -> Iterator[dict[str, Any]]:
        """Pillars, their objectives, and of these each item with a cell for each State."""
        status = self.narrowing["status"]
        for pillar, objectives in self._plan():
            shown = []
            for objective, items in objectives:
                rows = [(item.code, title_of(item), self._cells(item)) for item in items]
                rows = [row for row in rows if not status or any(cell.is_match for cell in row[2])]
                if rows:
                    shown.append(_named(objective) | {"rows": rows})
            if shown:
                yield _named(pillar) | {"objectives": shown}

    def by_objective(self) -> Iterator[dict[str, Any]]:
        """Pillars and their objectives: for each State how many items stand where. Never a total of a State."""
        for pillar, objectives in self._plan():
            shown = []
            for objective, items in objectives:
                kinds = [[cell.kind for cell in self._cells(item)] for item in items]
                counts = [Counter(column) for column in zip(*kinds, strict=True)]
                cells = [[(one, found[one]) for one in self.kinds.values() if found[one]] for found in counts]
                address = self.narrowing.address(objective=objective.code, pillar="", level="items")
                shown.append(_named(objective) | {"count": len(items), "cells": cells, "address": address})
            if shown:
                address = self.narrowing.address(pillar=pillar.code, level="items")
                yield _named(pillar) | {"objectives": shown, "address": address}

    def _plan(self) -> Iterator[tuple[Any, list[tuple[Objective, list[ActionItem]]]]]:
        of: dict[int, list[ActionItem]] = {}
        for item in self.items:
            of.setdefault(item.objective_id, []).append(item)
        for pillar in self.narrowing.pillars:
            objectives = [one for one in self.narrowing.objectives if one.pillar_id == pillar.pk and one.pk in of]
            yield pillar, [(one, of[one.pk]) for one in objectives]

    def _cells(self, item: ActionItem) -> list[Cell]:
        cells = []
        for state in self.states:
            if found := self.filled.get((item.pk, state.pk)):
                cells.append(self._cell(*found, f"{state.iso_alpha3}/{item.code}/"))
            else:
                cells.append(self.not_due if item.addressee == Addressee.PARTNER else self.empty[state.pk])
        return cells

    def _cell(self, standing: Standing, rating: str = "", address: str = "") -> Cell:
        is_match = self.narrowing["status"] in ("", standing)
        return Cell(self.kinds[standing], self.ratings.get(rating, ""), address, is_match)


def _named(row: Any) -> dict[str, Any]:
    return {"code": row.code, "title": title_of(row, "title")}
