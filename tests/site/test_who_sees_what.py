"""The public site shows what everyone may read, and the same to everybody, whoever they are."""

from __future__ import annotations

import re

import pytest

from tests.hostile import hidden
from tests.reporting.worlds import attach, publish
from tests.site.conftest import PAGES

CAST = (None, "focal.kaz", "coordinator.kaz", "coordinator.tjk", "reviewer", "editor", "partner", "administrator")
CANARY = "Zqxcanary"


def main_of(answer) -> str:
    """A page without its head, where alone a person is greeted otherwise."""
    content = answer.content.decode()
    return content.partition("<main")[2] or content


def test_pages_are_the_same_to_the_byte_before_and_after_a_state_writes_what_it_keeps_to_itself(world, reader):
    hidden.releases(world)
    before = {place: reader().get(place).content for place in PAGES}

    hidden.hide_all(world)

    assert [place for place in PAGES if reader().get(place).content != before[place]] == []


def test_everybody_reads_the_same(world, reader):
    hidden.releases(world)
    hidden.hide_all(world)
    outsider = {place: main_of(reader().get(place)) for place in PAGES}

    for who in CAST:
        shown = {place: main_of(reader(who).get(place)) for place in PAGES}
        assert [place for place in PAGES if shown[place] != outsider[place]] == [], who
        assert [place for place in PAGES if hidden.MARK in shown[place]] == [], who


# What a State let happen to an update -> whether its words, and its rating, stand on the site.
TOLD = [
    ("draft", "public", False),
    ("submitted", "public", False),
    ("cleared", "public", False),
    ("accepted", "public", False),
    ("published", "un", False),
    ("published", "participants", False),
    ("published", "public", True),
]


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("case", TOLD)
def test_words_are_told_once_they_are_released_to_everyone(world, reader, case, who):
    status, audience, is_told = case
    world.walk(status, "KAZ", "I.1.2", audience=audience, rating="substantial", measures_taken=f"{CANARY}.")

    pages = {place: main_of(reader(who).get(place)) for place in ("/plan/items/I.1.2/", "/states/KAZ/", "/matrix/")}

    assert (CANARY in pages["/plan/items/I.1.2/"]) is is_told
    for content in pages.values():
        cells = re.findall(r'<t[dh][^>]*>\s*(?:<a [^>]*>)?<span class="tone tone-(\w+)"', content)
        assert ("substantial" in cells) is is_told


def test_what_is_withdrawn_disappears_at_once(world, reader):
    update = world.walk("published", "KAZ", "I.1.2", measures_taken=f"{CANARY}.")
    before = reader().get("/plan/items/I.1.2/")

    update.withdraw(by=world.who("coordinator.kaz"), version=update.version, reason="An error.")

    assert CANARY in before.content.decode()
    after = reader().get("/plan/items/I.1.2/", headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert CANARY not in after.content.decode()


def test_a_section_that_the_state_withholds_is_not_there(world, reader):
    update = world.walk("submitted", "KAZ", "I.1.2", challenges=f"{CANARY}.", next_steps="More.")
    coordinator, editor = world.who("coordinator.kaz"), world.who("editor")
    update.clear(by=coordinator, version=update.version, audience="public", withheld_sections=["challenges"])
    update.accept(by=editor, version=update.version)
    update.publish(by=editor, version=update.version)

    page = reader("coordinator.kaz").get("/plan/items/I.1.2/").content.decode()

    assert "A law was passed" in page
    assert CANARY not in page


def test_evidence_is_shown_piece_by_piece_and_linked_only_where_it_is_a_web_address(world, reader):
    update = world.walk("draft", "KAZ", "I.1.2")
    attach(world, update, "Open law", url="https://example.org/law")
    attach(world, update, "Open letter")
    attach(world, update, f"{CANARY} letter", audience="un")
    publish(world, update)

    page = reader().get("/plan/items/I.1.2/").content.decode()

    assert '<a href="https://example.org/law" rel="nofollow noopener">Open law</a>' in page
    assert "<li>Open letter</li>" in page
    assert CANARY not in page


def test_words_of_a_state_are_text_and_never_markup(world, reader):
    world.walk("published", "KAZ", "I.1.2", measures_taken="<script>alert(1)</script>\n- one\n- two")

    page = reader().get("/plan/items/I.1.2/").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
    assert "<li>one</li>" in page
