"""One deed on many rows: each shown before, each done or refused on its own, each outcome reported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import ngettext

from commitments.mandates import Mandate
from commitments.models import Update
from commitments.screens.forms import DeskForm, actor
from commitments.screens.moves import move_form
from commitments.screens.sent import version_sent
from commitments.screens.together import Outcome, each, why_not
from commitments.workflow import MOVES, Capacity, Move

BULK_MOVES = ("clear", "return", "accept", "publish")


@dataclass(frozen=True)
class Deed:
    """`act(row, by=, version=, **words)` answers what became of a row, `left_out(row, person)` why it is not asked."""

    name: str
    label: Any
    form: Callable[..., DeskForm]
    act: Callable[..., Any]
    done: Callable[[int], str]  # what is said of so many rows
    effect: Any = ""
    left_out: Callable[[Any, Any], Outcome | None] = lambda row, person: None

    def as_action(self) -> tuple[Callable[..., HttpResponseBase], str, Any]:
        """As the admin offers it above a list."""

        def action(page: Any, request: HttpRequest, queryset: Any) -> HttpResponseBase:
            return _answer(page, request, self, list(queryset[: page.list_max_show_all]))

        return action, self.name, self.label


def bulk_moves(mandate: Mandate) -> list[Deed]:
    """The moves that this person's roles could make on many, in the table's order; a verb once."""
    held = {Capacity(role) for role in mandate.roles if role in Capacity.values}
    moves = {move.name: move for move in MOVES if move.name in BULK_MOVES and move.by & held}
    return [_deed(move) for move in moves.values()]


def _deed(move: Move) -> Deed:
    def act(row: Update, **words: Any) -> Any:
        return row.make(move.name, **words).get_status_display()

    def done(count: int) -> str:
        told = ngettext("%(move)s: %(count)d update.", "%(move)s: %(count)d updates.", count)
        return told % {"move": move.label, "count": count}

    def left_out(row: Update, person: Any) -> Outcome | None:
        return None if move.name in row.allowed_moves(person) else why_not(move, row)

    return Deed(move.name, move.label, move_form(move, on_many=True), act, done, move.effect, left_out)


def _answer(page: Any, request: HttpRequest, deed: Deed, rows: list[Any]) -> HttpResponseBase:
    """The chosen rows with what the deed needs; confirmed, it is done on the versions that were shown."""
    is_confirmed = "confirmed" in request.POST
    form = deed.form(request.POST if is_confirmed else None, person=request.user)
    if is_confirmed and form.is_valid():
        by, words = actor(request), form.words
        outcomes = each(rows, lambda row: deed.act(row, by=by, version=_version(request, row), **words))
        if not rows or not all(outcome.is_done for outcome in outcomes):
            return _page(page, request, deed, outcomes=outcomes)
        messages.success(request, deed.done(len(outcomes)))
        return redirect(request.get_full_path())
    obstacles = {row.pk: deed.left_out(row, request.user) for row in rows}
    able, unable = [row for row in rows if not obstacles[row.pk]], [one for one in obstacles.values() if one]
    return _page(page, request, deed, rows=able, outcomes=unable, form=form)


def _version(request: HttpRequest, row: Any) -> int | None:
    return version_sent(request.POST, f"version-{row.pk}")


def _page(page: Any, request: HttpRequest, deed: Deed, **facts: Any) -> TemplateResponse:
    context = page.admin_site.each_context(request) | page.trail()
    context |= {"title": deed.label, "effect": deed.effect, "action": deed.name, **facts}
    return TemplateResponse(request, "admin/desk/bulk.html", context)
