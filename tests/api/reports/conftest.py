"""A report at every stage of its life, taken there with everything frozen as it would be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from reporting.issuing import begin, take_step
from reporting.models import Edition, Passage, Recommendation, Remark, Report, Seat
from tests.builders import World
from tests.reporting.reports import EARLY

SLUG = "review-2028-regional-public"
CAST = (None, "focal.kaz", "coordinator.kaz", "focal.tjk", "coordinator.tjk", "reviewer", "editor", "partner",
        "observer", "nobody", "administrator")  # fmt: skip
UN = frozenset({"reviewer", "editor"})
KAZ = frozenset({"focal.kaz", "coordinator.kaz"})
STATES = KAZ | {"focal.tjk", "coordinator.tjk"}
EVERYBODY = frozenset(CAST)
STEPS = ("draft", "submit", "circulate", "close", "issue")


def step(world: World, report: Report, name: str, who: str, **words: Any) -> Report:
    report.refresh_from_db()
    return take_step(report, name, by=world.who(who), version=report.version, **words)


def in_twenty_days() -> dt.date:
    return timezone.now().date() + dt.timedelta(days=20)


def written(world: World, report: Report, section: str = "summary", **words: Any) -> Passage:
    words.setdefault("text", "Much was done, on {{ reported }} of {{ due }}.")
    return Passage.add(report, section, by=world.who("editor"), **words)


def recommended(world: World, report: Report, text: str = "Do more.", **words: Any) -> Recommendation:
    return Recommendation.add(report, by=world.who("editor"), text=text, **words)


def commented(world: World, report: Report, state: str = "KAZ", text: str = "This is not so.") -> Remark:
    by = world.who(f"coordinator.{state.lower()}")
    return Remark.make(report, "3", text, by=by, member_state=world.states[state])


def at_stage(world: World, to: str, *, kind: str = "regional", audience: str = "public", **what: Any) -> Report:
    """A report with a passage and a recommendation; Kazakhstan commented on the draft, and was answered."""
    report = begin(kind, world.cycle, by=world.who("editor"), audience=audience, **what)
    for name, stage in zip(("", *STEPS), ("outline", "drafting", "clearance", "circulated", "final", "issued"),
                           strict=True):  # fmt: skip
        if name:
            _step_on(world, report, name)
        if stage == "drafting":
            written(world, report)
            recommended(world, report)
        if report.stage == to:
            return report
    raise ValueError(to)


def _step_on(world: World, report: Report, name: str) -> None:
    if name == "circulate":
        step(world, report, name, "reviewer", comments_due_on=in_twenty_days())
    elif name == "close":
        commented(world, report).answer("accepted", "It is mended.", by=world.who("editor"))
        step(world, report, name, "editor", reason=EARLY)
    else:
        step(world, report, name, "editor")


def issue(world: World) -> Edition:
    return at_stage(world, "issued").editions.get(form="issue")


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def report(world) -> Report:
    """One that an editor is drafting, with a passage and a recommendation."""
    return at_stage(world, "drafting")


@pytest.fixture
def free(world) -> Callable[[], None]:
    """Everybody stands up."""
    return lambda: Seat.objects.all().delete() and None
