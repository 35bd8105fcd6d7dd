"""When a State may write: deadlines as instants in each capital, extensions, reopenings, cycles not open or over."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from commitments.errors import Invalid, WindowClosed
from commitments.models import ActionItem, Cycle, Event, Extension, MemberState, Plan
from tests.domain.attempts import MADE, MOVES, edit, report, try_move

SECOND = dt.timedelta(seconds=1)
# The end of 30 June 2028, and of 29 February 2024, in each capital.
ENDS = {
    "Asia/Almaty": "2028-06-30T19:00:00+00:00",
    "Asia/Bishkek": "2028-06-30T18:00:00+00:00",
    "Asia/Dushanbe": "2028-06-30T19:00:00+00:00",
    "Asia/Ashgabat": "2028-06-30T19:00:00+00:00",
    "Asia/Tashkent": "2028-06-30T19:00:00+00:00",
}
ALMATY = {
    dt.date(2024, 2, 28): "2024-02-28T18:00:00+00:00",  # still +06:00
    dt.date(2024, 2, 29): "2024-02-29T19:00:00+00:00",  # the night in which the clocks went back an hour
    dt.date(2024, 3, 1): "2024-03-01T19:00:00+00:00",  # +05:00 since
    dt.date(2026, 7, 1): "2026-07-01T19:00:00+00:00",
}


def cycle_of(plan: Plan, **dates) -> Cycle:
    """A cycle that reports from 1 January to 30 June 2028."""
    days = {
        "opens_on": dt.date(2028, 1, 1),
        "submissions_due_on": dt.date(2028, 6, 30),
        "clearances_due_on": dt.date(2028, 7, 31),
        "closes_on": dt.date(2028, 9, 30),
    }
    return Cycle.objects.create(slug="tenth", plan=plan, title="Tenth review", **{**days, **dates})


@pytest.mark.parametrize("zone", ENDS)
def test_a_day_ends_at_midnight_in_the_capital(zone):
    assert MemberState(time_zone=zone).end_of(dt.date(2028, 6, 30)).isoformat() == ENDS[zone]


@pytest.mark.parametrize("day", ALMATY)
def test_almaty_is_five_hours_ahead_since_march_2024(day):
    assert MemberState(time_zone="Asia/Almaty").end_of(day).isoformat() == ALMATY[day]


@pytest.mark.parametrize("zone", ENDS)
def test_the_window_ends_with_the_last_second_of_the_day_in_the_capital(world, zone):
    state = MemberState(pk=0, time_zone=zone)
    cycle = cycle_of(world.plan, opened_at=timezone.now())
    due_at = dt.datetime.fromisoformat(ENDS[zone])

    assert cycle.due_at(state) == due_at
    assert [cycle.accepts(state, 0, due_at + shift) for shift in (-SECOND, dt.timedelta(), SECOND)] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("zone", ENDS)
def test_the_window_begins_with_the_first_second_of_the_day_in_the_capital(world, zone):
    state = MemberState(pk=0, time_zone=zone)
    cycle = cycle_of(world.plan, opened_at=timezone.now())
    begins_at = state.end_of(dt.date(2027, 12, 31))

    assert [cycle.accepts(state, 0, begins_at + shift) for shift in (-SECOND, dt.timedelta())] == [False, True]


def due_at(world, iso: str = "KAZ") -> dt.datetime:
    return world.cycle.due_at(world.states[iso])


@pytest.mark.parametrize(("move", "status"), [("edit", "draft"), ("submit", "draft"), ("revise", "published")])
def test_the_window_decides_over_writing_and_over_nothing_else(world, move, status):
    update = world.walk(status, item="I.1.1")
    someone = world.who("coordinator.kaz" if move == "revise" else "focal.kaz")
    verdicts = {}

    for moment, shift in (("before", -SECOND), ("after", SECOND)):
        with time_machine.travel(due_at(world) + shift, tick=False):
            verdicts[moment] = try_move(update, move, someone)
            assert (move in update.allowed_moves(someone)) is (moment == "before")

    assert verdicts == {"before": MADE, "after": "WindowClosed"}


@pytest.mark.parametrize(
    ("status", "name", "moves"),
    [
        ("submitted", "coordinator.kaz", ["return", "clear"]),
        ("cleared", "editor", ["return", "accept"]),
        ("accepted", "editor", ["publish"]),
        ("cleared", "coordinator.kaz", ["recall"]),
        ("published", "coordinator.kaz", ["withdraw"]),
    ],
)
def test_clearing_reviewing_and_publishing_go_on_after_the_window(world, status, name, moves):
    update = world.walk(status)

    with time_machine.travel(due_at(world) + SECOND, tick=False):
        assert [move for move in MOVES if try_move(update, move, world.who(name)) == MADE] == moves
        assert update.allowed_moves(world.who(name)) == moves


def test_a_closed_window_tells_when_it_closed(world):
    with time_machine.travel(due_at(world) + SECOND, tick=False), pytest.raises(WindowClosed) as refusal:
        edit(world.update(), world.who("focal.kaz"), results="Too late.")

    assert refusal.value.facts == {"due_at": due_at(world).isoformat()}


def extend(world, iso: str = "KAZ", days: int = 45, item: str | None = None) -> Extension:
    return world.cycle.extend(
        world.states[iso],
        by=world.who("editor"),
        ends_on=timezone.now().date() + dt.timedelta(days=days),
        reason="A change of ministers.",
        action_item=world.items[item] if item else None,
    )


def verdicts(world, at: dt.datetime) -> dict[str, str]:
    cases = {"KAZ:I.1.1": "focal.kaz", "KAZ:I.1.2": "focal.kaz", "TJK:I.1.1": "focal.tjk"}
    with time_machine.travel(at, tick=False):
        return {key: try_move(world.update(*key.split(":")), "edit", world.who(name)) for key, name in cases.items()}


def test_an_extension_is_for_its_state_alone_and_ends(world):
    extension = extend(world)
    ends_at = world.states["KAZ"].end_of(extension.ends_on)

    assert due_at(world) == ends_at
    assert verdicts(world, ends_at - SECOND) == {
        "KAZ:I.1.1": MADE,
        "KAZ:I.1.2": MADE,
        "TJK:I.1.1": "WindowClosed",
    }
    assert set(verdicts(world, ends_at).values()) == {"WindowClosed"}


def test_a_reopening_is_for_its_item_alone_and_leaves_the_states_deadline(world):
    before = due_at(world)
    reopening = extend(world, item="I.1.2")
    ends_at = world.states["KAZ"].end_of(reopening.ends_on)

    assert due_at(world) == before
    assert verdicts(world, ends_at - SECOND) == {
        "KAZ:I.1.1": "WindowClosed",
        "KAZ:I.1.2": MADE,
        "TJK:I.1.1": "WindowClosed",
    }
    assert set(verdicts(world, ends_at).values()) == {"WindowClosed"}


def test_the_latest_of_several_extensions_counts(world):
    early, late = extend(world, days=40), extend(world, days=60)

    assert late.ends_on > early.ends_on
    assert due_at(world) == world.states["KAZ"].end_of(late.ends_on)


def test_an_item_reopened_after_the_cycle_can_be_revised_and_published_anew(world):
    update = world.walk("published", item="I.1.2", results="Old words.")
    focal, coordinator, editor = world.who("focal.kaz"), world.who("coordinator.kaz"), world.who("editor")

    with time_machine.travel(timezone.now() + dt.timedelta(days=60)):
        without = try_move(update, "revise", coordinator)
        extend(world, days=7, item="I.1.2")
        update.revise(by=coordinator, version=update.version)
        report(update, focal, results="New words.")
        update.submit(by=focal, version=update.version)
        update.clear(by=coordinator, version=update.version, audience="public")
        update.accept(by=editor, version=update.version)
        update.publish(by=editor, version=update.version)

    assert without == "WindowClosed"
    assert update.release.revision.results == "New words."


def test_an_extension_is_on_the_record(world):
    extension = extend(world)
    reopening = extend(world, item="I.1.2", days=46)

    events = Event.objects.filter(subject="cycle:review-2028").exclude(move="open").order_by("sequence")
    assert [(event.move, event.reason, event.changes, event.by_name) for event in events] == [
        ("extend", "A change of ministers.", {"ends_on": str(extension.ends_on), "action_item": None}, "editor"),
        ("reopen", "A change of ministers.", {"ends_on": str(reopening.ends_on), "action_item": "I.1.2"}, "editor"),
    ]
    assert (extension.granted_by, extension.reason) == (world.who("editor"), "A change of ministers.")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ({"ends_on": None}, "ends_on"),
        ({"ends_on": "soon"}, "ends_on"),
        ({"ends_on": dt.date.max}, "ends_on"),
        ({"ends_on": dt.date(2020, 1, 1)}, "ends_on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_an_extension_that_means_nothing_is_refused(world, words, named):
    ends_on = timezone.now().date() + dt.timedelta(days=60)

    with pytest.raises(Invalid) as refusal:
        world.cycle.extend(
            world.states["KAZ"], **{"by": world.who("editor"), "ends_on": ends_on, "reason": "Elections.", **words}
        )

    assert [problem.field for problem in refusal.value.problems] == [named]
    assert not Extension.objects.exists()


@pytest.mark.parametrize(("days", "item", "rule"), [(45, None, "order"), (44, "I.1.2", "order"), (46, None, "past")])
def test_what_gives_no_time_beyond_what_a_state_has_is_refused(world, days, item, rule):
    extend(world, days=45)

    with time_machine.travel(timezone.now() + dt.timedelta(days=60)), pytest.raises(Invalid) as refusal:
        extend(world, days=days - 60, item=item)

    assert [problem.rule for problem in refusal.value.problems] == [rule]


def test_an_item_of_another_plan_cannot_be_reopened(world):
    other = Plan.objects.create(slug="other", title="x", adopted_on=dt.date(2011, 11, 30), adopted_in="x", source="x")
    foreign = ActionItem(plan=other, code="I.1.2")

    with pytest.raises(Invalid):
        world.cycle.extend(
            world.states["KAZ"],
            by=world.who("editor"),
            ends_on=dt.date(2099, 1, 1),
            reason="Elections.",
            action_item=foreign,
        )


@pytest.mark.parametrize(
    ("day", "is_open", "phase"),
    [
        ("2027-12-31", True, "planned"),
        ("2028-01-01", True, "reporting"),
        ("2028-06-30", True, "reporting"),
        ("2028-07-01", True, "clearance"),
        ("2028-07-31", True, "clearance"),
        ("2028-08-01", True, "review"),
        ("2028-09-30", True, "review"),
        ("2028-10-01", True, "closed"),
        ("2028-05-01", False, "planned"),
        ("2028-10-01", False, "closed"),
    ],
)
def test_a_cycle_is_in_the_phase_of_the_day(world, day, is_open, phase):
    cycle = cycle_of(world.plan, opened_at=timezone.now() if is_open else None)

    assert cycle.phase(dt.date.fromisoformat(day)) == phase


def test_a_cycle_that_nobody_has_opened_accepts_nothing(world):
    cycle = cycle_of(world.plan, opens_on=timezone.now().date() - dt.timedelta(days=1))

    assert not cycle.accepts(world.states["KAZ"], world.items["I.1.1"].pk)
