"""Reminders that the calendar sends of itself: when, to whom, once each, and in nobody's night."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from commitments.models import Person, Reminder
from commitments.telling.reminding import send
from tests.builders import World, build_world
from tests.domain.test_reminders import CANARY, OPENED, call

# Submissions are due on 1 December, clearances on the 11th. In Almaty and Dushanbe it is five hours later.
MORNING = dt.time(2, 30, tzinfo=dt.UTC)


@pytest.fixture
def november(db) -> World:
    with time_machine.travel(OPENED, tick=False):
        world = build_world()
    mail.outbox.clear()
    return world


def run(on: dt.date | str, time: dt.time = MORNING) -> list[tuple[str, str]]:
    """Whom a run reminds of what."""
    last = max(Reminder.objects.values_list("pk", flat=True), default=0)
    with time_machine.travel(dt.datetime.combine(dt.date.fromisoformat(str(on)), time), tick=False):
        call_command("send_reminders", stdout=io.StringIO())
    rows = Reminder.objects.filter(pk__gt=last).order_by("pk").select_related("person")
    return [(str(row.person), row.topic) for row in rows]


@pytest.fixture
def kazakhstan_alone(november) -> World:
    """The other States have nothing left to submit: their focal points have left."""
    for post in Person.objects.filter(email__regex=r"^(focal|contributor)\.(tjk|uzb)").values_list("email", flat=True):
        Person.objects.filter(email=post).update(is_active=False)
    return november


FOCALS = [("contributor.kaz", "due"), ("focal.kaz", "due")]


@pytest.mark.parametrize(
    ("day", "reminded"),
    [("2026-11-16", []), ("2026-11-17", FOCALS), ("2026-11-18", FOCALS), ("2026-11-24", FOCALS),
     ("2026-11-30", FOCALS), ("2026-12-01", FOCALS)],
)  # fmt: skip
def test_before_the_deadline_those_are_reminded_for_whom_something_is_due(kazakhstan_alone, day, reminded):
    assert run(day) == reminded


def test_each_distance_is_said_once_however_often_it_runs(kazakhstan_alone):
    days = ["2026-11-17", "2026-11-17", "2026-11-18", "2026-11-24", "2026-11-25", "2026-11-30", "2026-12-01"]

    assert [len(run(day)) for day in days] == [2, 0, 0, 2, 0, 2, 0]


def test_nobody_is_woken(kazakhstan_alone):
    night = run("2026-11-17", dt.time(20, 0, tzinfo=dt.UTC))

    assert (night, run("2026-11-18")) == ([], FOCALS)


def test_who_has_submitted_everything_is_not_reminded(kazakhstan_alone):
    with time_machine.travel(OPENED, tick=False):
        for item in ("I.1.1", "I.1.2", "II.1.1"):
            kazakhstan_alone.walk("submitted", item=item)

    assert run("2026-11-17") == []


def test_after_the_deadline_the_coordinators_are_told_what_is_overdue(november):
    first, again = run("2026-12-02"), run("2026-12-03")

    assert first == [(f"coordinator.{state}", "overdue") for state in ("kaz", "tjk", "uzb")]
    assert again == []


def test_an_extension_moves_the_reminder(november):
    with time_machine.travel(OPENED, tick=False):
        november.cycle.extend(
            november.states["KAZ"], by=november.who("editor"), ends_on=dt.date(2026, 12, 9), reason="Floods."
        )

    found = run("2026-12-02")

    assert [name for name, topic in found if topic == "overdue"] == ["coordinator.tjk", "coordinator.uzb"]
    assert [name for name, topic in found if topic == "due"] == ["contributor.kaz", "focal.kaz"]


def test_before_clearances_are_due_the_coordinator_with_something_to_clear_is_reminded(november):
    with time_machine.travel(OPENED, tick=False):
        november.walk("submitted")

    assert [found for found in run("2026-11-27") if found[1] == "to_clear"] == [("coordinator.kaz", "to_clear")]


def test_whoever_was_reminded_of_it_today_already_is_not_reminded_by_the_calendar(kazakhstan_alone):
    with time_machine.travel(dt.datetime.combine(dt.date(2026, 11, 17), MORNING), tick=False):
        send(call(kazakhstan_alone), by=kazakhstan_alone.who("editor"))

    assert run("2026-11-17") == []


def test_what_the_calendar_says_is_not_in_the_secretariat_s_log(kazakhstan_alone):
    run("2026-11-17")

    assert list(Reminder.objects.visible_to(kazakhstan_alone.who("editor"))) == []
    assert Reminder.objects.visible_to(kazakhstan_alone.who("coordinator.kaz")).count() == 2


def test_a_letter_of_the_calendar_says_what_waits_and_no_words_of_the_state(
    kazakhstan_alone, django_capture_on_commit_callbacks
):
    with time_machine.travel(OPENED, tick=False):
        kazakhstan_alone.walk("draft", measures_taken=CANARY)

    with django_capture_on_commit_callbacks(execute=True):
        run("2026-11-17")

    letter = next(message for message in mail.outbox if message.to == ["focal.kaz@example.org"])
    assert "14 days left" in letter.body
    assert "3 updates wait for you." in letter.body
    assert CANARY not in letter.body + letter.subject
