"""Words that stand in one place each, so that whoever finds one has found that place."""

from __future__ import annotations

import re

import pytest

from tests.builders import World
from tests.standing import standing

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture
def hidden(world: World) -> World:
    return standing(hide, world)


def hide(world: World) -> World:
    """An update at each stage and for each audience, with a word of its own; and a section withheld."""
    world.walk("draft", "KAZ", "I.1.2", measures_taken="A zebrafinch was counted.")
    world.walk("submitted", "KAZ", "II.1.1", measures_taken="A wallaby was counted.")
    world.walk("cleared", "TJK", "I.1.2", audience="un", measures_taken="A numbat was counted.")
    world.walk("cleared", "TJK", "II.1.1", audience="state", measures_taken="A bilby was counted.")
    world.walk("published", "UZB", "I.1.1", audience="un", measures_taken="A potoroo was counted.")
    world.walk("published", "UZB", "II.1.1", audience="participants", measures_taken="A kowari was counted.")
    withholding(world, "UZB", "I.1.2", measures_taken="A dunnart was counted.", challenges="A quokka was seen.")
    return world


def withholding(world: World, state: str, item: str, *, withheld: tuple[str, ...] = ("challenges",), **content) -> None:
    """Released to everyone, but for what the coordinator withholds."""
    update = world.walk("submitted", state, item, **content)
    coordinator, editor = world.who(f"coordinator.{state.lower()}"), world.who("editor")
    update.clear(by=coordinator, version=update.version, audience="public", withheld_sections=list(withheld))
    update.accept(by=editor, version=update.version)
    update.publish(by=editor, version=update.version)


def shown(answer) -> str:
    """The page without what differs each time it is asked for."""
    return CSRF.sub("", answer.content.decode())
