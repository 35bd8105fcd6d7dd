"""What a State plans on an item: written by its coordinator at the desk, read by its own officers, by nobody else."""

from __future__ import annotations

import pytest

from commitments.models import Commitment
from tests.desk.coordination.conftest import ASSIGNMENTS, text_of
from tests.desk.work.conftest import address

SECRET = "A training centre, by the Ministry of Interior."
PLANNED = f"{ASSIGNMENTS}KAZ/I.1.2/planned/"


def commitment(world):
    return Commitment.objects.get(member_state=world.states["KAZ"], action_item=world.items["I.1.2"])


def words(version, **changed):
    shown = {"planned_measures": "", "target_on": "", "place_in_strategy": ""}
    return {"version": version} | {f"initial-{name}": text for name, text in shown.items()} | shown | changed


def test_the_coordinator_writes_what_is_planned_and_the_record_keeps_it(world, browser):
    sent = words(0, planned_measures=SECRET, target_on="2027-12-31", place_in_strategy="Strategy 2030, task 4.")

    answer = browser("coordinator.kaz").post(PLANNED, sent, follow=True)

    found = commitment(world)
    assert "What is planned on I.1.2 is saved." in text_of(answer)
    assert (found.own_plan.planned_measures, str(found.own_plan.target_on), found.version) == (SECRET, "2027-12-31", 1)


def test_two_who_plan_at_once_keep_both_their_words(world, browser, second_coordinator):
    browser("coordinator.kaz").post(PLANNED, words(0, planned_measures=SECRET))

    browser(second_coordinator).post(PLANNED, words(0, target_on="2027-12-31"))

    found = commitment(world)
    assert (found.own_plan.planned_measures, str(found.own_plan.target_on)) == (SECRET, "2027-12-31")


@pytest.mark.parametrize("typed", ["Another centre.", f"{SECRET} And another."])
def test_two_who_plan_the_same_see_both_texts(world, browser, second_coordinator, typed):
    browser("coordinator.kaz").post(PLANNED, words(0, planned_measures=SECRET))

    answer = browser(second_coordinator).post(PLANNED, words(0, planned_measures=typed))

    assert answer.status_code == 412
    assert SECRET in text_of(answer)
    assert typed in text_of(answer)
    assert commitment(world).own_plan.planned_measures == SECRET


def test_a_date_that_is_none_comes_back_with_all_that_was_typed(world, browser):
    answer = browser("coordinator.kaz").post(PLANNED, words(0, planned_measures=SECRET, target_on="soon"))

    assert answer.status_code == 400
    assert SECRET in text_of(answer)
    assert commitment(world).version == 0


@pytest.mark.parametrize(
    "who", ["focal.kaz", "contributor.kaz", "coordinator.tjk", "editor", "partner", "administrator"]
)
def test_nobody_else_writes_it(world, browser, who):
    answer = browser(who).post(PLANNED, words(0, planned_measures="Mine."))

    assert answer.status_code == 404
    assert commitment(world).own_plan.planned_measures == ""


def test_the_state_s_officers_read_it_beside_their_update_and_nobody_else_does(world, browser):
    commitment(world).change(by=world.who("coordinator.kaz"), version=0, planned_measures=SECRET)
    update = world.walk("published", "KAZ", "I.1.2")
    people = ["focal.kaz", "contributor.kaz", "coordinator.kaz", "focal.tjk", "reviewer", "editor", "partner"]

    readers = {who for who in people if SECRET in text_of(browser(who).get(address(update)))}

    assert readers == {"focal.kaz", "contributor.kaz", "coordinator.kaz"}
