"""One move on many updates: each shown before, each made or refused on its own, each outcome reported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from commitments.errors import Refused
from commitments.mandates import Mandate
from commitments.screens.moves import move_form
from commitments.workflow import MOVES, Capacity, Move

BULK_MOVES = ("clear", "return", "accept", "publish")


@dataclass(frozen=True)
class Outcome:
    """What became of one row."""

    row: Any
    message: str
    is_done: bool = True

    @classmethod
    def refused(cls, row: Any, refusal: Refused) -> Outcome:
        told = [str(problem.message) for problem in refusal.problems] or [str(refusal.detail)]
        return cls(row, " ".join(told), is_done=False)


def bulk_moves(mandate: Mandate) -> list[Move]:
    """The moves that this person's roles could make on many, in the table's order; a verb once."""
    held = {Capacity(role) for role in mandate.roles if role in Capacity.values}
    return list({move.name: move for move in MOVES if move.name in BULK_MOVES and move.by & held}.values())


def chosen_versions(request: HttpRequest) -> dict[int, int]:
    """The version of each row as it was shown."""
    prefix = "version-"
    sent = {name.removeprefix(prefix): str(value) for name, value in request.POST.items() if name.startswith(prefix)}
    return {int(pk): int(version) for pk, version in sent.items() if is_number(pk) and is_number(version)}


def is_number(text: str) -> bool:
    """A whole number that any database takes."""
    return text.isdecimal() and len(text) < 19


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
            return self._report([self._make(one, form.words) for one in updates])
        unable = [Outcome(one, self._why_not(one), is_done=False) for one in updates if one not in able]
        return self._page(rows=able, outcomes=unable, form=form)

    def _make(self, update: Any, words: dict[str, Any]) -> Outcome:
        version = chosen_versions(self.request).get(update.pk)
        try:
            update.make(self.move.name, by=self.request.user, version=version, **words)
        except Refused as refusal:
            return Outcome.refused(update, refusal)
        return Outcome(update, str(update.get_status_display()))

    def _report(self, outcomes: list[Outcome]) -> HttpResponseBase:
        if outcomes and all(outcome.is_done for outcome in outcomes):
            told = gettext("%(move)s: %(count)d updates.") % {"move": self.move.label, "count": len(outcomes)}
            messages.success(self.request, told)
            return redirect(self.request.get_full_path())
        return self._page(outcomes=outcomes)

    def _why_not(self, update: Any) -> str:
        needs = ", ".join(str(need.label) for need in self.move.needs)
        told = gettext("Not possible now: it is %(status)s.") % {"status": update.get_status_display().lower()}
        return told + (" " + gettext("It needs %(needs)s.") % {"needs": needs} if needs else "")

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
