"""Buttons are what the table of moves allows; pressing one does what the domain does, and refuses what it refuses."""

from __future__ import annotations

import pytest
from django.utils.html import escape

from commitments.models import Release
from commitments.workflow import MOVE_NAMES, MOVES, Status
from tests.admin.conftest import move_of, page_of
from tests.builders import REPORTED

pytestmark = pytest.mark.same_on_every_engine

PEOPLE = (
    "focal.kaz", "contributor.kaz", "coordinator.kaz", "coordinator.tjk", "reviewer", "editor", "partner",
    "administrator",
)  # fmt: skip
# Who finds which buttons: reader -> status -> moves. What is absent is not even a page.
BUTTONS = {
    "focal.kaz": {"draft": {"edit", "submit"}},
    "contributor.kaz": {"draft": {"edit"}},
    "coordinator.kaz": {
        "draft": {"edit"},
        "submitted": {"return", "clear"},
        "cleared": {"recall"},
        "accepted": {"recall"},
        "published": {"withdraw", "revise"},
    },
    "reviewer": {"cleared": {"return", "accept"}},
    "editor": {"cleared": {"return", "accept"}, "accepted": {"publish"}},
}
WORDS = {"reason": "Because.", "audience": "public", "observations": "Seen."}


def buttons(page: str, update) -> set[str]:
    in_the_form = {"save": "edit", "submit": "submit"}
    found = {move for press, move in in_the_form.items() if f'name="press" value="{press}"' in page}
    return found | {name for name in MOVE_NAMES if f'action="{move_of(update, name)}"' in page}


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("name", PEOPLE)
def test_each_role_finds_the_buttons_of_the_table_in_each_status(world, browser, name, status):
    update = world.walk(status, "KAZ", "I.1.1")

    answer = browser(name).get(page_of(update))

    expected = BUTTONS.get(name, {}).get(status, set())
    assert (buttons(answer.content.decode(), update) if answer.status_code == 200 else set()) == expected


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("status", Status.values)
def test_a_press_without_a_button_changes_nothing(world, browser, name, status):
    update, client = world.walk(status, "KAZ", "I.1.1"), browser(name)
    offered = BUTTONS.get(name, {}).get(status, set())

    for move in MOVE_NAMES:
        if move not in offered:
            answer = client.post(move_of(update, move), {"version": update.version, **WORDS})
            assert answer.status_code in (200, 403, 404)

    before = update.version
    update.refresh_from_db()
    assert (update.status, update.version) == (status, before)


@pytest.mark.parametrize(
    ("name", "status", "move"),
    [
        (name, status, move)
        for name, by_status in BUTTONS.items()
        for status, moves in by_status.items()
        for move in sorted(moves - {"edit", "submit"})
    ],
)
def test_a_button_makes_its_move(world, browser, name, status, move):
    update = world.walk(status, "KAZ", "I.1.1")

    browser(name).post(move_of(update, move), {"version": update.version, **WORDS})

    update.refresh_from_db()
    row = next(row for row in MOVES if row.name == move and status in row.source)
    assert update.status == row.target


def test_a_move_without_its_reason_is_refused_beside_the_field(world, browser):
    update = world.walk("submitted")

    page = browser("coordinator.kaz").post(move_of(update, "return"), {"version": 2}).content.decode()

    update.refresh_from_db()
    assert update.status == "submitted"
    assert '<a href="#id_return_reason">Reason: Give a reason.</a>' in page


def test_clearing_without_an_audience_is_refused_and_keeps_the_withheld_sections(world, browser):
    update = world.walk("submitted")

    sent = {"version": 2, "withheld_sections": ["challenges"]}
    answer = browser("coordinator.kaz").post(move_of(update, "clear"), sent)

    form = answer.context["moves"][0]["form"]
    assert "audience" in form.errors
    assert form["withheld_sections"].value() == ["challenges"]


def test_clearing_stores_audience_and_withheld_sections(world, browser):
    update = world.walk("submitted")

    sent = {"version": 2, "audience": "participants", "withheld_sections": ["challenges", "results"]}
    browser("coordinator.kaz").post(move_of(update, "clear"), sent)

    update.refresh_from_db()
    assert (update.audience, update.withheld_sections) == ("participants", ["results", "challenges"])


@pytest.mark.parametrize("version", ["1", "", "x", "9" * 30])
def test_a_move_on_another_version_than_was_read_is_refused(world, browser, version):
    update = world.walk("submitted")

    sent = {"version": version, "audience": "public"}
    answer = browser("coordinator.kaz").post(move_of(update, "clear"), sent)

    update.refresh_from_db()
    assert update.status == "submitted"
    assert answer.context["faults"]


def test_whoever_wrote_it_finds_no_button_to_clear_it_and_reads_why(world, browser):
    update = world.update()
    update.edit(by=world.who("coordinator.kaz"), version=0, values=REPORTED)
    update.submit(by=world.who("focal.kaz"), version=1)

    page = browser("coordinator.kaz").get(page_of(update)).content.decode()

    assert "clear" not in buttons(page, update)
    assert escape("somebody other than the last editor") in page


def test_publishing_wider_than_the_state_decided_is_refused(world, browser):
    update = world.walk("accepted", audience="un")

    answer = browser("editor").post(move_of(update, "publish"), {"version": update.version, "audience": "public"})

    assert not Release.objects.exists()
    assert answer.context["faults"]


def test_a_move_is_never_made_by_following_a_link(world, browser):
    update = world.walk("accepted")

    answer = browser("editor").get(move_of(update, "publish"))

    update.refresh_from_db()
    assert (answer.status_code, update.status) == (302, "accepted")


def test_a_verb_outside_the_table_does_not_exist(world, browser):
    assert browser("editor").post(move_of(world.walk("accepted"), "delete"), {"version": 4}).status_code == 404
