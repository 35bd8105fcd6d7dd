"""Trying a move without keeping it, so that one table can ask many questions of one world."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from commitments.errors import Invalid, Refused
from commitments.models import Update
from tests.builders import REPORTED

MOVES = ("edit", "submit", "return", "clear", "accept", "publish", "recall", "withdraw", "revise")
# What each move asks for, so that only the person and the status decide.
WORDS: dict[str, dict[str, Any]] = {
    "edit": {"values": {"results": "Courts use it."}},
    "return": {"reason": "The second paragraph is unclear."},
    "clear": {"audience": "public"},
    "recall": {"reason": "A figure was wrong."},
    "withdraw": {"reason": "It must not be read now."},
}
MADE = "made"


def attempt(act: Callable[[], Any]) -> str:
    """`made`, or the name of the refusal. Nothing stays."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                act()
        except Refused as refusal:
            return type(refusal).__name__
        transaction.set_rollback(True)
    return MADE


def try_move(update: Update, move: str, by: Any, **words: Any) -> str:
    """Whether `by` could make this move now, having read the current version."""
    fresh = Update.objects.get(pk=update.pk)
    words = {"version": fresh.version, **WORDS.get(move, {}), **words}
    return attempt(lambda: fresh.make(move, by=by, **words))


def problems(act: Callable[[], Any]) -> list[tuple[str, str]]:
    """The fields and rules that an Invalid names; fails where nothing was refused."""
    with pytest.raises(Invalid) as refusal, transaction.atomic():
        act()
    return [(problem.field, problem.rule) for problem in refusal.value.problems]


def edit(update: Update, by: Any, **values: Any) -> Update:
    return update.edit(by=by, version=update.version, values=values)


def report(update: Update, by: Any, **values: Any) -> Update:
    """A complete draft."""
    return edit(update, by, **{**REPORTED, **values})
