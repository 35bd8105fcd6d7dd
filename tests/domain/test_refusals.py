"""Of several reasons to refuse a move, which one is told; and that nothing is written then."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from commitments.errors import Forbidden, Invalid, NotVisible, StaleVersion, VersionMissing, WindowClosed, WrongStatus
from commitments.models import Event, Update
from commitments.workflow import Status, find
from tests.builders import REPORTED
from tests.domain.attempts import edit, report

AFTER_THE_WINDOW = dt.timedelta(days=35)  # submissions are due in 30 days
INCOMPLETE = {"rating": "limited"}

# Each row has every fault of the rows below it as well: the kind; who, the move, the version, is the window over?
PRECEDENCE = [
    (NotVisible, ("focal.tjk", "publish", None, True)),
    (WrongStatus, ("contributor.kaz", "publish", None, True)),
    (Forbidden, ("contributor.kaz", "submit", None, True)),
    (WindowClosed, ("focal.kaz", "submit", None, True)),
    (VersionMissing, ("focal.kaz", "submit", None, False)),
    (StaleVersion, ("focal.kaz", "submit", 0, False)),
    (Invalid, ("focal.kaz", "submit", 1, False)),
]


@pytest.mark.parametrize(("kind", "attempted"), PRECEDENCE)
def test_the_first_reason_is_told(world, kind, attempted):
    name, move, version, is_over = attempted
    update = edit(world.update("KAZ", "I.1.1"), world.who("focal.kaz"), **INCOMPLETE)
    now = timezone.now() + (AFTER_THE_WINDOW if is_over else dt.timedelta())
    before = list(Update.objects.values()), Event.objects.count()

    with time_machine.travel(now), pytest.raises(kind):
        update.make(move, by=world.who(name), version=version)

    assert (list(Update.objects.values()), Event.objects.count()) == before


def test_four_eyes_come_before_the_version(world):
    update = world.update("KAZ", "I.1.1")
    report(update, world.who("coordinator.kaz"))
    update.submit(by=world.who("focal.kaz"), version=1)

    with pytest.raises(Forbidden, match="four eyes"):
        update.clear(by=world.who("coordinator.kaz"), version=None)


@pytest.mark.parametrize(
    ("status", "name", "verb", "offered"),
    [
        ("draft", "focal.kaz", "publish", ["edit", "submit"]),
        ("draft", "contributor.kaz", "clear", ["edit"]),
        ("submitted", "focal.kaz", "edit", []),
        ("submitted", "coordinator.kaz", "publish", ["return", "clear"]),
        ("cleared", "reviewer", "publish", ["return", "accept"]),
        ("accepted", "editor", "accept", ["publish"]),
        ("published", "coordinator.kaz", "recall", ["withdraw", "revise"]),
    ],
)
def test_a_wrong_status_tells_where_it_stands_and_what_this_person_may_do(world, status, name, verb, offered):
    update = world.walk(status, item="I.1.1")
    someone = world.who(name)

    with pytest.raises(WrongStatus) as refusal:
        update.make(verb, by=someone, version=update.version)

    assert refusal.value.facts == {"status": status, "allowed_moves": offered}
    assert offered == update.allowed_moves(someone)


def test_a_wrong_status_offers_no_move_that_the_window_or_the_four_eyes_forbid(world):
    editor_of_text = world.who("coordinator.kaz")
    update = world.update("KAZ", "I.1.1")
    report(update, editor_of_text)
    with time_machine.travel(timezone.now() + AFTER_THE_WINDOW), pytest.raises(WrongStatus) as after:
        update.publish(by=editor_of_text, version=1)
    update.submit(by=world.who("focal.kaz"), version=1)

    with pytest.raises(WrongStatus) as within:
        update.publish(by=editor_of_text, version=2)

    assert after.value.facts["allowed_moves"] == []
    assert within.value.facts["allowed_moves"] == ["return"]


def test_an_unknown_verb_is_a_wrong_status(world):
    update = world.update()

    with pytest.raises(WrongStatus):
        update.make("approve", by=world.who("focal.kaz"), version=0)


def test_a_stale_version_tells_the_current_one(world):
    update = report(world.update(), world.who("focal.kaz"))

    with pytest.raises(StaleVersion) as stale:
        update.submit(by=world.who("focal.kaz"), version=0)
    with pytest.raises(VersionMissing) as missing:
        update.submit(by=world.who("focal.kaz"), version=None)

    assert stale.value.facts == missing.value.facts == {"version": 1}


@pytest.mark.parametrize("reason", [None, "", "  \n ", "\u200b\u2060", 5, ["x"], "x" * 2001, "a\x00b", "\ud800"])
@pytest.mark.parametrize(
    ("status", "name", "move"),
    [
        ("submitted", "coordinator.kaz", "return"),
        ("cleared", "reviewer", "return"),
        ("cleared", "coordinator.kaz", "recall"),
        ("accepted", "coordinator.kaz", "recall"),
        ("published", "coordinator.kaz", "withdraw"),
    ],
)
def test_a_move_against_somebody_needs_a_reason(world, status, name, move, reason):
    update = world.walk(status)

    with pytest.raises(Invalid) as refusal:
        update.make(move, by=world.who(name), version=update.version, reason=reason)

    assert {problem.field for problem in refusal.value.problems} == {"reason"}
    update.refresh_from_db()
    assert update.status == status


def test_a_reason_is_kept_with_the_event(world):
    update = world.walk("cleared")

    update.return_(by=world.who("reviewer"), version=update.version, reason="  Say which law.\r\n")

    assert update.events.order_by("sequence").last().reason == "Say which law."


@pytest.mark.parametrize("audience", ["", None, "everyone", 3, ["un"]])
def test_clearing_needs_a_decided_audience(world, audience):
    update = world.walk("submitted")

    with pytest.raises(Invalid) as refusal:
        update.clear(by=world.who("coordinator.kaz"), version=update.version, audience=audience)

    assert [(problem.field, problem.rule) for problem in refusal.value.problems] == [("audience", "required")]


def test_the_table_itself_refuses_in_the_same_way():
    with pytest.raises(WrongStatus):
        find("publish", Status.DRAFT, [])
    with pytest.raises(Forbidden):
        find("edit", Status.DRAFT, [])


def test_what_was_refused_can_be_tried_again_on_the_same_object(world):
    update = edit(world.update(), world.who("focal.kaz"), **INCOMPLETE)
    with pytest.raises(Invalid):
        update.submit(by=world.who("focal.kaz"), version=1)

    edit(update, world.who("focal.kaz"), **REPORTED)
    update.submit(by=world.who("focal.kaz"), version=2)

    assert update.status == "submitted"
