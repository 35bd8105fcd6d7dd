"""Cycles over HTTP: public to read, opened and extended by the secretariat's editors."""

from __future__ import annotations

import datetime as dt

import pytest

from commitments.models import Cycle, Extension, Update


@pytest.fixture
def planned(world) -> Cycle:
    day = world.cycle.closes_on
    return Cycle.objects.create(
        slug="review-2030", plan=world.plan, title="Review 2030", opens_on=day, submissions_due_on=day,
        clearances_due_on=day, closes_on=day,
    )  # fmt: skip


def test_an_editor_opens_a_cycle_and_a_draft_exists_for_every_commitment(planned, call):
    answer = call("editor").write("post", "cycles/review-2030/open/", Idempotency_Key="one")
    again = call("editor").write("post", "cycles/review-2030/open/", Idempotency_Key="one")

    assert (answer.status_code, answer.json()["drafts"]) == (200, 12)
    assert answer.content == again.content
    assert Update.objects.filter(cycle=planned).count() == 12
    assert call("editor").write("post", "cycles/review-2030/open/").status_code == 409


@pytest.mark.parametrize("who", ["reviewer", "coordinator.kaz", "administrator", None])
def test_nobody_else_runs_cycles(planned, call, who):
    status = 403 if who else 401
    assert call(who).write("post", "cycles/review-2030/open/").status_code == status
    more = {"member_state": "KAZ", "ends_on": "2099-01-01", "reason": "x"}
    assert call(who).write("post", "cycles/review-2028/extend/", more).status_code == status
    assert not Update.objects.filter(cycle=planned).exists()


def test_an_extension_moves_the_deadline_and_is_shown_to_the_officers(world, call):
    ends_on = world.cycle.submissions_due_on + dt.timedelta(days=10)
    more = {"member_state": "KAZ", "ends_on": ends_on.isoformat(), "reason": "A flood."}

    answer = call("editor").write("post", "cycles/review-2028/extend/", more)

    assert answer.status_code == 201, answer.content
    assert call("focal.kaz").get("updates/review-2028:KAZ:I.1.2/").json()["due_at"].startswith(ends_on.isoformat())
    for who, shown in (("focal.tjk", 1), ("editor", 1), ("partner", 0), (None, 0)):
        assert len(call(who).get("cycles/review-2028/").json()["extensions"]) == shown, who


def test_a_reopening_is_for_one_item(world, call):
    ends_on = world.cycle.submissions_due_on + dt.timedelta(days=10)
    more = {"member_state": "KAZ", "ends_on": ends_on.isoformat(), "reason": "A typo.", "action_item": "I.1.2"}

    assert call("editor").write("post", "cycles/review-2028/extend/", more).status_code == 201

    due = {
        row["action_item"]: row["due_at"] and row["due_at"][:10]
        for row in call("focal.kaz").get("updates/?fields=action_item,due_at").json()["results"]
    }
    assert due["I.1.2"] == ends_on.isoformat()
    assert due["I.1.1"] == world.cycle.submissions_due_on.isoformat()
    assert due["II.1.2"] is None


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"member_state": "ZZZ"}, "member_state"),
        ({"member_state": None}, "member_state"),
        ({"member_state": 5}, "member_state"),
        ({"member_state": "K\x00Z"}, "member_state"),
        ({"action_item": "I.9.9"}, "action_item"),
        ({"action_item": ""}, "action_item"),
        ({"ends_on": None}, "ends_on"),
        ({"ends_on": "9999-12-31"}, "ends_on"),
        ({"ends_on": "0001-01-01"}, "ends_on"),
        ({"ends_on": "2026-01-01"}, "ends_on"),
        ({"ends_on": 20300101}, "ends_on"),
        ({"reason": ""}, "reason"),
        ({"granted_by": "me"}, "granted_by"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_an_unfit_extension_is_refused_by_name(world, call, words, field):
    good = {"member_state": "KAZ", "ends_on": "2099-01-01", "reason": "A flood."}

    answer = call("editor").write("post", "cycles/review-2028/extend/", {**good, **words})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field), answer.content
    assert not Extension.objects.exists()


def test_what_waits_and_what_is_late_can_be_asked_for(world, call):
    world.walk("submitted", item="I.1.1")

    def items(who: str, query: str) -> list[str]:
        return [row["action_item"] for row in call(who).get(f"updates/?{query}").json()["results"]]

    assert items("coordinator.kaz", "waiting_for_me=true") == ["I.1.1"]
    assert items("focal.kaz", "waiting_for_me=true") == ["I.1.2", "II.1.1"]
    assert items("focal.kaz", "overdue=true") == []
    assert items("focal.kaz", "overdue=false") == ["I.1.1", "I.1.2", "II.1.1", "II.1.2"]
    assert items("coordinator.kaz", "agency=KAZ:justice") == ["I.1.1"]
    assert items("coordinator.kaz", "status=submitted") == ["I.1.1"]
    assert items("editor", "agency=KAZ:justice") == []


NEXT = {
    "plan": "jpoa-2022", "slug": "review-2030", "title": "Review 2030", "opens_on": "2029-01-01",
    "submissions_due_on": "2029-06-01", "clearances_due_on": "2029-07-01", "closes_on": "2030-06-30",
}  # fmt: skip


def test_an_editor_plans_the_next_cycle_and_moves_its_dates(world, call):
    made = call("editor").write("post", "cycles/", NEXT)
    moved = call("editor").write("post", "cycles/review-2030/move-dates/", {"adopted_on": "2030-07-01"})

    assert (made.status_code, made["Location"]) == (201, "/api/v1/cycles/review-2030/")
    assert made.json()["phase"] == "planned"
    assert (moved.status_code, moved.json()["adopted_on"]) == (200, "2030-07-01")


@pytest.mark.parametrize(
    ("words", "field", "rule"),
    [
        ({"plan": "jpoa-1999"}, "plan", "unknown"),
        ({"slug": "Review 2030"}, "slug", "slug"),
        ({"slug": "review-2028"}, "slug", "taken"),
        ({"closes_on": "2029-01-01"}, "closes_on", "order"),
        ({"closes_on": 7}, "closes_on", "date"),
        ({"opened_at": "2029-01-01"}, "opened_at", "unknown"),
    ],
)
def test_a_cycle_that_cannot_be_is_refused_by_field_and_rule(world, call, words, field, rule):
    answer = call("editor").write("post", "cycles/", {**NEXT, **words})

    assert answer.status_code == 400
    assert [(one["field"], one["rule"]) for one in answer.json()["errors"]] == [(field, rule)]
    assert not Cycle.objects.filter(slug="review-2030").exists()


@pytest.mark.parametrize(("who", "status"), [("reviewer", 403), ("coordinator.kaz", 403), (None, 401)])
def test_nobody_else_plans_a_cycle(world, call, who, status):
    assert call(who).write("post", "cycles/", NEXT).status_code == status
    assert call(who).write("post", "cycles/review-2028/move-dates/", {}).status_code == status


def test_the_root_leads_to_every_collection(world, call):
    places = call(None).get("/api/v1/").json()

    assert places["updates"] == "http://testserver/api/v1/updates/"
    assert {"action-items", "published-updates", "status-matrix", "review-reports", "tokens"} <= set(places)
