"""A stopped clock and fresh limits; those of reading stand aside: a battery asks more in a minute than a person."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator

import pytest
import time_machine

from commitments.api.throttles import ReadThrottle
from reporting.background import make_file
from reporting.models import ReportFile
from tests.batteries import Tally
from tests.builders import World, build_world
from tests.hostile.asking import Asker
from tests.hostile.canaries import sighted
from tests.hostile.hidden import build_hidden
from tests.hostile.stages import build_stages
from tests.hostile.things import things
from tests.hostile.visitors import Visitor, asked
from tests.standing import standing

NOON = dt.datetime(2027, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def world(db, request: pytest.FixtureRequest) -> Iterator[World]:
    """On a stopped clock, so that all is asked at the same instant. With `kept`, there is something to hide; with
    `asker`, everything stands at every stage."""
    names = request.fixturenames
    with time_machine.travel(NOON, tick=False):
        yield standing(build_stages if "asker" in names else build_hidden if "kept" in names else build_world)


@pytest.fixture(autouse=True)
def _limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReadThrottle, "allow_request", lambda self, request, view: True)


@pytest.fixture(autouse=True)
def _what_was_asked_is_counted(tally: Tally) -> Iterator[None]:
    asked.clear()
    yield
    tally(**asked)


@pytest.fixture(autouse=True)
def _no_word_is_read_by_who_may_not() -> Iterator[None]:
    """Of all that any of these tests is answered."""
    sighted.clear()
    yield
    assert not sighted, "; ".join(sighted[:5])


@pytest.fixture
def asker(world: World) -> Iterator[Asker]:
    """The whole cast in a world of all stages. Refusals are not logged: a line with its trace takes time."""
    for file in ReportFile.objects.all():
        make_file.call(str(file.uid))
    logging.disable(logging.CRITICAL)
    yield Asker(world, things(world))
    logging.disable(logging.NOTSET)


@pytest.fixture
def visit(world: World) -> Callable[[str | None], Visitor]:
    def visitor(name: str | None = None) -> Visitor:
        return Visitor(world, name)

    return visitor
