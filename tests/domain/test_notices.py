"""What each person is told in the desk: of whose move, in the same transaction, and only while it is theirs to see."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone, translation

from commitments.errors import Invalid, StaleVersion
from commitments.models import Choice, Notice, Reminder
from tests.domain.attempts import WORDS
from tests.domain.test_notifications import SECRET, TOLD

CANARY = "Seven border posts were searched."
NEVER_TOLD = ("contributor.kaz", "focal.tjk", "coordinator.tjk", "partner", "observer", "nobody", "administrator")


def told(world) -> set[str]:
    names = {email: name for name, email in world.emails.items()}
    return {names[notice.person.email] for notice in Notice.objects.select_related("person")}


def seen_by(world, name: str) -> list[str]:
    return [row.event.move for row in Notice.objects.visible_to(world.who(name)).told().order_by("pk")]


@pytest.mark.parametrize(("status", "move", "name"), TOLD)
def test_of_a_move_a_notice_is_left_for(world, status, move, name):
    update = world.walk(status, measures_taken=SECRET)
    Notice.objects.all().delete()

    update.make(move, by=world.who(name), version=update.version, **WORDS.get(move, {}))

    assert told(world) == TOLD[status, move, name]
    assert {(notice.key, notice.event.move) for notice in Notice.objects.all()} <= {(update.key, move)}


@pytest.mark.parametrize("audience", ["public", "un", "state"])
def test_those_whom_it_does_not_concern_are_told_of_nothing(world, audience):
    update = world.walk("cleared", audience=audience)
    update.recall(by=world.who("coordinator.kaz"), version=update.version, reason="A figure was wrong.")

    assert {name: seen_by(world, name) for name in NEVER_TOLD} == {name: [] for name in NEVER_TOLD}


@pytest.mark.parametrize(("audience", "moves"), [("state", []), ("un", ["clear"]), ("public", ["clear"])])
def test_the_secretariat_is_told_of_a_clearance_by_its_audience(world, audience, moves):
    world.walk("cleared", audience=audience)

    assert (seen_by(world, "reviewer"), seen_by(world, "editor")) == (moves, moves)


def test_what_is_undone_leaves_no_notice(world):
    update = world.walk("draft")

    with transaction.atomic():
        update.submit(by=world.who("focal.kaz"), version=update.version)
        transaction.set_rollback(True)

    assert not Notice.objects.exists()


def test_what_is_refused_leaves_no_notice(world):
    update = world.walk("draft")

    with pytest.raises(StaleVersion):
        update.submit(by=world.who("focal.kaz"), version=update.version - 1)

    assert not Notice.objects.exists()


def test_a_notice_holds_no_words_of_the_state(world):
    update = world.walk("submitted", measures_taken=CANARY)
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason=f"Say more: {CANARY}")

    texts = [
        str(value)
        for notice in Notice.objects.told()
        for value in (str(notice), notice.key, *(getattr(notice, one.attname) for one in notice._meta.concrete_fields))
    ]

    assert any("Do I.1.2" in text for text in texts)
    assert [text for text in texts if CANARY in text] == []


@pytest.mark.parametrize(
    ("language", "line"), [("en", "I.1.2 Do I.1.2 awaits your clearance"), ("ru", "ожидает вашего согласования")]
)
def test_a_notice_reads_in_the_language_of_its_reader(world, language, line):
    world.walk("submitted")

    with translation.override(language):
        assert line in str(Notice.objects.told().get())


def test_an_appointment_that_ends_takes_its_notices_along_at_once(world):
    world.walk("submitted")
    before = seen_by(world, "coordinator.kaz")

    world.who("coordinator.kaz").appointments.get().retire(by=None, reason="Moved to another ministry.")

    assert (before, seen_by(world, "coordinator.kaz")) == (["submit"], [])


def test_whoever_is_suspended_reads_no_notice(world):
    world.walk("submitted")
    person = world.who("coordinator.kaz")
    person.change(by=world.who("administrator"), reason="Left.", is_active=False)

    assert seen_by(world, "coordinator.kaz") == []


def test_the_secretariat_cannot_tell_from_its_notices_what_a_state_does_with_what_it_recalled(world):
    """Whether it lies in draft or was cleared for the State alone, the same lines stand."""
    coordinator, focal = world.who("coordinator.kaz"), world.who("focal.kaz")
    update = world.walk("cleared")
    update.recall(by=coordinator, version=update.version, reason="A figure was wrong.")
    while_draft = seen_by(world, "reviewer")

    update.submit(by=focal, version=update.version)
    update.clear(by=coordinator, version=update.version, audience="state")

    assert while_draft == seen_by(world, "reviewer") == ["recall"]


def test_what_was_the_state_s_own_stays_hidden_from_one_who_joins_the_secretariat(world):
    from commitments.models import Appointment

    update = world.walk("cleared", audience="state")
    update.recall(by=world.who("coordinator.kaz"), version=update.version, reason="A figure was wrong.")
    focal = world.who("focal.kaz")
    focal.appointments.get().retire(by=None, reason="Joins the United Nations.")
    Appointment.appoint(focal, "reviewer", by=None)

    assert seen_by(world, "focal.kaz") == []


def test_all_that_was_shown_is_marked_as_read_and_what_came_since_is_not(world):
    world.walk("submitted", item="I.1.2")
    coordinator, until = world.who("coordinator.kaz"), timezone.now()
    world.walk("submitted", item="II.1.1")

    count = Notice.read(by=coordinator, until=until)

    assert (count, Notice.objects.visible_to(coordinator).unread().count()) == (1, 1)


def test_nobody_marks_another_s_notice_as_read(world):
    world.walk("submitted")
    notice = Notice.objects.get(person=world.who("coordinator.kaz"))

    count = Notice.read(by=world.who("focal.kaz"), uid=notice.uid)

    assert (count, Notice.objects.unread().count()) == (0, 1)


@pytest.mark.parametrize("hows", [{"never": "digest"}, {"waiting": "never"}])
def test_what_cannot_be_chosen_is_refused(world, hows):
    with pytest.raises(Invalid):
        Choice.choose(by=world.who("focal.kaz"), hows=hows)

    assert not Choice.objects.exists()


def test_notices_are_kept_for_180_days(world):
    now = timezone.now()
    with time_machine.travel(now - dt.timedelta(days=1)):
        world.walk("submitted", item="I.1.2")
    world.walk("submitted", item="II.1.1")

    with time_machine.travel(now + dt.timedelta(days=179, hours=12)):
        call_command("tidy", stdout=io.StringIO())

    assert [notice.key for notice in Notice.objects.all()] == ["review-2028:KAZ:II.1.1"]
    assert not Reminder.objects.exists()
