"""Pages of the desk and of the public site. Two worlds that differ in what a reader may not know look the same to that
reader, to the byte; and a word of its own in every field that is not released stands in no page of who may not read."""

from __future__ import annotations

import pytest

from tests.depth import SHARE, drawn
from tests.hostile import hidden
from tests.hostile.desk_places import pages, uids
from tests.hostile.hidden import MARK
from tests.hostile.test_canaries import sightings
from tests.hostile.test_two_worlds import answers, differences
from tests.hostile.visitors import Seen, Visitor

pytestmark = pytest.mark.battery("A2")

BEYOND = ("focal.tjk", "coordinator.tjk", "partner", "observer", "nobody", "administrator", None)


@pytest.fixture
def kept() -> str:
    """Asked for by who needs a world with something to hide."""
    return MARK


def twice(visitor: Visitor, addresses: list[str]) -> dict[str, Seen]:
    """As they are once nothing of the first sight, such as a language that was chosen, changes them any more."""
    answers(visitor, addresses)
    return answers(visitor, addresses)


def test_no_page_changes_for_those_beyond_the_un(world, visit):
    hidden.releases(world)
    visitors, addresses = {reader: visit(reader) for reader in BEYOND}, pages(uids())
    before = {reader: twice(visitor, addresses) for reader, visitor in visitors.items()}

    hidden.hide_all(world)

    changed = {reader: differences(before[reader], answers(visitors[reader], addresses)) for reader in BEYOND}
    assert [found for found in changed.items() if found[1]] == []
    opened = sum(one.status == 200 for found in before.values() for one in found.values())
    assert opened > 25 * len(BEYOND) // SHARE


@pytest.mark.parametrize("reader", ["focal.tjk", "reviewer"])
def test_no_page_tells_of_another_state_s_agencies_and_people_or_of_drafts(world, visit, reader):
    hidden.releases(world)
    visitor, addresses = visit(reader), pages(uids())
    before = twice(visitor, addresses)

    hidden.write_drafts(world, "Hush")
    if reader != "reviewer":
        hidden.change_people(world, "Hush")
    in_drafts = answers(visitor, addresses)
    hidden.keep_in_the_state(world, "Hush")

    assert differences(before, in_drafts) == []
    assert differences(before, answers(visitor, addresses)) == []


def test_no_page_tells_an_agency_of_the_drafts_of_another(world, visit):
    hidden.releases(world)
    visitor, addresses = visit("contributor.kaz"), pages(uids())
    before = twice(visitor, addresses)

    focal, coordinator, update = world.who("focal.kaz"), world.who("coordinator.kaz"), world.update("KAZ", "I.1.2")
    update.edit(by=focal, version=0, values=hidden.written("Hush"), attach=hidden.file_of("Hush"))
    update.submit(by=focal, version=update.version)
    update.return_(by=coordinator, version=update.version, reason="Hush")

    assert differences(before, answers(visitor, addresses)) == []


def test_no_word_that_is_not_released_stands_in_a_page(world, visit, kept):
    asked = [place for place in pages(uids()) if "q=" not in place]  # a search repeats what was asked

    found = {reader: sightings(visit(reader), drawn(asked, turn)) for turn, reader in enumerate(BEYOND)}

    assert [one for one in found.items() if one[1]] == []


@pytest.mark.same_on_every_engine
def test_the_net_of_pages_catches_what_is_there(world, visit, kept):
    asked = [place for place in pages() if place.startswith("/desk/") and "?" not in place]

    seen_by_state, seen_by_un = (sightings(visit(who), asked) for who in ("coordinator.kaz", "editor"))

    assert len(seen_by_state) > 8
    assert len(seen_by_un) > 4
