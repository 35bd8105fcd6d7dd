"""The page of an update asks the database as often when much was written and said on it as when little was."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.models import Update
from tests.builders import World
from tests.desk.work.conftest import SCRIPT, address, typed


def asked(client: Client, place: str) -> int:
    client.get(place)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(place).status_code == 200
    return len(queries)


def say_more(world: World, update: Update) -> None:
    """Sent back twice and written again, with evidence, and cleared as before."""
    focal, coordinator, reviewer = (world.who(name) for name in ("focal.kaz", "coordinator.kaz", "reviewer"))
    for turn in ("First", "Second"):
        update.return_(by=reviewer, version=update.version, reason=f"{turn}: say more.", fields=["results"])
        attach = {"kind": "reference", "title": f"{turn} reference", "audience": "un"}
        words = {"results": f"{turn} results.", "challenges": f"{turn} challenges."}
        update.edit(by=focal, version=update.version, values=words, attach=attach)
        update.submit(by=focal, version=update.version)
        update.clear(by=coordinator, version=update.version, audience="un")


@pytest.mark.parametrize(
    ("who", "place"),
    [("focal.kaz", ""), ("coordinator.kaz", ""), ("reviewer", ""), ("focal.kaz", "receipt/1/")],
)
def test_the_number_of_queries_does_not_grow_with_the_history(world, browser, who, place):
    update, client = world.walk("cleared", "KAZ", "I.1.2"), browser(who)
    say_more(world, update)
    few = asked(client, address(update, place))

    say_more(world, update)

    assert asked(client, address(update, place)) == few


def test_a_save_that_meets_another_writer_asks_as_often_whatever_they_have_saved(world, browser):
    update, contributor, client = (
        world.walk("draft", "KAZ", "I.1.1"),
        world.who("contributor.kaz"),
        browser("focal.kaz"),
    )
    words, place = typed(update, results="Ours."), address(update, "save/")

    def asked_after(saves: int) -> int:
        for number in range(saves):
            theirs = {"results": f"Theirs {number} of {saves}.", "challenges": f"{number} of {saves}."}
            update.edit(by=contributor, version=update.version, values=theirs)
        with CaptureQueriesContext(connection) as queries:
            assert client.post(place, words, headers=SCRIPT).status_code == 412
        return len(queries)

    asked_after(1)

    assert asked_after(1) == asked_after(8)
