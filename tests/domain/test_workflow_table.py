"""Who may make which move from which status, as the table of the domain has it, and how the others are refused."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from commitments.models import Appointment
from commitments.workflow import MOVE_NAMES, MOVES, Role, Status
from tests.builders import person
from tests.domain.attempts import MADE, WORDS, try_move
from tests.domain.attempts import MOVES as VERBS

STATE_OFFICERS = {"focal.kaz", "contributor.kaz", "coordinator.kaz"}
SECRETARIAT = {"reviewer", "editor"}
OUTSIDERS = {
    "focal.tjk", "contributor.tjk", "coordinator.tjk", "focal.uzb", "contributor.uzb", "coordinator.uzb",
    "partner", "observer", "nobody", "administrator",
}  # fmt: skip

# Item I.1.1 of Kazakhstan: the interior ministry leads, the justice ministry contributes.
MAY = {
    "draft": {"edit": STATE_OFFICERS, "submit": {"focal.kaz"}},
    "submitted": {"return": {"coordinator.kaz"}, "clear": {"coordinator.kaz"}},
    "cleared": {"return": SECRETARIAT, "accept": SECRETARIAT, "recall": {"coordinator.kaz"}},
    "accepted": {"publish": {"editor"}, "recall": {"coordinator.kaz"}},
    "published": {"withdraw": {"coordinator.kaz"}, "revise": {"coordinator.kaz"}},
}
LEADS_TO = {
    ("draft", "edit"): "draft",
    ("draft", "submit"): "submitted",
    ("submitted", "return"): "draft",
    ("submitted", "clear"): "cleared",
    ("cleared", "return"): "draft",
    ("cleared", "accept"): "accepted",
    ("cleared", "recall"): "draft",
    ("accepted", "publish"): "published",
    ("accepted", "recall"): "draft",
    ("published", "withdraw"): "accepted",
    ("published", "revise"): "draft",
}
SEES = {
    "draft": STATE_OFFICERS,
    "submitted": STATE_OFFICERS,
    "cleared": STATE_OFFICERS | SECRETARIAT,
    "accepted": STATE_OFFICERS | SECRETARIAT,
    "published": STATE_OFFICERS | SECRETARIAT,
}


def expected(status: str, move: str, name: str) -> str:
    if name not in SEES[status]:
        return "NotVisible"
    if move not in MAY[status]:
        return "WrongStatus"
    return MADE if name in MAY[status][move] else "Forbidden"


@pytest.mark.parametrize("status", SEES)
def test_each_person_makes_exactly_the_moves_of_the_table(world, status):
    update = world.walk(status, item="I.1.1")
    people = {name: world.who(name) for name in world.emails}

    verdicts = {(name, move): try_move(update, move, people[name]) for name in people for move in VERBS}

    assert set(people) == STATE_OFFICERS | SECRETARIAT | OUTSIDERS
    assert verdicts == {(name, move): expected(status, move, name) for name in people for move in VERBS}


@pytest.mark.parametrize("status", SEES)
def test_allowed_moves_are_those_that_would_succeed(world, status):
    update = world.walk(status, item="I.1.1")
    people = {name: world.who(name) for name in world.emails}

    offered = {name: update.allowed_moves(someone) for name, someone in people.items()}

    assert offered == {
        name: [move for move in VERBS if try_move(update, move, someone) == MADE] for name, someone in people.items()
    }


@pytest.mark.parametrize(("status", "move"), LEADS_TO)
def test_a_move_leads_where_the_table_says(world, status, move):
    update = world.walk(status, item="I.1.1")
    someone = world.who(min(MAY[status][move]))

    update.make(move, by=someone, version=update.version, **WORDS.get(move, {}))

    update.refresh_from_db()
    assert update.status == LEADS_TO[status, move]


def test_the_table_has_these_rows_and_no_others():
    rows = {(status.value, move.name): move.target.value for move in MOVES for status in move.source}

    assert rows == LEADS_TO
    assert MOVE_NAMES == VERBS
    assert [status.value for status in Status] == list(SEES)


@pytest.mark.parametrize("status", SEES)
def test_nobody_signed_in_can_move_anything(world, status):
    update = world.walk(status)

    assert {try_move(update, move, AnonymousUser()) for move in VERBS} == {"NotVisible"}
    assert {try_move(update, move, None) for move in VERBS} == {"NotVisible"}


@pytest.mark.parametrize(
    ("status", "verdicts"),
    {
        "draft": {"NotVisible"},
        "submitted": {"NotVisible"},
        "cleared": {"WrongStatus", "Forbidden"},
        "accepted": {"WrongStatus", "Forbidden"},
        "published": {"WrongStatus", "Forbidden"},
    }.items(),
)
def test_an_agency_without_part_in_the_item_moves_nothing(world, status, verdicts):
    update = world.walk(status, item="I.1.2")
    outsider = world.who("contributor.kaz")  # the justice ministry has no part in I.1.2

    assert {try_move(update, move, outsider) for move in VERBS} == verdicts


def test_what_a_state_keeps_to_itself_the_secretariat_cannot_move(world):
    update = world.walk("cleared", item="I.1.1", audience="state")
    reviewer, editor = world.who("reviewer"), world.who("editor")
    both = person(world, "both", Role.REVIEWER)
    Appointment.appoint(both, Role.COORDINATOR, by=None, member_state=world.states["KAZ"])

    assert {try_move(update, move, reviewer) for move in VERBS} == {"NotVisible"}
    assert {try_move(update, move, editor) for move in VERBS} == {"NotVisible"}
    assert [move for move in VERBS if try_move(update, move, both) == MADE] == ["recall"]
    assert update.allowed_moves(both) == ["recall"]


def test_one_who_serves_a_state_and_the_secretariat_moves_as_both(world):
    update = world.walk("cleared", item="I.1.1")
    both = person(world, "both", Role.REVIEWER)
    Appointment.appoint(both, Role.COORDINATOR, by=None, member_state=world.states["KAZ"])

    assert update.allowed_moves(both) == ["return", "accept", "recall"]
    assert [move for move in VERBS if try_move(update, move, both) == MADE] == ["return", "accept", "recall"]
