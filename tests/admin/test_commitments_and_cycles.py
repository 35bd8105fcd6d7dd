"""Who leads and what is planned; and how editors run a cycle."""

from __future__ import annotations

import datetime as dt

import pytest

from commitments.models import Commitment, Cycle, Event, Extension

COMMITMENT = "/admin/commitments/commitment/KAZ/I.1.2/"
CYCLE = "/admin/commitments/cycle/review-2028/"


def sent(commitment: Commitment, **words) -> dict[str, object]:
    shown = {
        "lead_agency": commitment.lead_agency.slug,
        "planned_measures": commitment.own_plan.planned_measures,
        "place_in_strategy": commitment.own_plan.place_in_strategy,
        "target_on": "",
    }
    return {f"initial-{name}": value for name, value in shown.items()} | shown | {"version": commitment.version} | words


def test_the_coordinator_writes_the_plan_of_a_commitment(world, browser):
    commitment = world.update().commitment
    words = {"planned_measures": "Two laws.", "contributing_agencies": [world.agencies["justice.kaz"].slug]}

    browser("coordinator.kaz").post(f"{COMMITMENT}do/change/", sent(commitment, **words))

    commitment.refresh_from_db()
    assert (commitment.own_plan.planned_measures, commitment.version) == ("Two laws.", 1)
    assert list(commitment.contributing_agencies.all()) == [world.agencies["justice.kaz"]]


def test_a_stale_plan_shows_both_texts(world, browser):
    commitment = world.update().commitment
    mine = sent(commitment, planned_measures="Mine.")
    commitment.change(by=world.who("coordinator.kaz"), version=0, planned_measures="Theirs.")

    answer = browser("coordinator.kaz").post(f"{COMMITMENT}do/change/", mine)

    form = answer.context["form"]
    assert form["planned_measures"].value() == "Mine."
    assert form.theirs == {"planned_measures": "Theirs."}
    assert Commitment.objects.get(pk=commitment.pk).own_plan.planned_measures == "Theirs."


@pytest.mark.parametrize(
    ("name", "status"), [("focal.kaz", 403), ("coordinator.tjk", 404), ("editor", 403), ("administrator", 403)]
)
def test_nobody_else_changes_a_commitment(world, browser, name, status):
    answer = browser(name).post(f"{COMMITMENT}do/change/", sent(world.update().commitment, planned_measures="X"))

    assert answer.status_code == status
    assert world.update().commitment.version == 0


def test_an_editor_gives_a_state_more_time_with_a_reason(world, browser):
    ends_on = world.cycle.submissions_due_on + dt.timedelta(days=9)
    words = {"member_state": world.states["KAZ"].pk, "ends_on": ends_on.isoformat()}

    unexplained = browser("editor").post(f"{CYCLE}do/extend/", words)
    browser("editor").post(f"{CYCLE}do/extend/", words | {"reason": "Elections."})

    assert "Give a reason." in unexplained.content.decode()
    assert Extension.objects.get().ends_on == ends_on


def test_an_editor_reopens_one_item(world, browser):
    words = {
        "member_state": world.states["KAZ"].pk,
        "action_item": world.items["I.1.2"].pk,
        "ends_on": (world.cycle.submissions_due_on + dt.timedelta(days=9)).isoformat(),
        "reason": "A correction.",
    }

    browser("editor").post(f"{CYCLE}do/reopen/", words)

    assert Extension.objects.get().action_item == world.items["I.1.2"]


def test_an_editor_moves_dates_and_they_must_follow_one_another(world, browser):
    cycle = world.cycle
    dates = ("opens_on", "submissions_due_on", "clearances_due_on", "closes_on")
    words = {name: getattr(cycle, name).isoformat() for name in dates}
    later = (cycle.closes_on + dt.timedelta(days=30)).isoformat()

    wrong = browser("editor").post(f"{CYCLE}do/move-dates/", words | {"opens_on": later})
    browser("editor").post(f"{CYCLE}do/move-dates/", words | {"closes_on": later})

    assert "The dates must follow one another." in wrong.content.decode()
    assert Cycle.objects.get().closes_on.isoformat() == later
    assert Event.objects.filter(subject="cycle:review-2028", move="move_dates").count() == 1


def test_an_editor_opens_a_planned_cycle_and_an_open_one_no_more(world, browser):
    today = world.cycle.closes_on
    Cycle.objects.create(
        slug="next", plan=world.plan, title="Next", opens_on=today, submissions_due_on=today, clearances_due_on=today,
        closes_on=today,
    )  # fmt: skip

    browser("editor").post("/admin/commitments/cycle/next/do/open/")

    assert Cycle.objects.get(slug="next").updates.count() == 12
    assert browser("editor").post(f"{CYCLE}do/open/").status_code == 403


@pytest.mark.parametrize("name", ["reviewer", "coordinator.kaz", "focal.kaz", "administrator", "partner"])
@pytest.mark.parametrize("verb", ["extend", "reopen", "move-dates"])
def test_nobody_else_runs_a_cycle(world, browser, name, verb):
    assert browser(name).get(CYCLE + "change/").status_code == 200
    assert browser(name).post(f"{CYCLE}do/{verb}/", {"reason": "X"}).status_code == 403


def test_all_participants_see_an_extension(world, browser):
    world.cycle.extend(world.states["KAZ"], by=world.who("editor"), ends_on=world.cycle.closes_on, reason="Elections.")

    assert "Elections." in browser("focal.tjk").get(f"{CYCLE}change/").content.decode()


def test_an_editor_plans_the_next_cycle(world, browser):
    words = {"plan": world.plan.pk, "title": "Review 2030", "slug": "review-2030", "opens_on": "2029-01-01"}
    words |= {"submissions_due_on": "2029-06-01", "clearances_due_on": "2029-07-01", "closes_on": "2030-06-30"}

    wrong = browser("editor").post("/admin/commitments/cycle/add/", words | {"slug": "Review 2030"})
    browser("editor").post("/admin/commitments/cycle/add/", words)

    assert "Small Latin letters" in wrong.content.decode()
    assert 'value="Review 2030"' in wrong.content.decode()
    assert Cycle.objects.get(slug="review-2030").opened_at is None


@pytest.mark.parametrize("name", ["reviewer", "coordinator.kaz", "focal.kaz", "administrator"])
def test_nobody_else_plans_a_cycle(world, browser, name):
    assert browser(name).get("/admin/commitments/cycle/add/").status_code == 403
