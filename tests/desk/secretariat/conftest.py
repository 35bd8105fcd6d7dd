"""Addresses of the secretariat's pages, a batch as it is prepared in the queue, and updates to move."""

from __future__ import annotations

from typing import Any

import pytest

from commitments import batching
from commitments.models import Batch, Update
from tests.builders import World

ITEMS = ("I.1.1", "I.1.2", "II.1.1")
STATES = ("KAZ", "TJK", "UZB")


def reviewed(state: str = "KAZ", code: str = "I.1.2", place: str = "") -> str:
    return f"/desk/review/review-2028/{state}/{code}/{place}"


def row(update: Update) -> str:
    """A row of the queue as its box sends it: the key and the version shown."""
    return f"{update.key}@{update.version}"


def prepare(visitor: Any, move: str, *rows: str, **words: str) -> Any:
    return visitor.post("/desk/review/batch/", {"move": move, "row": list(rows), "chosen": "", **words})


def prepared(visitor: Any, move: str, *rows: str, **words: str) -> Batch:
    """The batch that this person has just prepared."""
    answer = prepare(visitor, move, *rows, **words)
    assert answer.status_code == 302, answer.content
    return Batch.objects.get(uid=answer["Location"].split("/")[-2])


def outcomes(batch: Batch) -> dict[str, str]:
    """What became of each row, by `STATE code`."""
    rows = batch.rows.select_related("update__commitment__member_state", "update__commitment__action_item")
    return {str(one.update.commitment): one.outcome for one in rows}


def walk_all(world: World, to: str, **content: Any) -> list[Update]:
    return [world.walk(to, state, item, **content) for item in ITEMS for state in STATES]


def start(visitor: Any, batch: Batch, **words: str) -> Any:
    return visitor.post(f"/desk/batches/{batch.uid}/start/", words)


def read(batch: Batch) -> Batch:
    return Batch.objects.get(pk=batch.pk)


@pytest.fixture(autouse=True)
def the_worker_keeps_the_connection_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """It closes what is old between tasks; a test's transaction lives in that connection."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.Worker.configure_signals", lambda self: None)


@pytest.fixture
def left_to_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many rows as a page makes while one waits: none, so that every batch is left to a worker."""
    monkeypatch.setattr(batching, "AT_ONCE", 0)
