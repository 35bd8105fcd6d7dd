"""Cycles: what their dates mean, who runs them, and who was given more time."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from django.utils import timezone

from commitments.models import Cycle, Event, Extension, Update
from commitments.screens.cycles import WIDTH, spans_of

PLACE = "/desk/cycles/review-2028/"
REASON = "A new ministry was formed."
DATES = {"opens_on": "2029-01-01", "submissions_due_on": "2029-06-30", "clearances_due_on": "2029-07-31",
         "closes_on": "2029-09-30", "adopted_on": "", "adoption_is_assumed": "on"}  # fmt: skip


def day(days: int) -> str:
    return (timezone.now().date() + dt.timedelta(days=days)).isoformat()


def extend(world, visitor, **words):
    sent = {"member_state": world.states["TJK"].pk, "ends_on": day(60), "reason": REASON}
    return visitor.post(f"{PLACE}extend/", sent | words)


@pytest.fixture
def planned(world, browser):
    sent = {"plan": world.plan.pk, "title": "Review 2030", "slug": "review-2030", **DATES}
    answer = browser("editor").post("/desk/plan-cycle/", sent)
    assert answer["Location"] == "/desk/cycles/review-2030/"
    return Cycle.objects.get(slug="review-2030")


def test_the_next_cycle_is_planned_and_opened_with_word_of_how_many_drafts_that_makes(world, browser, planned):
    world.walk("published")
    visitor = browser("editor")

    page = visitor.get("/desk/cycles/review-2030/")
    visitor.post("/desk/cycles/review-2030/open/")

    assert page.context["drafts"] == (12, 1)
    assert "12 drafts will be made" in page.content.decode()
    assert Update.objects.filter(cycle=planned).count() == 12
    assert browser("editor").get("/desk/cycles/review-2030/").context["drafts"] is None


def test_an_edition_of_the_plan_is_chosen_by_its_title_and_day(world, browser):
    assert "Joint Plan of Action (3 March 2022)</option>" in browser("editor").get("/desk/plan-cycle/").content.decode()


@pytest.mark.parametrize(
    ("who", "deeds"),
    [("editor", ["extend", "reopen", "move-dates"]), ("reviewer", []), ("coordinator.kaz", []), ("focal.kaz", [])],
)
def test_only_editors_are_offered_to_run_a_cycle(world, browser, who, deeds):
    page = browser(who).get(PLACE)

    assert [one["deed"].name for one in page.context["deeds"]] == deeds


@pytest.mark.parametrize(
    ("who", "status"), [("editor", 302), ("reviewer", 403), ("coordinator.kaz", 403), ("partner", 404), ("nobody", 404)]
)
def test_only_editors_give_more_time(world, browser, who, status):
    assert extend(world, browser(who)).status_code == status
    assert Extension.objects.count() == (1 if status == 302 else 0)


@pytest.mark.parametrize("who", ["editor", "reviewer", "coordinator.kaz", "focal.kaz", "coordinator.tjk"])
def test_every_participant_sees_who_was_given_more_time_by_whom_and_why(world, browser, who):
    extend(world, browser("editor"))

    told = browser(who).get(PLACE).content.decode()

    assert [word in told for word in (REASON, "Tajikistan", "all that it owes", str(world.who("editor")))] == [True] * 4


def test_one_item_is_reopened(world, browser):
    item = world.items["I.1.2"]
    sent = {"member_state": world.states["KAZ"].pk, "action_item": item.pk, "ends_on": day(60), "reason": REASON}

    browser("editor").post(f"{PLACE}reopen/", sent)

    assert (Extension.objects.get().action_item, Event.objects.latest("pk").move) == (item, "reopen")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"reason": ""}, "Give a reason."),
        ({"ends_on": day(1)}, "This gives no more time than there is."),
        ({"member_state": ""}, "This field is required."),
    ],
)
def test_what_is_refused_is_told_and_what_was_typed_stays(world, browser, words, told):
    answer = extend(world, browser("editor"), **words)

    assert (answer.status_code, Extension.objects.count()) == (400, 0)
    assert told in answer.content.decode()
    assert [one["deed"].name for one in answer.context["deeds"] if one["is_bound"]] == ["extend"]


def test_dates_are_moved_on_the_record(world, browser):
    cycle = world.cycle
    sent = {name: getattr(cycle, name).isoformat() for name in DATES if name.endswith("_on") and getattr(cycle, name)}

    browser("editor").post(
        f"{PLACE}move-dates/", sent | {"adopted_on": day(50), "adoption_is_assumed": "on", "reason": REASON}
    )

    moved = Cycle.objects.get(pk=cycle.pk)
    assert (moved.adopted_on.isoformat(), moved.adoption_is_assumed) == (day(50), True)
    assert Event.objects.latest("pk").reason == REASON
    assert "assumed" in browser("focal.kaz").get(PLACE).content.decode()


@pytest.mark.parametrize(("name", "status"), [("open", 409), ("close", 404)])
def test_what_cannot_be_done_to_it_is_refused(world, browser, name, status):
    assert browser("editor").post(f"{PLACE}{name}/").status_code == status


@pytest.mark.parametrize(
    ("days", "now"), [(-11, None), (0, "reporting"), (35, "clearance"), (45, "review"), (51, None)]
)
def test_the_phases_lie_one_after_another_and_say_which_is_now(world, days, now):
    spans = spans_of(world.cycle, timezone.now().date() + dt.timedelta(days=days))

    assert [span.phase for span in spans] == ["reporting", "clearance", "review"]
    assert [span.phase for span in spans if span.is_now] == ([now] if now else [])
    assert (spans[0].x, spans[-1].x + spans[-1].width) == (0, WIDTH)
    assert all(one.x + one.width == other.x for one, other in pairwise(spans))
