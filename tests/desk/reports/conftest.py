"""Signed-in browsers, addresses of the desk, and reports at each stage, reached by the steps that people take."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reporting import issuing
from reporting.models import Passage, Report
from tests.builders import World, person

DESK = "/desk/reports/"
SECTION = "objective-I-1"


def address(report: Report, place: str = "") -> str:
    return f"{DESK}{report.slug}/{place}"


def read(world: World, report: Report) -> Report:
    """The report as it stands now."""
    return Report.objects.get(pk=report.pk)


def step(world: World, report: Report, name: str, who: str = "editor", **words: Any) -> Report:
    now = read(world, report)
    return issuing.take_step(now, name, by=world.who(who), version=now.version, **words)


def write(world: World, report: Report, text: str = "Much was done.", section: str = SECTION, **words: Any) -> Passage:
    return Passage.add(read(world, report), section, by=world.who("editor"), text=text, **words)


@pytest.fixture
def report(world: World) -> Report:
    """A regional report in drafting, with one released update to write about."""
    world.walk("published", "KAZ", "I.1.2")
    person(world, "editor.two", "editor")
    begun = issuing.begin("regional", world.cycle, by=world.who("editor"), audience="public")
    return step(world, begun, "draft")


@pytest.fixture
def circulated(world: World, report: Report) -> Report:
    write(world, report, "In this cycle {{ reported }} of {{ due }} were reported.", cites=["KAZ:I.1.2"])
    step(world, report, "submit")
    due = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=14)
    return step(world, report, "circulate", "reviewer", comments_due_on=due)
