"""Two processes at one update: exactly one wins, and the other decides on what the winner left."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from commitments.models import Appointment, Event, Update
from commitments.verification import broken_links
from commitments.workflow import Role
from tests.builders import person
from tests.domain.attempts import report

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)


class Contender:
    """A process with its own connection to the database of this test."""

    def __init__(self, database: dict[str, Any]) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "CONTENDER_DATABASE": json.dumps(database),
        }
        self.pipe = subprocess.Popen(
            [sys.executable, "-m", "tests.domain.contender"],
            cwd=ROOT,
            env=environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def ask(self, **words: Any) -> None:
        self.pipe.stdin.write(json.dumps(words) + "\n")
        self.pipe.stdin.flush()

    def told(self) -> str:
        return self.pipe.stdout.readline().strip()

    def leave(self) -> None:
        self.pipe.communicate()


@pytest.fixture
def database(world, tmp_path) -> dict[str, Any]:
    """Where other processes find the world of this test: on SQLite, in a copy of it on the disk."""
    if connection.vendor == "postgresql":
        return {key: connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    file = tmp_path / "world.sqlite3"
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")  # here and not by both processes at once, who would lock each other out
    copy.close()
    return {"NAME": str(file)}


@pytest.fixture
def contenders(database) -> Iterator[list[Contender]]:
    pair = [Contender(database), Contender(database)]
    assert [one.told() for one in pair] == ["ready", "ready"]
    yield pair
    for one in pair:
        one.leave()


@pytest.fixture
def outcome(database):
    """Looks at what the processes left, through the connection of the test."""

    def look(question):
        if connection.vendor == "postgresql":
            return question()
        with sqlite3.connect(database["NAME"]) as left:
            left.backup(connection.connection)
        left.close()
        return question()

    return look


def test_of_two_writers_who_read_the_same_version_exactly_one_wins(world, contenders, outcome):
    update = world.update(item="I.1.1")
    emails = [world.emails["focal.kaz"], world.emails["contributor.kaz"]]
    verdicts = []

    for version in range(10):
        for contender, email in zip(contenders, emails, strict=True):
            words = {"values": {"results": f"{email} {version}"}}
            contender.ask(update=update.pk, move="edit", email=email, version=version, words=words)
        verdicts.append(sorted(contender.told() for contender in contenders))

    assert verdicts == [["StaleVersion", "made"]] * 10
    events = outcome(lambda: list(Event.objects.filter(update=update).order_by("sequence")))
    assert [event.sequence for event in events] == list(range(1, 11))
    assert Update.objects.get(pk=update.pk).results == events[-1].changes["results"]
    assert list(broken_links()) == []


@pytest.fixture
def both(world):
    """A complete draft by another hand; and the address of one who may both submit and clear for that State."""
    someone = person(world, "both", Role.FOCAL_POINT, agency=world.agencies["interior.kaz"])
    Appointment.appoint(someone, Role.COORDINATOR, by=None, member_state=world.states["KAZ"])
    update = report(world.update(), world.who("focal.kaz"))
    return update, someone.email


def test_four_eyes_hold_for_whoever_submits_and_clears_at_the_same_time(world, both, contenders, outcome):
    update, email = both
    submitting, clearing = contenders

    submitting.ask(update=update.pk, move="submit", email=email, version=1, words={}, hold=True)
    assert submitting.told() == "held"
    clearing.ask(update=update.pk, move="clear", email=email, version=2, words={"audience": "public"})
    time.sleep(0.5)  # by now the second waits for the first
    submitting.ask()

    assert (submitting.told(), clearing.told()) == ("made", "Forbidden")
    assert outcome(lambda: Update.objects.get(pk=update.pk)).status == "submitted"


def test_whoever_waited_moves_the_revision_that_was_made_meanwhile(world, both, contenders, outcome):
    update, email = both
    submitting, clearing = contenders
    coordinator = world.emails["coordinator.kaz"]

    submitting.ask(update=update.pk, move="submit", email=email, version=1, words={}, hold=True)
    assert submitting.told() == "held"
    clearing.ask(update=update.pk, move="clear", email=coordinator, version=2, words={"audience": "public"})
    time.sleep(0.5)
    submitting.ask()

    assert (submitting.told(), clearing.told()) == ("made", "made")
    cleared = outcome(lambda: Event.objects.get(update=update, move="clear"))
    assert cleared.revision == Update.objects.get(pk=update.pk).current_revision
    assert list(broken_links()) == []
