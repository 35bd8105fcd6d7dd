"""The message of the day: in everybody's own morning, once, in their language, of what they may still see."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from commitments.models import Choice, Digest, Notice, Person
from tests.builders import World, build_world

CANARY = "Seven border posts were searched."
NIGHT = dt.datetime(2026, 11, 1, 20, 0, tzinfo=dt.UTC)  # 1 a.m. in Almaty and Dushanbe
MORNING = dt.datetime(2026, 11, 2, 2, 30, tzinfo=dt.UTC)  # 7.30 there


@pytest.fixture
def news(db) -> World:
    """In the night an update was submitted: the coordinator of Kazakhstan has something to read in the morning."""
    with time_machine.travel(NIGHT, tick=False):
        world = build_world()
        world.walk("submitted", measures_taken=CANARY)
    mail.outbox.clear()
    return world


def send(at: dt.datetime) -> list[tuple[str, str]]:
    """To whom, and with which subject, messages went in this run."""
    before = len(mail.outbox)
    with time_machine.travel(at, tick=False):
        call_command("send_digests", stdout=io.StringIO())
    return [(message.to[0], message.subject) for message in mail.outbox[before:]]


def say(world: World, name: str, **facts: str) -> None:
    Person.objects.filter(email=world.emails[name]).update(**facts)


@pytest.mark.parametrize(
    ("hour", "zone", "is_sent"),
    [
        (1, "", False),  # 6 a.m. in Almaty
        (2, "", True),  # 7
        (4, "", True),  # 9
        (5, "", False),  # 10: a run that was missed waits for the next morning
        (2, "America/New_York", False),  # 10 p.m. there
        (12, "America/New_York", True),  # 7 a.m. there
        (2, "Never/Never", True),  # a zone that is known no more: the capital's
    ],
)
def test_it_comes_in_the_morning_of_its_reader(news, hour, zone, is_sent):
    say(news, "coordinator.kaz", time_zone=zone)

    sent = send(MORNING.replace(hour=hour))

    assert bool(sent) == is_sent


def test_it_goes_to_those_for_whom_there_is_news_and_to_nobody_else(news):
    assert send(MORNING) == [("coordinator.kaz@example.org", "JPoA Tracker: 1 notice")]


def test_it_says_what_has_happened_and_what_waits_with_the_days_left_and_none_of_the_state_s_words(news):
    send(MORNING)

    body = mail.outbox[0].body
    assert "Kazakhstan: I.1.2 Do I.1.2 awaits your clearance" in body
    assert "review-2028:KAZ:I.1.2" in body
    assert "submitted, waiting for your clearance: 1" in body
    assert "Review 2028, Kazakhstan: 29 days left, until the end of 1 December 2026 in Kazakhstan" in body
    assert "http://127.0.0.1:8000/desk/" in body
    assert CANARY not in body
    assert "http://127.0.0.1:8000/desk/notices/choices/" in body


@pytest.mark.parametrize(("others", "subject"), [((), "1 notice"), (("I.1.1",), "2 notices")])
def test_it_counts_one_and_many(news, others, subject):
    with time_machine.travel(NIGHT, tick=False):
        for item in others:
            news.walk("submitted", item=item)

    assert send(MORNING) == [("coordinator.kaz@example.org", f"JPoA Tracker: {subject}")]


@pytest.mark.parametrize(("days", "left"), [(0, "осталось 29 дней"), (8, "остался 21 день"), (7, "осталось 22 дня")])
def test_to_a_reader_of_russian_it_counts_as_russian_does(news, days, left):
    say(news, "coordinator.kaz", language="ru")

    send(MORNING + dt.timedelta(days=days))

    assert "ожидает вашего согласования" in mail.outbox[0].body
    assert left in mail.outbox[0].body


def test_a_language_that_the_site_does_not_speak_falls_back_to_english(news):
    say(news, "coordinator.kaz", language="xx")

    assert send(MORNING) == [("coordinator.kaz@example.org", "JPoA Tracker: 1 notice")]


def test_by_the_clock_of_a_reader_elsewhere_it_says_the_instant_too(news):
    say(news, "coordinator.kaz", time_zone="America/New_York")

    send(MORNING.replace(hour=12))

    assert "(by your clock: 1 December 2026, 14:00)" in mail.outbox[0].body


def test_it_never_comes_twice_on_one_day(news):
    first = send(MORNING)
    with time_machine.travel(MORNING, tick=False):
        news.walk("submitted", item="II.1.1")

    again = send(MORNING + dt.timedelta(minutes=30))
    tomorrow = send(MORNING + dt.timedelta(days=1))

    assert (len(first), again, len(tomorrow)) == (1, [], 1)
    assert "II.1.1" in mail.outbox[-1].body
    assert "I.1.2 Do I.1.2 awaits" not in mail.outbox[-1].body


def test_a_day_that_somebody_else_claimed_at_the_same_time_is_left_to_them(news):
    Digest.objects.create(person=news.who("coordinator.kaz"), day=dt.date(2026, 11, 2))

    assert send(MORNING) == []


def test_a_message_that_could_not_leave_is_tried_again(news, settings, caplog):
    settings.EMAIL_BACKEND = "no.such.Backend"
    failed = send(MORNING)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    later = send(MORNING + dt.timedelta(minutes=30))

    assert (failed, len(later)) == ([], 1)
    assert "could not be sent" in caplog.text


def test_nothing_is_sent_of_what_was_read_in_the_desk(news):
    Notice.read(by=news.who("coordinator.kaz"))

    assert send(MORNING) == []
    assert not Digest.objects.exists()


def test_nothing_is_sent_of_what_its_reader_may_no_longer_see(news):
    with time_machine.travel(NIGHT, tick=False):
        news.who("coordinator.kaz").appointments.get().retire(by=None, reason="Moved to another ministry.")

    assert send(MORNING) == []
    assert not Digest.objects.exists()


@pytest.mark.parametrize(
    "facts", [{"email": "coordinator@kaz.invalid"}, {"is_active": False}], ids=["a reserved address", "suspended"]
)
def test_whoever_takes_no_mail_gets_none(news, facts):
    say(news, "coordinator.kaz", **facts)

    assert send(MORNING) == []


@pytest.mark.parametrize(("how", "at_once", "in_the_digest"), [("at_once", 1, 0), ("digest", 0, 1), ("none", 0, 0)])
def test_mail_goes_as_its_reader_has_chosen(news, django_capture_on_commit_callbacks, how, at_once, in_the_digest):
    coordinator = news.who("coordinator.kaz")
    Notice.objects.all().delete()
    Choice.choose(by=coordinator, hows={"waiting": how})

    with time_machine.travel(NIGHT, tick=False), django_capture_on_commit_callbacks(execute=True):
        news.walk("submitted", item="II.1.1")

    assert len([message for message in mail.outbox if message.to == [coordinator.email]]) == at_once
    assert len(send(MORNING)) == in_the_digest
    assert Notice.objects.visible_to(news.who("coordinator.kaz")).count() == 1


def test_who_chooses_no_mail_gets_not_even_what_was_waiting_to_be_sent(news):
    Choice.choose(by=news.who("coordinator.kaz"), hows={"waiting": "none"})

    assert send(MORNING) == []
