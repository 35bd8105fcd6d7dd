"""Whoever is shown what a State has not released to everybody stands in its log, and nobody else does.

A word of its own stands in every restricted field. Every address is asked as everybody; the words that an answer shows
name the items that it told of, and the log of that one request must name the same.
"""

from __future__ import annotations

import re

import pytest
from django.db import transaction

from commitments.models import Reading
from tests.builders import World
from tests.depth import drawn
from tests.hostile import hidden
from tests.hostile.desk_places import pages, uids
from tests.hostile.hidden import MARK
from tests.hostile.places import report_files
from tests.hostile.test_canaries import everything, readable
from tests.hostile.visitors import Visitor

READERS = ("coordinator.kaz", "focal.kaz", "contributor.kaz", "reviewer", "editor", "coordinator.tjk", "focal.tjk",
           "partner", "observer", "nobody", "administrator", None)  # fmt: skip
ONE = ("first", "draft", "again", "plan", "place", "why", "reason", "recall", "observations", "reply")
SAID = {
    **dict.fromkeys(ONE, {"I.1.2"}),
    "partner": {"II.1.2"},
    "revised": {"II.1.1", "I.1.1"},
    "shared": {"I.1.1"},
    **dict.fromkeys(("statement", "explanation", "comment"), {""}),
}
# What the secretariat writes itself, and what names files and people, is no State's word.
_WORD = re.compile(rf"{MARK} ?([a-z]+)", re.IGNORECASE)


@pytest.fixture
def written(world: World) -> World:
    hidden.releases(world)
    hidden.revise(world, "I.1.1", f"{MARK}")
    return world


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


@pytest.fixture
def kept() -> str:
    return MARK


def addresses(world: World) -> list[str]:
    return [*everything(world), *pages(uids()), *report_files()]


@pytest.mark.parametrize("reader", READERS)
def test_who_is_shown_words_is_in_the_log_and_nobody_else(world, visit, kept, reader):
    visitor, unlogged, unread = visit(reader), [], []

    for address in drawn(addresses(world), READERS.index(reader)):
        words, logged = asked(visitor, address)
        items = {item for _state, _kind, item in logged}
        unlogged += [(address, word) for word in words if not SAID[word] & items]
        unread += [(address, row) for row in logged if not words]

    assert (unlogged, unread) == ([], [])
