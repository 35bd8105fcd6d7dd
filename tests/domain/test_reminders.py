"""Reminders: whom they reach, what they say, and what the secretariat does not learn by them."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from commitments.errors import Forbidden, Invalid
from commitments.models import Notice, Person, Reminder
from commitments.models.reminders import Topic
from commitments.telling.reminding import Call, left_out, not_signed_in, recipients, send
from commitments.waiting import current_cycles
from commitments.workflow import Role
from tests.builders import World, build_world

CANARY = "Seven border posts were searched."
OPENED = dt.datetime(2026, 11, 1, 6, 0, tzinfo=dt.UTC)


@pytest.fixture
def november(db) -> World:
    with time_machine.travel(OPENED, tick=False):
        world = build_world()
    mail.outbox.clear()
    return world


def call(world: World, topic: str = "due", role: str = "focal_point", states: str = "KAZ") -> Call:
    cycle = current_cycles()[0] if topic != "not_signed_in" else None
    return Call(Topic(topic), Role(role), tuple(world.states[code] for code in states.split()), cycle)


def names(found: list) -> list[str]:
    return [str(one.person) for one in found]


WHO = {
    ("editor", "due", "focal_point", "KAZ TJK"): ["contributor.kaz", "focal.kaz", "contributor.tjk", "focal.tjk"],
    ("reviewer", "due", "coordinator", "KAZ UZB"): ["coordinator.kaz", "coordinator.uzb"],
    ("editor", "to_clear", "coordinator", "KAZ"): ["coordinator.kaz"],
    ("editor", "returned", "focal_point", "KAZ"): ["contributor.kaz", "focal.kaz"],
    ("editor", "not_signed_in", "focal_point", "KAZ"): ["contributor.kaz", "focal.kaz"],
    ("coordinator.kaz", "due", "focal_point", "KAZ"): ["contributor.kaz", "focal.kaz"],
    ("coordinator.kaz", "returned", "focal_point", "KAZ"): ["focal.kaz"],
    ("coordinator.kaz", "not_signed_in", "focal_point", "KAZ"): ["contributor.kaz", "focal.kaz"],
}
MAY_NOT = [
    ("coordinator.kaz", "due", "focal_point", "TJK"),
    ("coordinator.kaz", "due", "focal_point", "KAZ TJK"),
    ("coordinator.kaz", "due", "coordinator", "KAZ"),
    *((name, "due", "focal_point", "KAZ") for name in ("focal.kaz", "partner", "observer", "nobody", "administrator")),
]


@pytest.mark.parametrize(("name", "topic", "role", "states"), WHO)
def test_who_would_be_reminded(world, name, topic, role, states):
    """One update of Kazakhstan's interior ministry has been returned, the others are drafts."""
    update = world.walk("submitted")
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="Say more.")

    found = recipients(call(world, topic, role, states), by=world.who(name))

    assert names(found) == WHO[name, topic, role, states]


@pytest.mark.parametrize(("name", "topic", "role", "states"), MAY_NOT)
def test_who_may_not_remind(world, name, topic, role, states):
    with pytest.raises(Forbidden):
        send(call(world, topic, role, states), by=world.who(name))

    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        ({"role": Role.FOCAL_POINT, "topic": Topic.TO_CLEAR}, "role"),
        ({"states": ()}, "states"),
        ({"cycle": None}, "cycle"),
    ],
)
def test_what_does_not_fit_together_is_refused(world, broken, field):
    asked = {"topic": Topic.DUE, "role": Role.FOCAL_POINT, "states": (world.states["KAZ"],), "cycle": world.cycle}

    with pytest.raises(Invalid) as refusal:
        recipients(Call(**asked | broken), by=world.who("editor"))

    assert [problem.field for problem in refusal.value.problems] == [field]


@pytest.mark.parametrize("topic", ["due", "to_clear", "returned"])
@pytest.mark.parametrize("role", ["focal_point", "coordinator"])
def test_the_secretariat_sees_and_sends_the_same_whatever_the_state_has_written(world, topic, role):
    """Drafts, submissions, returns and what is cleared for the State alone change no line, no letter and no count."""
    if (topic, role) == ("to_clear", "focal_point"):
        role = "coordinator"
    editor, now = world.who("editor"), timezone.now()
    before = [
        (str(one.person), one.told.count, one.letter(now)) for one in recipients(call(world, topic, role), by=editor)
    ]

    world.walk("submitted", item="I.1.1", measures_taken=CANARY)
    world.walk("cleared", item="II.1.1", audience="state", measures_taken=CANARY)
    returned = world.walk("submitted", measures_taken=CANARY)
    returned.return_(by=world.who("coordinator.kaz"), version=returned.version, reason=CANARY)
    send(call(world, "due", "focal_point"), by=world.who("coordinator.kaz"))  # which is not counted as theirs

    found = recipients(call(world, topic, role), by=editor)
    assert [(str(one.person), one.told.count, one.letter(now)) for one in found] == before
    assert [one.times_today for one in found] == [0] * len(before)
    assert before


