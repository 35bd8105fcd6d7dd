"""Worlds that differ only in what a circle of readers may not know, and how the same questions are asked in each.

`without`: the hidden rows were never written. `beside`: they were written after what everybody may read. `otherwise`:
other rows, more of them, in other words and on other days, some of them before what everybody may read, so that keys
that count, orderings and totals show through if they can.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock

import time_machine
from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.test import override_settings
from django.utils.text import slugify

from commitments import readings
from commitments.api import kept
from tests.builders import World
from tests.hostile import canaries, hidden
from tests.hostile.conftest import NOON
from tests.hostile.questions import Question
from tests.hostile.visitors import Seen, Visitor
from tests.standing import standing

WORLDS = ("without", "beside", "otherwise")


@dataclass(frozen=True)
class Circle:
    """Readers who may know the same. `before` is written before all that everybody may read, `after` after it."""

    readers: tuple[str | None, ...]
    before: Callable[[World, str], object]
    after: tuple[Callable[[World, str], object], ...]
    mark: str = canaries.MARK  # that nobody of them may see


CIRCLES = {
    "another State and the public": Circle(
        ("coordinator.tjk", "focal.tjk", "partner", None), hidden.write_drafts,
        (hidden.hide_what_follows, hidden.work_of_the_secretariat, hidden.change_people),
    ),
    "observers and who runs the system": Circle(
        ("observer", "nobody", "administrator"), hidden.write_drafts,
        (hidden.hide_what_follows, hidden.work_of_the_secretariat),
    ),
    "the secretariat": Circle(
        ("reviewer", "editor"), hidden.write_drafts, (hidden.keep_in_the_state, hidden.read_at_home), canaries.INSIDE,
    ),
    "another agency": Circle(("contributor.kaz",), hidden.draft_of_an_agency, (), canaries.AGENCY),
}  # fmt: skip


def build(world: World, circle: str, which: str) -> World:
    """One of the worlds of this circle. What everybody may read bears the same keys and instants in each."""
    hide = CIRCLES[circle]
    mark = hide.mark if which == "beside" else f"{hide.mark}-quite-otherwise"  # of another length, where that shows
    if which == "otherwise":
        with hours_ago(27):
            hide.before(world, mark)
    with hours_ago(3), same_chance():
        hidden.releases(world)
    with hours_ago(2 if which == "beside" else 1):
        if which == "beside":
            hide.before(world, mark)
        if which != "without":
            for step in hide.after:
                step(world, mark)
    return world


def hours_ago(hours: int) -> time_machine.travel:
    return time_machine.travel(NOON - dt.timedelta(hours=hours), tick=False)


@contextmanager
def same_chance() -> Iterator[None]:
    """Names and keys that are drawn within are the same in every world."""
    drawn = random.Random(1)
    with mock.patch("os.urandom", drawn.randbytes), mock.patch("random._urandom", drawn.randbytes):
        yield


@contextmanager
def undone() -> Iterator[None]:
    """What is written within is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def standing_world(world: World, circle: str, which: str) -> Iterator[None]:
    """The same rows under the same keys each time, and taken back. Its files stay in a folder of its own."""
    folder = settings.MEDIA_ROOT / "worlds" / slugify(circle) / which
    with undone(), override_settings(MEDIA_ROOT=folder):
        standing(build, world, circle, which)
        for cache in caches.all():
            cache.clear()
        kept.forget()
        readings.forget()
        yield


def in_a_world(
    world: World, circle: str, which: str, visitors: Sequence[Visitor], questions: Sequence[Question]
) -> list[Seen]:
    """The answers that are given there."""
    with standing_world(world, circle, which):
        asked_at_home(Visitor(world, "coordinator.kaz"), questions)
        return answers(visitors, questions)


def asked_at_home(home: Visitor, questions: Sequence[Question]) -> None:
    """Those who may see all have just asked the same: what is kept of their answers would be given to others."""
    for question in questions[::2]:
        if question.method == "GET":
            with undone(), same_chance():
                home.ask(question.method, question.address, None, question.headers)


def answers(visitors: Sequence[Visitor], questions: Sequence[Question]) -> list[Seen]:
    """Of each to each, one by one: nothing that a question writes is there when the next is asked."""
    found = []
    for question in questions:
        for visitor in visitors:
            with undone(), same_chance():
                found.append(visitor.ask(question.method, question.address, question.body, question.headers))
    return found
