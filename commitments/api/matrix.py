"""The status matrix of a cycle: action items x Member States, each cell a rating or the reason why it is empty.

A State that has not reported and one that keeps its report to itself look the same to everyone beyond it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet, TextChoices, prefetch_related_objects
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from rest_framework import serializers
from rest_framework.request import Request

from commitments.api import filters, types
from commitments.api.answers import answer, public, table
from commitments.api.asking import read_parameters, yes_or_no
from commitments.api.filters import filtered
from commitments.api.keys import cycle_given, only
from commitments.api.shapes import Row, Shape
from commitments.api.views import Noun
from commitments.content import Rating
from commitments.mandates import Mandate
from commitments.models import ActionItem, Cycle, MemberState, Release, Update
from commitments.models.plan import Addressee


class Empty(TextChoices):
    """Why a cell is empty."""

    NOT_DUE = "not_due", _("Not due: the item is addressed to partners")
    AWAITING = "awaiting", _("Awaiting: the cycle is not over")
    NOT_RELEASED = "not_released", _("Not released to you")
    NOT_REPORTED = "not_reported", _("Not reported; only the State's own coordinator is told")


# One letter a cell, for `compact=true`.
LETTERS: dict[str, str] = {
    Rating.NOT_STARTED: "n",
    Rating.LIMITED: "l",
    Rating.SUBSTANTIAL: "s",
    Rating.IMPLEMENTED: "i",
    Rating.NOT_APPLICABLE: "a",
    Rating.NO_INFORMATION: "u",
    Empty.NOT_DUE: "-",
    Empty.AWAITING: ".",
    Empty.NOT_RELEASED: "x",
    Empty.NOT_REPORTED: "?",
}


class MatrixSerializer(serializers.Serializer):
    cycle = types.text()
    plan = types.text()
    member_states = types.codes("In English alphabetical order; the order of a compact row's letters.")
    legend = types.thing("Letter -> what it stands for.")
    rows = types.things(
        "For each item `action_item` and `cells`: {State: rating or reason}; with `compact=true` one letter a State."
    )


class MatrixFilters(FilterSet):
    pillar = filters.of_pillar("objective__pillar")
    objective = filters.of_objective("objective")
    addressee = filters.OneOf("addressee", Addressee.choices)


class StatusMatrix(Noun):
    """Action items x Member States in one cycle, as far as you may read."""

    tag = "What States report"
    shape = Shape("StatusMatrix", ())
    documented = MatrixSerializer
    filterset = MatrixFilters
    public_actions = frozenset({"show"})
    detail_parameters = {
        "cycle": "Slug of the cycle; the latest that was opened where it is left out.",
        "compact": "`true`: one letter a State instead of an object.",
    }

    def show(self, request: Request) -> HttpResponseBase:
        """The status matrix of a cycle."""
        known = {*self.detail_parameters, *MatrixFilters.base_filters, "format"}
        parameters = read_parameters(request, known)
        is_compact = yes_or_no("compact", parameters.get("compact", "false"))
        cycle = _cycle(parameters.get("cycle"))
        items = filtered(MatrixFilters, ActionItem.objects.filter(plan=cycle.plan_id), parameters, request)
        states = list(MemberState.objects.order_by("name"))
        rows = list(_cells(cycle, states, items, self.mandate))
        names = [state.iso_alpha3 for state in states]
        if request.accepted_renderer.format == "csv":
            lines = ({"action_item": code, **dict(zip(names, cells, strict=True))} for code, cells in rows)
            return public(request, table(["action_item", *names], lines, f"status-matrix-{cycle.slug}"), 0)
        content = {
            "cycle": cycle.slug,
            "plan": cycle.plan.slug,
            "member_states": names,
            "legend": {letter: str(code) for code, letter in LETTERS.items()},
            "rows": [_row(code, cells, names, is_compact) for code, cells in rows],
        }
        return public(request, answer(content), 0)


def _cycle(slug: str | None) -> Cycle:
    if slug is not None:
        return cycle_given("cycle", slug)
    return only(Cycle.objects.filter(opened_at__isnull=False).order_by("-opens_on", "-pk"))


def _row(code: str, cells: list[str], names: list[str], is_compact: bool) -> Row:
    if is_compact:
        return {"action_item": code, "cells": "".join([LETTERS[cell] for cell in cells])}
    return {"action_item": code, "cells": dict(zip(names, cells, strict=True))}


def _cells(
    cycle: Cycle, states: list[MemberState], items: QuerySet, mandate: Mandate
) -> Iterator[tuple[str, list[str]]]:
    """For each item its code and a cell for each State. Four queries, whatever the size."""
    if mandate.is_officer:  # who may know of extensions is told by them, cell by cell
        prefetch_related_objects([cycle], "extensions")
    place = {state.pk: number for number, state in enumerate(states)}
    filled: dict[int, list[tuple[int, str]]] = {}
    for item, state, why in _not_reported(cycle, states, mandate):
        filled.setdefault(item, []).append((place[state], why))
    released = Release.objects.visible_to(mandate).filter(cycle=cycle)
    for item, state, rating in released.values_list(
        "commitment__action_item_id", "commitment__member_state_id", "rating"
    ):
        filled.setdefault(item, []).append((place[state], rating))
    empty = [_why_empty(cycle, state, mandate) for state in states]
    not_due = [str(Empty.NOT_DUE)] * len(states)
    for pk, code, addressee in items.order_by("position", "pk").values_list("pk", "code", "addressee"):
        cells = list(not_due if addressee == Addressee.PARTNER else empty)
        for number, cell in filled.get(pk, ()):
            cells[number] = cell
        yield code, cells


def _why_empty(cycle: Cycle, state: MemberState, mandate: Mandate) -> str:
    """Awaiting until the cycle closes in the capital; those who may know of extensions, until those end."""
    over_at = state.end_of(cycle.closes_on)
    if mandate.is_officer:
        over_at = max(over_at, cycle.due_at(state))
    return str(Empty.AWAITING if timezone.now() < over_at else Empty.NOT_RELEASED)


def _not_reported(cycle: Cycle, states: list[MemberState], mandate: Mandate) -> list[tuple[int, int, str]]:
    """What the reader's own State owes, and has not submitted once, though its time is over."""
    own = [state for state in states if state.pk in mandate.coordinated_state_ids]
    found: list[tuple[int, int, Any]] = []
    for state in own:
        silent = (
            Update.objects.visible_to(mandate)
            .due()
            .filter(cycle=cycle, commitment__member_state=state, current_revision=None)
        )
        for item in silent.values_list("commitment__action_item_id", flat=True):
            if not cycle.accepts(state, item) and timezone.now() >= cycle.due_at(state, item):
                found.append((item, state.pk, str(Empty.NOT_REPORTED)))
    return found