def test_a_coordinator_s_letter_says_how_much_waits(world):
    world.walk("submitted")

    found = recipients(call(world), by=world.who("coordinator.kaz"))

    assert {str(one.person): one.told.count for one in found} == {"contributor.kaz": 1, "focal.kaz": 2}
    assert (
        "2 updates wait for you."
        in next(one for one in found if str(one.person) == "focal.kaz").letter(timezone.now()).body
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "30 days left"), ("ru", "осталось 30 дней")],
)
def test_a_reminder_is_written_in_the_language_of_its_reader(
    november, django_capture_on_commit_callbacks, language, words
):
    Person.objects.filter(email="focal.kaz@example.org").update(language=language)

    with time_machine.travel(OPENED, tick=False), django_capture_on_commit_callbacks(execute=True):
        send(call(november), by=november.who("editor"))

    letter = next(message for message in mail.outbox if message.to == ["focal.kaz@example.org"])
    assert words in letter.body.lower()
    assert "List-Unsubscribe" in letter.extra_headers


@pytest.mark.parametrize(
    ("day", "topic", "out"),
    [("2026-12-01T12:00Z", "due", []), ("2026-12-01T19:30Z", "due", ["KAZ", "TJK", "UZB"]),
     ("2026-12-01T12:00Z", "overdue", ["KAZ", "TJK", "UZB"]), ("2026-12-01T19:30Z", "overdue", [])],
)  # fmt: skip
def test_by_the_clock_of_the_capital_something_is_due_or_overdue(november, day, topic, out):
    with time_machine.travel(dt.datetime.fromisoformat(day), tick=False):
        asked = call(november, topic, states="KAZ TJK UZB")

        assert [state.iso_alpha3 for state in left_out(asked)] == out


def test_a_reminder_is_logged_and_stands_in_the_desk(world):
    send(call(world), by=world.who("editor"))

    rows = [(str(row.person), row.topic, row.origin, row.sent_by_name) for row in Reminder.objects.order_by("pk")]
    assert rows == [(name, "due", "secretariat", "editor") for name in ("contributor.kaz", "focal.kaz")]
    notice = Notice.objects.visible_to(world.who("focal.kaz")).told().get()
    assert str(notice) == "Reminder: progress updates are due, Review 2028"


def test_nobody_is_reminded_of_the_same_twice_a_day_unless_it_is_confirmed(november):
    editor = november.who("editor")
    with time_machine.travel(OPENED, tick=False):
        counts = [send(call(november), by=editor), send(call(november), by=editor)]
        counts.append(send(call(november, "returned"), by=editor))
        counts.append(send(call(november), by=editor, again=True))
    with time_machine.travel(OPENED + dt.timedelta(days=1), tick=False):
        counts.append(send(call(november), by=editor))

    assert counts == [2, 0, 2, 2, 2]


SEES = {
    "editor": {"secretariat"},
    "reviewer": {"secretariat"},
    "coordinator.kaz": {"secretariat", "coordinator"},
    "focal.kaz": {"secretariat", "coordinator"},
    "coordinator.tjk": set(),
    "focal.tjk": set(),
    "partner": set(),
    "observer": set(),
    "administrator": set(),
    "nobody": set(),
}


@pytest.mark.parametrize("name", SEES)
def test_who_reads_the_log_of_a_state_s_reminders(world, name):
    send(call(world), by=world.who("editor"))
    send(call(world), by=world.who("coordinator.kaz"), again=True)

    seen = set(Reminder.objects.visible_to(world.who(name)).values_list("origin", flat=True))

    assert seen == SEES[name]


def test_who_has_not_signed_in_is_for_those_who_remind(world):
    Person.objects.filter(email="focal.kaz@example.org").update(last_login=timezone.now())

    assert [str(post.person) for post in not_signed_in(world.who("coordinator.kaz"))] == [
        "coordinator.kaz",
        "contributor.kaz",
    ]
    assert len(not_signed_in(world.who("editor"))) == 12
    for name in ("focal.kaz", "partner", "observer", "administrator", "nobody"):
        with pytest.raises(Forbidden):
            not_signed_in(world.who(name))
