"""Several decided in one go: each named before, each on its own verdict, every outcome told."""

from __future__ import annotations

import pytest

from commitments.models import Update
from tests.desk.coordination.conftest import QUEUE, submitted_page, text_of

ITEMS = ("I.1.1", "I.1.2", "II.1.1")


def choose(browser, name: str, updates: list[Update], who: str = "coordinator.kaz"):
    return browser(who).post(f"{QUEUE}together/{name}/", {"row": [one.key for one in updates]})


def confirm(browser, name: str, updates: list[Update], who: str = "coordinator.kaz", **words):
    """The button of the confirmation, with the versions that it showed."""
    versions = {f"version-{one.key}": one.version for one in updates}
    sent = {"row": [one.key for one in updates], "confirmed": "yes"} | versions | words
    return browser(who).post(f"{QUEUE}together/{name}/", sent)


def statuses(world) -> list[str]:
    return [world.update(item=item).status for item in ITEMS]


@pytest.fixture
def submitted(world) -> list[Update]:
    return [world.walk("submitted", item=item) for item in ITEMS]


@pytest.mark.parametrize(("name", "asked"), [("clear", "audience"), ("return", "reason")])
def test_each_is_named_with_what_the_move_needs_before_anything_is_decided(browser, world, submitted, name, asked):
    answer = choose(browser, name, submitted)

    page = answer.content.decode()
    assert [f"{item} Do {item}" in page for item in ITEMS] == [True] * 3
    assert f'name="{asked}"' in page
    assert [f'name="version-{one.key}" value="{one.version}"' in page for one in submitted] == [True] * 3
    assert statuses(world) == ["submitted"] * 3


@pytest.mark.parametrize(("name", "status"), [("clear", "cleared"), ("return", "draft")])
def test_confirmed_all_are_decided(browser, world, submitted, name, status):
    answer = confirm(browser, name, submitted, audience="un", reason="x")

    assert answer.url == QUEUE
    assert statuses(world) == [status] * 3


def test_each_keeps_the_sections_that_its_own_writers_withhold(browser, world, submitted):
    update, focal = submitted[0], world.who("focal.kaz")
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="x")
    update.edit(by=focal, version=update.version, values={"withheld_sections": ["challenges"]})
    update.submit(by=focal, version=update.version)

    asked = text_of(choose(browser, "clear", submitted))
    confirm(browser, "clear", submitted, audience="public")

    assert "Stays with the State and the UN: Challenges" in asked
    assert [world.update(item=item).withheld_sections for item in ITEMS] == [["challenges"], [], []]


def test_what_is_refused_is_told_beside_what_is_done_and_what_was_typed_comes_back(browser, world, submitted):
    submitted[1].version -= 1  # the page was read before the last move

    answer = confirm(browser, "return", submitted, reason="Kept words")

    assert answer.status_code == 200
    assert {one.row.key: one.is_done for one in answer.context["outcomes"]} == {
        submitted[0].key: True, submitted[1].key: False, submitted[2].key: True,
    }  # fmt: skip
    assert "I.1.2 Do I.1.2 : refused . Somebody has changed this since you read it." in text_of(answer)
    assert [row.key for row, *_rest in answer.context["rows"]] == [submitted[1].key]
    assert "Kept words" in answer.content.decode()
    assert statuses(world) == ["draft", "submitted", "draft"]


def test_four_eyes_holds_row_by_row(browser, world, submitted, second_coordinator):
    update = submitted[0]
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="x")
    update.edit(by=world.who("coordinator.kaz"), version=update.version, values={"results": "Mine."})
    update.submit(by=world.who("focal.kaz"), version=update.version)

    asked = choose(browser, "clear", submitted)
    answer = confirm(browser, "clear", submitted, audience="un")
    other = confirm(browser, "clear", [update], second_coordinator, audience="un")

    assert [one.row.key for one in asked.context["unable"]] == [update.key]
    assert "four eyes" in text_of(answer)
    assert other.status_code == 302
    assert statuses(world) == ["cleared"] * 3


def test_what_cannot_be_moved_is_left_out_and_told(browser, world):
    updates = [world.walk("draft", item="I.1.1"), world.walk("submitted", item="I.1.2")]

    answer = choose(browser, "clear", updates)

    assert [row.key for row, *_rest in answer.context["rows"]] == [updates[1].key]
    assert "Not possible now: it is draft." in text_of(answer)


REFUSED = [
    ("clear", {}, "Decide who may read it"),
    ("clear", {"audience": "everybody"}, "everybody"),
    ("return", {"reason": " "}, "Give a reason."),
]


@pytest.mark.parametrize("case", REFUSED)
def test_words_that_cannot_be_taken_are_told_once_and_nothing_is_moved(browser, world, submitted, case):
    name, words, told = case

    answer = confirm(browser, name, submitted, **words)

    assert answer.status_code == 400
    assert text_of(answer).count(told) <= 2  # in the summary and beside the field
    assert told in text_of(answer)
    assert len(answer.context["rows"]) == 3
    assert statuses(world) == ["submitted"] * 3


@pytest.mark.parametrize("name", ["accept", "publish", "recall", "submit", "never"])
def test_no_other_move_is_made_on_many(browser, submitted, name):
    assert confirm(browser, name, submitted, audience="un", reason="x").status_code == 404


def test_nothing_chosen_leads_back_with_a_word(browser):
    answer = browser("coordinator.kaz").post(f"{QUEUE}together/clear/", follow=True)

    assert "Choose at least one update first." in text_of(answer)


def test_twenty_are_cleared_in_four_presses(browser, world, submitted):
    """Choose all, clear, the audience, confirm: however many there are."""
    coordinator = browser("coordinator.kaz")

    chosen = coordinator.get(f"{QUEUE}?choose=all").content.decode()
    keys = [one.key for one in submitted if f'value="{one.key}"' in chosen]
    asked = coordinator.post(f"{QUEUE}together/clear/", {"row": keys})
    done = confirm(browser, "clear", [row for row, *_rest in asked.context["rows"]], audience="un")

    assert chosen.count(" checked>") == 3
    assert done.url == QUEUE
    assert submitted_page(submitted[0]) not in coordinator.get(QUEUE).content.decode()
