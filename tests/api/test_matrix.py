"""The status matrix: a rating, or why there is none; and silence that looks like discretion."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.api.conftest import Caller

PLACE = "status-matrix/?cycle=review-2028"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def cells(caller, item: str, query: str = "") -> dict[str, str]:
    rows = caller.get(PLACE + query).json()["rows"]
    return next(row["cells"] for row in rows if row["action_item"] == item)


def later(world, who: str | None, days: int) -> tuple[Caller, time_machine.travel]:
    """A caller some days on; signed in then, for sessions end."""
    caller = Caller()
    travel = time_machine.travel(timezone.now() + timedelta(days=days), tick=False)
    with travel:
        if who:
            caller.force_login(world.who(who), backend=BACKEND)
    return caller, time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def test_every_item_and_every_state_has_a_cell(world, call):
    answer = call().get(PLACE).json()

    assert answer["member_states"] == ["KAZ", "TJK", "UZB"]
    assert [row["action_item"] for row in answer["rows"]] == list(world.items)
    assert all(list(row["cells"]) == ["KAZ", "TJK", "UZB"] for row in answer["rows"])


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("public", {None, "partner", "focal.tjk", "editor", "focal.kaz"}),
        ("participants", {"focal.tjk", "editor", "focal.kaz"}),
        ("un", {"editor", "focal.kaz"}),
    ],
)
def test_a_rating_shows_to_the_audience_of_the_release(world, call, audience, readers):
    world.walk("published", audience=audience)

    for who in (None, "partner", "focal.tjk", "editor", "focal.kaz"):
        expected = "limited" if who in readers else "awaiting"
        assert cells(call(who), "I.1.2")["KAZ"] == expected, who


@pytest.mark.parametrize("days", [0, 35, 49, 52])
def test_an_empty_cell_says_why(world, days):
    reason = "awaiting" if days < 50 else "not_released"
    caller, then = later(world, None, days)

    with then:
        assert cells(caller, "I.1.1") == dict.fromkeys(("KAZ", "TJK", "UZB"), reason)
        assert set(cells(caller, "II.1.2").values()) == {"not_due"}


@pytest.mark.parametrize("who", [None, "partner", "focal.tjk", "coordinator.tjk", "editor", "administrator"])
@pytest.mark.parametrize("days", [0, 35, 60])
def test_nobody_beyond_the_state_can_tell_silence_from_discretion(world, who, days):
    caller, then = later(world, who, days)
    with then:
        silent = caller.get(PLACE).content

    world.walk("cleared", audience="state")

    with then:
        assert caller.get(PLACE).content == silent


def test_the_own_coordinator_sees_what_was_not_reported_once_the_window_is_over(world):
    world.walk("submitted", item="I.1.1")
    coordinator, then = later(world, "coordinator.kaz", 35)
    focal, _then = later(world, "focal.kaz", 35)

    with then:
        assert cells(coordinator, "I.1.1")["KAZ"] == "awaiting"
        assert cells(coordinator, "I.1.2") == {"KAZ": "not_reported", "TJK": "awaiting", "UZB": "awaiting"}
        assert cells(coordinator, "II.1.2")["KAZ"] == "not_due"
        assert cells(focal, "I.1.2")["KAZ"] == "awaiting"


def test_an_extension_is_known_to_those_who_take_part_alone(world):
    ends_on = timezone.now().date() + timedelta(days=60)
    world.cycle.extend(world.states["TJK"], by=world.who("editor"), ends_on=ends_on, reason="A flood.")
    officer, then = later(world, "focal.kaz", 55)
    anybody, _then = later(world, None, 55)

    with then:
        assert cells(officer, "I.1.1") == {"KAZ": "not_released", "TJK": "awaiting", "UZB": "not_released"}
        assert set(cells(anybody, "I.1.1").values()) == {"not_released"}


def test_compact_has_one_letter_a_state_and_says_what_they_mean(world, call):
    world.walk("published")

    answer = call().get(f"{PLACE}&compact=true").json()

    def spelled(letters: str) -> dict[str, str]:
        meanings = [answer["legend"][letter] for letter in letters]
        return dict(zip(answer["member_states"], meanings, strict=True))

    assert {row["action_item"]: spelled(row["cells"]) for row in answer["rows"]} == {
        row["action_item"]: row["cells"] for row in call().get(PLACE).json()["rows"]
    }


def test_it_narrows_and_it_is_a_table_too(world, call):
    assert [row["action_item"] for row in call().get(f"{PLACE}&pillar=II").json()["rows"]] == ["II.1.1", "II.1.2"]
    answer = call().get(f"{PLACE}&format=csv&addressee=partner")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    assert rows == [{"action_item": "II.1.2", "KAZ": "not_due", "TJK": "not_due", "UZB": "not_due"}]


def test_the_latest_open_cycle_is_meant_where_none_is_named(world, call):
    assert call().get("status-matrix/").json()["cycle"] == "review-2028"
