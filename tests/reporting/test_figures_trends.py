"""What figures say of time: against the last cycle, through all of them, and by when an update was submitted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from reporting import figures
from reporting.document import Tone
from reporting.facts import EarlierCycle, EarlierRating, ReleasedUpdate, ReviewFacts, Wording
from reporting.figures import Movement, Timeliness
from tests.reporting.worlds import facts_for

Rated = dict[tuple[str, str], str]


def _facts(facts: ReviewFacts, now: Rated, *then: Rated) -> ReviewFacts:
    """The world's facts with these ratings, and with those in cycles before it, newest last."""
    updates = tuple(
        ReleasedUpdate(state, item, rating, "forward", "yes", "yes", "public", "en")
        for (state, item), rating in now.items()
    )
    earlier = tuple(
        EarlierCycle(
            f"cycle-{number}",
            Wording("Earlier"),
            facts.cycle.opens_on - dt.timedelta(days=1000 - number),
            tuple(EarlierRating(state, item, rating) for (state, item), rating in ratings.items()),
        )
        for number, ratings in enumerate(then, 1)
    )
    return replace(facts, updates=updates, earlier=earlier)


# --- Against the last cycle -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("then", "now", "direction"),
    [
        ("not_started", "limited", "forward"),
        ("limited", "implemented", "forward"),
        ("substantial", "substantial", "unchanged"),
        ("implemented", "substantial", "backward"),
        ("limited", "not_started", "backward"),
        ("not_applicable", "limited", "apart"),
        ("limited", "no_information", "apart"),
        ("no_information", "no_information", "apart"),
        ("", "limited", "new"),
        ("", "not_applicable", "new"),
        ("limited", "", "gone"),
        ("", "", None),
    ],
)
def test_an_item_has_moved_as_its_two_ratings_stand_on_the_scale(world, then, now, direction):
    place = ("KAZ", "I.1.2")
    facts = _facts(facts_for(world), {place: now} if now else {}, {place: then} if then else {})

    assert figures.movement(facts, facts.items) == Movement(**({direction: 1} if direction else {}))


def test_the_comparison_is_with_the_last_cycle_alone(world):
    place = ("KAZ", "I.1.2")
    facts = _facts(facts_for(world), {place: "substantial"}, {place: "implemented"}, {place: "limited"})

    assert figures.movement(facts, facts.items) == Movement(forward=1)


def test_without_an_earlier_cycle_there_is_nothing_to_compare_with(world):
    facts = facts_for(world)

    assert figures.movement(facts, facts.items) is None


def test_movement_adds_up_to_what_is_reported_and_over_the_states(world):
    now = {
        ("KAZ", "I.1.1"): "limited",
        ("KAZ", "II.1.1"): "limited",
        ("TJK", "I.1.1"): "implemented",
        ("UZB", "II.1.2"): "limited",
    }
    then = {
        ("KAZ", "I.1.1"): "substantial",
        ("TJK", "I.1.1"): "limited",
        ("UZB", "I.1.1"): "limited",
        ("UZB", "II.1.2"): "limited",
    }
    facts = _facts(facts_for(world), now, then)

    whole = figures.movement(facts, facts.items)
    parts = [figures.movement(facts, facts.items, state.code) for state in facts.states]

    assert whole == Movement(forward=1, backward=1, new=1, gone=1)
    assert whole.compared == 2
    assert whole.compared + whole.apart + whole.new == figures.of_all(facts).reported
    for name in ("forward", "unchanged", "backward", "apart", "new", "gone"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)


def test_lines_through_the_cycles_have_the_same_denominator_everywhere(world):
    facts = _facts(
        facts_for(world), {("KAZ", "I.1.1"): "implemented"},
        {}, {("KAZ", "I.1.1"): "limited", ("TJK", "I.1.2"): "substantial", ("TJK", "II.1.1"): "implemented"},
    )  # fmt: skip

    through = figures.through_cycles(facts, facts.pillars[0].items)

    assert [(one.slug, one.figures.due, one.figures.reported, one.figures.reached) for one in through] == [
        ("cycle-1", 6, 0, 0),
        ("cycle-2", 6, 2, 1),
        ("review-2028", 6, 1, 1),
    ]


def test_the_history_of_an_item_goes_state_by_state(world):
    facts = _facts(
        facts_for(world), {("TJK", "I.1.1"): "implemented"}, {("KAZ", "I.1.1"): "limited", ("TJK", "I.1.2"): "limited"}
    )

    told = {state.code: tones for state, tones in figures.history(facts, facts.items[0])}
    assert told == {
        "KAZ": (Tone.LIMITED, Tone.AWAITING),
        "TJK": (Tone.NOT_RELEASED, Tone.IMPLEMENTED),
        "UZB": (Tone.NOT_RELEASED, Tone.AWAITING),
    }


# --- On time and late -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "is_late", "expected"),
    [
        (0, False, "on_time"),
        (-3, False, "on_time"),
        (1, False, "extended"),
        (1, True, "late"),
        (None, False, "on_time"),
    ],
)
def test_an_update_is_in_time_under_an_extension_or_late(world, days, is_late, expected):
    world.walk("published", "KAZ", "I.1.2")
    facts = facts_for(world)
    day = None if days is None else facts.cycle.submissions_due_on + dt.timedelta(days=days)

    moved = replace(facts, updates=tuple(replace(one, submitted_on=day, is_late=is_late) for one in facts.updates))

    assert figures.timeliness(moved) == Timeliness(**{expected: 1})
    assert (figures.timeliness(moved, "KAZ"), figures.timeliness(moved, "TJK")) == (
        Timeliness(**{expected: 1}),
        Timeliness(),
    )


def test_what_was_recorded_from_a_document_is_neither_in_time_nor_late(world):
    world.walk("published", "KAZ", "I.1.2")
    facts = facts_for(world)

    recorded = replace(facts, cycle=replace(facts.cycle, slug="baseline-2022"))

    assert figures.timeliness(recorded) == Timeliness(recorded=1)


def test_timeliness_is_of_what_is_due(world):
    world.walk("published", "KAZ", "II.1.2")

    assert figures.timeliness(facts_for(world)) == Timeliness()
