"""Each role is told at its desk how much waits for it and why, and nothing of anybody else's."""

from __future__ import annotations

import datetime as dt

import time_machine
from django.utils import timezone

from commitments.models import Cycle
from commitments.waiting import Wait, Waiting, days_left
from tests.builders import build_world
from tests.desk.work.conftest import WORK


def waiting_for(browser, name: str) -> dict[str, int]:
    """What the page counts, by why it waits."""
    counts = browser(name).get(WORK).context["counts"]
    return {str(label): count for _value, label, count, _is_here in counts}


def test_focal_point_finds_the_drafts_of_the_own_agency(world, browser):
    world.walk("submitted", "KAZ", "I.1.2")

    waiting = waiting_for(browser, "focal.kaz")

    assert waiting == {
        "drafts to complete": 2,  # of three owed, one is submitted; the partners' own item is not owed
        "returned to you": 0,
        "carried over, to be reconfirmed": 0,
        "overdue drafts": 0,
    }


def test_contributor_finds_only_what_the_agency_contributes_to(world, browser):
    assert waiting_for(browser, "contributor.kaz")["drafts to complete"] == 1


def test_what_the_coordinator_returned_waits_for_the_focal_point_until_submitted_again(world, browser):
    update = world.walk("submitted", "KAZ", "I.1.2")
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="More.")
    update.edit(by=world.who("focal.kaz"), version=update.version, values={"results": "Much."})

    before = waiting_for(browser, "focal.kaz")["returned to you"]
    update.submit(by=world.who("focal.kaz"), version=update.version)
    after = waiting_for(browser, "focal.kaz")["returned to you"]

    assert (before, after) == (1, 0)


def test_coordinator_finds_what_to_clear_and_what_came_back(world, browser):
    world.walk("submitted", "KAZ", "I.1.2")
    returned = world.walk("cleared", "KAZ", "II.1.1")
    returned.return_(by=world.who("reviewer"), version=returned.version, reason="Unclear.")
    world.walk("submitted", "TJK", "I.1.2")

    waiting = waiting_for(browser, "coordinator.kaz")

    assert waiting["submitted, waiting for your clearance"] == 1
    assert waiting["returned by the secretariat"] == 1


def test_reviewer_finds_what_is_cleared_beyond_the_state(world, browser):
    world.walk("cleared", "KAZ", "I.1.2", audience="un")
    world.walk("cleared", "TJK", "I.1.2", audience="state")
    world.walk("submitted", "UZB", "I.1.2")

    assert waiting_for(browser, "reviewer") == {"cleared, waiting for review": 1}


def test_editor_finds_what_to_publish(world, browser):
    world.walk("accepted", "KAZ", "I.1.2")
    world.walk("published", "TJK", "I.1.2")

    assert waiting_for(browser, "editor")["accepted, waiting to be published"] == 1


def test_a_day_ends_in_the_capital_of_each_state(db):
    opening = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
    with time_machine.travel(opening, tick=False):
        world = build_world(opening.date())
    last_day = Cycle.objects.get().submissions_due_on
    midnight_in_tashkent = dt.datetime.combine(last_day, dt.time(19), dt.UTC)

    overdue = {}
    for seconds in (-1, 1):
        now = midnight_in_tashkent + dt.timedelta(seconds=seconds)
        with time_machine.travel(now, tick=False):
            waiting = Waiting(world.who("focal.uzb"), now)
            overdue[seconds] = waiting.updates().filter(waiting.question(Wait.OVERDUE)).count()

    assert overdue == {-1: 0, 1: 3}


def test_a_reopened_item_is_due_again_and_not_overdue(world):
    later = timezone.now() + dt.timedelta(days=35)
    state, item = world.states["KAZ"], world.items["I.1.2"]
    world.cycle.extend(
        state, by=world.who("editor"), ends_on=later.date() + dt.timedelta(days=2), reason="Asked.", action_item=item
    )

    waiting = Waiting(world.who("focal.kaz"), later)

    assert waiting.updates().filter(waiting.question(Wait.OVERDUE)).count() == 2
    assert [one.commitment.action_item.code for one in waiting.updates().filter(waiting.question(Wait.DUE))] == [
        "I.1.2"
    ]


def test_an_item_that_was_reopened_after_the_cycle_is_in_its_writer_s_hands_alone(world):
    later = world.states["KAZ"].end_of(world.cycle.closes_on) + dt.timedelta(days=20)
    words = {"by": world.who("editor"), "ends_on": later.date() + dt.timedelta(days=2), "reason": "Asked."}

    with time_machine.travel(later, tick=False):
        world.cycle.extend(world.states["KAZ"], **words, action_item=world.items["I.1.2"])
        found = {name: Waiting(world.who(name)) for name in ("focal.kaz", "contributor.kaz", "focal.tjk")}
        in_hand = {name: [one.key for one in each.updates().filter(each.in_hand())] for name, each in found.items()}

    assert in_hand == {"focal.kaz": ["review-2028:KAZ:I.1.2"], "contributor.kaz": [], "focal.tjk": []}


def test_the_last_day_counts_as_none_left(world):
    due_at = world.cycle.due_at(world.states["KAZ"])

    assert days_left(due_at, due_at - dt.timedelta(hours=1)) == 0
    assert days_left(due_at, due_at - dt.timedelta(hours=25)) == 1
    assert days_left(due_at, due_at + dt.timedelta(seconds=1)) == -1
