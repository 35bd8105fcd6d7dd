"""Each role finds on its desk what waits for it, and nothing of anybody else's."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from commitments.models import Cycle
from commitments.waiting import Wait, Waiting, days_left
from tests.builders import build_world


def tasks(browser, name: str) -> dict[str, dict[str, int | None]]:
    sections = browser(name).get("/admin/").context["sections"]
    return {str(section.title): {task.label: task.count for task in section.tasks} for section in sections}


def test_focal_point_finds_the_drafts_of_the_own_agency(world, browser):
    world.walk("submitted", "KAZ", "I.1.2")

    waiting = tasks(browser, "focal.kaz")["Waiting for you"]

    assert waiting == {
        "drafts to complete": 2,  # of three owed, one is submitted; the partners' own item is not owed
        "returned to you": 0,
        "carried over, to be reconfirmed": 0,
        "overdue drafts": 0,
    }


def test_contributor_finds_only_what_the_agency_contributes_to(world, browser):
    assert tasks(browser, "contributor.kaz")["Waiting for you"]["drafts to complete"] == 1


def test_what_the_coordinator_returned_waits_for_the_focal_point_until_submitted_again(world, browser):
    update = world.walk("submitted", "KAZ", "I.1.2")
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="More.")
    update.edit(by=world.who("focal.kaz"), version=update.version, values={"results": "Much."})

    before = tasks(browser, "focal.kaz")["Waiting for you"]["returned to you"]
    update.submit(by=world.who("focal.kaz"), version=update.version)
    after = tasks(browser, "focal.kaz")["Waiting for you"]["returned to you"]

    assert (before, after) == (1, 0)


def test_coordinator_finds_what_to_clear_what_came_back_and_the_drafts_by_agency(world, browser):
    world.walk("submitted", "KAZ", "I.1.2")
    returned = world.walk("cleared", "KAZ", "II.1.1")
    returned.return_(by=world.who("reviewer"), version=returned.version, reason="Unclear.")
    world.walk("submitted", "TJK", "I.1.2")

    desk = tasks(browser, "coordinator.kaz")

    assert desk["Waiting for you"]["submitted, waiting for your clearance"] == 1
    assert desk["Waiting for you"]["returned by the secretariat"] == 1
    assert desk["Drafts by agency"] == {"Ministry of Interior": 2}


def test_coordinator_finds_leading_agencies_without_a_focal_point(world, browser):
    appointment = world.who("focal.kaz").appointments.get()
    assert tasks(browser, "coordinator.kaz")["Vacancies"] == {}

    appointment.retire(by=world.who("coordinator.kaz"), reason="Moved on.")

    assert tasks(browser, "coordinator.kaz")["Vacancies"] == {"Ministry of Interior": None}


def test_coordinator_finds_items_that_nobody_leads(world, browser):
    commitment = world.update("KAZ", "II.1.1").commitment
    commitment.change(by=world.who("coordinator.kaz"), version=0, lead_agency=None)

    assert tasks(browser, "coordinator.kaz")["Vacancies"] == {"Items without a lead agency": 1}


def test_reviewer_finds_what_is_cleared_beyond_the_state(world, browser):
    world.walk("cleared", "KAZ", "I.1.2", audience="un")
    world.walk("cleared", "TJK", "I.1.2", audience="state")
    world.walk("submitted", "UZB", "I.1.2")

    assert tasks(browser, "reviewer") == {"Waiting for you": {"cleared, waiting for review": 1}}


def test_editor_finds_what_to_publish_and_the_cycles(world, browser):
    world.walk("accepted", "KAZ", "I.1.2")
    world.walk("published", "TJK", "I.1.2")

    desk = tasks(browser, "editor")

    assert desk["Waiting for you"]["accepted, waiting to be published"] == 1
    assert list(desk["Cycles"]) == ["Review 2028"]


def test_administrator_finds_people_and_no_content(world, browser):
    world.walk("submitted", "KAZ", "I.1.2")

    desk = tasks(browser, "administrator")

    assert list(desk) == ["People and appointments"]
    assert desk["People and appointments"]["Without an appointment"] == 1  # the cast's nobody


@pytest.mark.parametrize("name", ["observer", "nobody"])
def test_who_holds_no_office_has_no_desk(world, browser, name):
    answer = browser(name).get("/admin/", follow=True)

    assert answer.status_code == 403


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


def test_the_last_day_counts_as_none_left(world):
    due_at = world.cycle.due_at(world.states["KAZ"])

    assert days_left(due_at, due_at - dt.timedelta(hours=1)) == 0
    assert days_left(due_at, due_at - dt.timedelta(hours=25)) == 1
    assert days_left(due_at, due_at + dt.timedelta(seconds=1)) == -1


def test_a_desk_takes_as_many_queries_with_much_work_as_with_little(world, browser, django_assert_max_num_queries):
    desk = browser("coordinator.kaz")
    with django_assert_max_num_queries(25) as little:
        desk.get("/admin/")
    for item in ("I.1.1", "I.1.2", "II.1.1"):
        world.walk("submitted", "KAZ", item)

    with django_assert_max_num_queries(25) as much:
        desk.get("/admin/")

    assert len(much) == len(little)
