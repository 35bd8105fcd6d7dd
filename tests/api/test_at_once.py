"""The same request sent twice at once, by two processes: done once, and answered the same to both."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)
CONNECTED_BY = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


@pytest.fixture
def database(world, tmp_path) -> dict[str, Any]:
    """Where other processes find the world of this test: on SQLite, in a copy of it on the disk."""
    for item in ("I.1.1", "I.1.2", "II.1.1"):
        for state in ("KAZ", "TJK", "UZB"):
            world.walk("accepted", state, item)
    if connection.vendor == "postgresql":
        return {key: connection.settings_dict[key] for key in CONNECTED_BY}
    file = tmp_path / "world.sqlite3"
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    copy.close()
    return {"NAME": str(file)}


@pytest.fixture
def contenders(database) -> Iterator[list[subprocess.Popen[str]]]:
    facts = {"DJANGO_SETTINGS_MODULE": "tests.settings", "CONTENDER_DATABASE": json.dumps(database)}
    command = [sys.executable, "-m", "tests.api.contender"]
    pipes = [
        subprocess.Popen(
            command, cwd=ROOT, env=os.environ | facts, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    assert [pipe.stdout.readline().strip() for pipe in pipes] == ["ready"] * 2
    yield pipes
    for pipe in pipes:
        pipe.communicate()


def ask(pipes: list[subprocess.Popen[str]], **asked: Any) -> list[dict[str, Any]]:
    for pipe in pipes:
        pipe.stdin.write(json.dumps(asked) + "\n")
        pipe.stdin.flush()
    return [json.loads(pipe.stdout.readline()) for pipe in pipes]


def test_two_at_once_are_done_once_and_answered_the_same(world, contenders):
    editor = world.emails["editor"]
    body = {"revision": "review-2028:KAZ:I.1.2:1", "observations": "Seen."}

    made = ask(contenders, email=editor, place="assessments/", body=body, version=None)
    later = ask(contenders, email=editor, place="assessments/", body=body, version=None)

    assert [answer["status"] for answer in made + later] == [201] * 4
    assert sorted(answer["is_replayed"] for answer in made) == [False, True]
    assert all(answer["is_replayed"] for answer in later)
    assert len({answer["body"] for answer in made + later}) == 1


def test_two_moves_at_once_are_made_once_and_neither_is_told_that_it_is_late(world, contenders):
    editor = world.emails["editor"]
    place = "updates/review-2028:TJK:I.1.1/publish/"

    answers = ask(contenders, email=editor, place=place, body={}, version=4)

    assert [answer["status"] for answer in answers] == [200, 200]
    assert sorted(answer["is_replayed"] for answer in answers) == [False, True]
    assert json.loads(answers[0]["body"])["version"] == 5
