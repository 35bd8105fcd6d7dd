"""When what is released was submitted, and what was released in the cycles before."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from commitments.models import Cycle, Revision
from reporting.facts import EarlierRating
from reporting.queries import review_facts
from reporting.queries.ground import ground_of
from tests.builders import World
from tests.reporting.worlds import earlier_cycle, facts_for, noon, publish, rated

# The submission date of the world's cycle, by days from the day on which everything is submitted.
AHEAD, PAST = 30, -1


def _due(world: World, days: int) -> dt.date:
    """Move the submission date to so many days from today, as an editor does."""
    day = noon(world).date() + dt.timedelta(days=days)
    world.cycle.move_dates(by=world.who("editor"), submissions_due_on=day, clearances_due_on=day, closes_on=day)
    return day


# --- Submitted when ---------------------------------------------------------------------------------


def test_an_update_is_known_by_the_hash_of_its_revision(world):
    update = world.walk("published", "KAZ", "I.1.2")

    (facts,) = facts_for(world).updates

    assert facts.revision == update.current_revision.hash
    assert facts.status == ""


@pytest.mark.parametrize(("hour", "days_later"), [(18, 0), (19, 1), (20, 1)])
def test_it_is_submitted_on_the_day_that_it_is_in_the_capital(world, hour, days_later):
    """Midnight in Tashkent is 19:00 UTC."""
    day = noon(world).date()
    windows = ground_of(world.cycle.slug, "public", now=noon(world)).windows

    assert windows.day("UZB", dt.datetime.combine(day, dt.time(hour), dt.UTC)) == day + dt.timedelta(days=days_later)


def test_the_day_of_submission_is_that_of_the_revision(world):
    update = world.walk("published", "UZB", "I.1.2")

    (facts,) = facts_for(world).updates

    made_at = Revision.objects.get(hash=facts.revision).made_at
    assert made_at == update.current_revision.made_at
    assert facts.submitted_on == ground_of(world.cycle.slug, "public", now=noon(world)).windows.day("UZB", made_at)


@pytest.mark.parametrize(
    ("due", "extended", "reopened", "late"),
    [
        (AHEAD, False, "", False),
        (PAST, False, "", True),
        (PAST, True, "", False),
        (PAST, False, "I.1.2", False),
        (PAST, False, "I.1.1", True),
    ],
)
def test_an_update_is_late_when_the_states_window_had_ended_for_that_item(world, due, extended, reopened, late):
    world.walk("published", "KAZ", "I.1.2")
    day = _due(world, due)
    grant = {"by": world.who("editor"), "ends_on": day + dt.timedelta(days=9), "reason": "An election."}

    if extended:
        world.cycle.extend(world.states["KAZ"], **grant)
    if reopened:
        world.cycle.extend(world.states["KAZ"], **grant, action_item=world.items[reopened])

    assert [one.is_late for one in facts_for(world).updates] == [late]


def test_an_extension_is_its_states_alone(world):
    world.walk("published", "KAZ", "I.1.2")
    world.walk("published", "TJK", "I.1.2")
    day = _due(world, PAST)

    world.cycle.extend(
        world.states["TJK"], by=world.who("editor"), ends_on=day + dt.timedelta(days=9), reason="An election."
    )

    assert {one.state: one.is_late for one in facts_for(world).updates} == {"KAZ": True, "TJK": False}


def test_what_is_recorded_later_from_a_document_is_not_late(world, monkeypatch):
    monkeypatch.setattr("reporting.queries.windows.RECORDED_FROM", {world.cycle.slug: "conference-report"})
    world.walk("published", "KAZ", "I.1.2")
    _due(world, PAST)

    assert [one.is_late for one in facts_for(world).updates] == [False]


# --- Earlier cycles ------------------------------------------------------------------------------------


def _in(world: World, cycle: Cycle) -> World:
    return replace(world, cycle=cycle)


def test_earlier_cycles_of_the_plan_stand_newest_last_with_their_ratings(world):
    older, newer = earlier_cycle(world, "review-2024", days_ago=600), earlier_cycle(world, "review-2026")
    _in(world, older).walk("published", "TJK", "I.1.2", **rated("not_started"))
    for state, item, rating in (
        ("UZB", "I.1.1", "limited"),
        ("KAZ", "II.1.1", "implemented"),
        ("KAZ", "I.1.1", "limited"),
    ):
        _in(world, newer).walk("published", state, item, rating=rating)

    facts = facts_for(world)

    assert [(one.slug, one.closes_on) for one in facts.earlier] == [
        (older.slug, older.closes_on),
        (newer.slug, newer.closes_on),
    ]
    assert facts.earlier[0].ratings == (EarlierRating("TJK", "I.1.2", "not_started"),)
    assert facts.earlier[1].ratings == (
        EarlierRating("KAZ", "I.1.1", "limited"),
        EarlierRating("UZB", "I.1.1", "limited"),
        EarlierRating("KAZ", "II.1.1", "implemented"),
    )


@pytest.mark.parametrize(
    ("audience", "states"), [("public", {"KAZ"}), ("participants", {"KAZ", "TJK"}), ("un", {"KAZ", "TJK", "UZB"})]
)
def test_earlier_ratings_are_those_released_to_the_same_audience(world, audience, states):
    before = _in(world, earlier_cycle(world))
    for state, released_to in (("KAZ", "public"), ("TJK", "participants"), ("UZB", "un")):
        before.walk("published", state, "I.1.2", audience=released_to)
    before.walk("accepted", "KAZ", "I.1.1")

    (earlier,) = facts_for(world, audience).earlier

    assert {one.state for one in earlier.ratings} == states


def test_what_is_withdrawn_from_an_earlier_cycle_is_gone(world):
    before = _in(world, earlier_cycle(world))
    update = before.walk("published", "KAZ", "I.1.2")

    update.withdraw(by=world.who("coordinator.kaz"), version=update.version, reason="To be corrected.")

    assert [one.ratings for one in facts_for(world).earlier] == [()]


def test_a_cycle_never_opened_or_of_another_time_is_no_term_of_comparison(world):
    today = noon(world).date()
    days = {name: today - dt.timedelta(days=400) for name in
            ("opens_on", "submissions_due_on", "clearances_due_on", "closes_on")}  # fmt: skip
    Cycle.schedule(by=None, plan=world.plan, slug="never-opened", title="Never opened", **days)
    earlier_cycle(world, "overlapping", days_ago=5)

    assert facts_for(world).earlier == ()


def test_an_earlier_cycle_does_not_know_the_later(world):
    before = earlier_cycle(world)
    publish(world, world.walk("draft", "KAZ", "I.1.2"))

    facts = review_facts(before.slug, "public", now=noon(world))

    assert (facts.earlier, facts.updates) == ((), ())
