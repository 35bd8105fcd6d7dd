"""Whoever is shown what a State has not released to everybody stands in its log, and nobody else does.

A word of its own stands in every restricted field. Every address is asked as everybody; the words that an answer shows
name the items that it told of, and the log of that one request must name the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection, transaction

from commitments.models import Reading
from tests.builders import World, build_world
from tests.depth import FULL, drawn
from tests.hostile import hidden
from tests.hostile.canaries import readable
from tests.hostile.conftest import NOON
from tests.hostile.desk_places import pages, uids
from tests.hostile.hidden import MARK
from tests.hostile.places import report_files
from tests.hostile.test_canaries import everything
from tests.hostile.visitors import Visitor
from tests.standing import standing

READERS = ("coordinator.kaz", "focal.kaz", "contributor.kaz", "reviewer", "editor", "coordinator.tjk", "focal.tjk",
           "partner", "observer", "nobody", "administrator", None)  # fmt: skip
OFFICERS = READERS[:7]
DRAWN = ("coordinator.kaz", "focal.kaz", "editor", "coordinator.tjk", "administrator", None)
ASKING = READERS if FULL else DRAWN[:: 2 if connection.vendor == "postgresql" else 1]
ONE = ("first", "draft", "again", "plan", "place", "why", "reason", "recall", "observations", "reply")
SAID = {
    **{word: {"I.1.2"} for word in ONE},
    "partner": {"II.1.2"},
    "revised": {"II.1.1", "I.1.1"},
    "shared": {"I.1.1"},
    **{word: {""} for word in ("statement", "explanation", "comment")},
}
SURE = ("/api/v1/updates/review-2028:KAZ:I.1.2/", "/api/v1/revisions/review-2028:KAZ:I.1.2:1/")  # asked in every run
DOCUMENTS = {"report", "contribution"}
UNMARKED = {"history"}  # the moves of what is open to all are told too: who wrote what, and when
# What the secretariat writes itself, and what names files and people, is no State's word.
_WORD = re.compile(rf"{MARK}(?:</?\w+>)? ?([a-z]+)", re.IGNORECASE)  # as it is found, it is marked once more


@pytest.fixture
def _no_word_is_read_by_who_may_not() -> None:
    """Here a marked word is shared too, and who is shown which is what is counted."""


def build_marked() -> World:
    """All that is not for everybody is marked, what goes to participants too."""
    world = build_world()
    hidden.releases(world, measures_taken=f"{MARK} shared.")
    hidden.hide_all(world)
    return world


@pytest.fixture
def world(db) -> Iterator[World]:
    with time_machine.travel(NOON, tick=False):
        yield standing(build_marked)


def shown(body: bytes) -> set[str]:
    """The marked words of an answer that are a State's."""
    text = readable(body).decode("utf-8", "replace")
    return {word.lower() for word in _WORD.findall(text)} & SAID.keys()


def asked(visitor: Visitor, address: str) -> tuple[set[str], list[tuple[str, str, str]]]:
    """What one request shows, and what it alone leaves in the log."""
    before = set(Reading.objects.values_list("pk", flat=True))
    with transaction.atomic():
        body = visitor.see(address).body
        rows = Reading.objects.exclude(pk__in=before).values_list("member_state__iso_alpha3", "kind", "item")
        found = list(rows)
        transaction.set_rollback(True)
    return shown(body), found


def addresses(world: World) -> list[str]:
    return [*everything(world), *pages(uids()), *report_files()]


def _names(logged: list[tuple[str, str, str]], word: str) -> bool:
    """Whether the log says that this word was read: by its item, or by the document that holds it."""
    return any(state == "KAZ" and (item in SAID[word] or kind in DOCUMENTS) for state, kind, item in logged)


@pytest.mark.battery("A3")
@pytest.mark.parametrize("reader", ASKING)
def test_who_is_shown_words_is_in_the_log_and_nobody_else(world, visit, tally, reader):
    visitor, unlogged, unread, read = visit(reader), [], [], 0

    for address in dict.fromkeys([*SURE, *drawn(addresses(world), READERS.index(reader))]):
        words, logged = asked(visitor, address)
        unlogged += [(address, word) for word in words if not _names(logged, word)]
        unread += [(address, row) for row in logged if row[0] == "KAZ" and not words and row[1] not in UNMARKED]

        read += bool(words)

    tally(answers=read)
    assert (unlogged, unread) == ([], [])
    assert not read or reader in OFFICERS
    assert read or reader not in ("coordinator.kaz", "editor")


@pytest.mark.battery("A2")
@pytest.mark.parametrize("who", ["coordinator.tjk", "focal.tjk", "editor", "administrator", "partner"])
def test_who_reads_kazakhstan_s_words_changes_nobody_else_s_log(world, visit, who):
    places = ("/api/v1/readings/?limit=200&count=true", "/api/v1/readings/?format=csv", "/desk/readings/")
    reader = visit(who)
    before = [reader.see(place) for place in places]

    for name in ("coordinator.kaz", "focal.kaz", "editor", "coordinator.tjk"):
        for place in (
            "/api/v1/updates/review-2028:KAZ:I.1.2/",
            "/api/v1/published-updates/",
            "/desk/search/?q=zqxhush",
        ):
            visit(name).see(place)

    assert Reading.objects.filter(member_state__iso_alpha3="KAZ").count() > 5
    assert [reader.see(place) for place in places] == before
