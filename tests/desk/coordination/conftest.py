"""Addresses of the coordinator's pages, and what their readers need besides the cast."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from commitments.models import Update
from tests.builders import World, person

BOARD, QUEUE, ASSIGNMENTS, PEOPLE = "/desk/board/", "/desk/clearing/", "/desk/assignments/", "/desk/people/"


def submitted_page(update: Update, place: str = "") -> str:
    return f"{QUEUE}{update.key.replace(':', '/')}/{place}"


def text_of(answer: Any) -> str:
    """What a reader reads: no tags, one space."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def reworded(world: World, update: Update, **content: Any) -> Update:
    """Returned, written anew and submitted again, by those whose part it is."""
    coordinator, focal = world.who("coordinator.kaz"), world.who("focal.kaz")
    update.return_(by=coordinator, version=update.version, reason="Say more.", fields=["results"])
    update.edit(by=focal, version=update.version, values=content)
    update.submit(by=focal, version=update.version)
    return update


@pytest.fixture
def second_coordinator(world: World) -> str:
    """Another coordinator of the same State."""
    person(world, "second.kaz", "coordinator", member_state=world.states["KAZ"])
    return "second.kaz"
