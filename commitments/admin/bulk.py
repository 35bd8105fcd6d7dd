"""One move on many updates: each shown before, each made or refused on its own, each outcome reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from commitments.mandates import Mandate
from commitments.screens.forms import actor
from commitments.screens.moves import move_form
from commitments.screens.together import Outcome, is_number, make_each, why_not
from commitments.workflow import MOVES, Capacity, Move

BULK_MOVES = ("clear", "return", "accept", "publish")


def bulk_moves(mandate: Mandate) -> list[Move]:
    """The moves that this person's roles could make on many, in the table's order; a verb once."""
    held = {Capacity(role) for role in mandate.roles if role in Capacity.values}
    return list({move.name: move for move in MOVES if move.name in BULK_MOVES and move.by & held}.values())


def chosen_versions(request: HttpRequest) -> dict[int, int]:
    """The version of each row as it was shown."""
    prefix = "version-"
    sent = {name.removeprefix(prefix): str(value) for name, value in request.POST.items() if name.startswith(prefix)}
    return {int(pk): int(version) for pk, version in sent.items() if is_number(pk) and is_number(version)}


def move_action(move: Move) -> tuple[Callable[..., HttpResponseBase], str, Any]:
    """An admin action that makes this move."""

    def action(page: Any, request: HttpRequest, queryset: Any) -> HttpResponseBase:
        return BulkMove(page, request, move).answer(list(queryset[: page.list_max_show_all]))

    return action, move.name, move.label


class BulkMove:
    """Shows the chosen updates with what the move needs; confirmed, makes it on the versions that were shown."""

    def __init__(self, page: Any, request: HttpRequest, move: Move) -> None:
        self.page, self.request, self.move = page, request, move

    def answer(self, updates: list[Any]) -> HttpResponseBase:
        confirmed = "confirmed" in self.request.POST
        able = [one for one in updates if self.move.name in one.allowed_moves(self.request.user)]
        form = move_form(self.move, on_many=True)(self.request.POST if confirmed else None, person=self.request.user)
        if confirmed and form.is_valid():
            versions = chosen_versions(self.request)
            made = make_each(
                self.move, updates, form.words, by=actor(self.request), read=lambda one: versions.get(one.pk)
            )
            return self._report(made)
        unable = [why_not(self.move, one) for one in updates if one not in able]
        return self._page(rows=able, outcomes=unable, form=form)

    def _report(self, outcomes: list[Outcome]) -> HttpResponseBase:
        if outcomes and all(outcome.is_done for outcome in outcomes):
            told = gettext("%(move)s: %(count)d updates.") % {"move": self.move.label, "count": len(outcomes)}
            messages.success(self.request, told)
            return redirect(self.request.get_full_path())
        return self._page(outcomes=outcomes)

    def _page(self, **facts: Any) -> TemplateResponse:
        context = (
            self.page.admin_site.each_context(self.request)
            | self.page.trail()
            | {
                "title": self.move.label,
                "effect": self.move.effect,
                "action": self.move.name,
                **facts,
            }
        )
        return TemplateResponse(self.request, "admin/desk/bulk.html", context)
