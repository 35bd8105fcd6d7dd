"""Mail about a move, for those who want it at once: in their language, after the commit, never with the words."""

from __future__ import annotations

import pytest
from django.core import mail

from commitments.models import Choice, Person
from commitments.models.notices import Kind
from tests.domain.attempts import WORDS

SECRET = "Three courts were closed."
TOLD = {
    ("draft", "submit", "focal.kaz"): {"coordinator.kaz"},
    ("submitted", "return", "coordinator.kaz"): {"focal.kaz"},
    ("submitted", "clear", "coordinator.kaz"): {"reviewer", "editor"},
    ("cleared", "return", "reviewer"): {"focal.kaz", "coordinator.kaz"},
    ("cleared", "accept", "reviewer"): {"coordinator.kaz", "editor"},
    ("cleared", "recall", "coordinator.kaz"): {"focal.kaz", "reviewer"},
    ("accepted", "publish", "editor"): {"focal.kaz", "coordinator.kaz"},
    ("accepted", "recall", "coordinator.kaz"): {"focal.kaz", "reviewer"},
    ("published", "withdraw", "coordinator.kaz"): {"focal.kaz", "editor"},
    ("published", "revise", "coordinator.kaz"): {"focal.kaz"},
    ("draft", "edit", "focal.kaz"): set(),
}


@pytest.fixture(autouse=True)
def everybody_hears_at_once(world):
    for name in world.emails:
        Choice.choose(by=world.who(name), hows=dict.fromkeys(Kind.values, "at_once"))


def told(world) -> set[str]:
    names = {email: name for name, email in world.emails.items()}
    return {names[address] for message in mail.outbox for address in message.to}


@pytest.mark.parametrize(("status", "move", "name"), TOLD)
def test_of_a_move_are_told(world, django_capture_on_commit_callbacks, status, move, name):
    update = world.walk(status, measures_taken=SECRET)
    someone = world.who(name)

    with django_capture_on_commit_callbacks(execute=True):
        update.make(move, by=someone, version=update.version, **WORDS.get(move, {}))

    assert told(world) == TOLD[status, move, name]
    assert all("Do I.1.2" in message.subject and update.key in message.body for message in mail.outbox)
    assert not [message for message in mail.outbox if SECRET in message.subject + message.body]


@pytest.mark.parametrize(("status", "move"), [("submitted", "clear"), ("cleared", "recall")])
def test_the_secretariat_does_not_learn_of_what_a_state_keeps_to_itself(
    world, django_capture_on_commit_callbacks, status, move
):
    update = world.walk(status, audience="state")
    words = {"clear": {"audience": "state"}, "recall": WORDS["recall"]}[move]

    with django_capture_on_commit_callbacks(execute=True):
        update.make(move, by=world.who("coordinator.kaz"), version=update.version, **words)

    assert told(world) & {"reviewer", "editor"} == set()


def test_those_who_left_are_not_told(world, django_capture_on_commit_callbacks):
    update = world.walk("draft")
    world.who("coordinator.kaz").appointments.get().retire(by=None, reason="Moved to another ministry.")

    with django_capture_on_commit_callbacks(execute=True):
        update.submit(by=world.who("focal.kaz"), version=update.version)

    assert mail.outbox == []


def test_nothing_is_sent_before_the_commit(world):
    update = world.walk("draft")

    update.submit(by=world.who("focal.kaz"), version=update.version)

    assert mail.outbox == []


def test_a_mail_that_fails_does_not_undo_the_move(world, django_capture_on_commit_callbacks, settings, caplog):
    update = world.walk("draft")
    settings.EMAIL_BACKEND = "no.such.Backend"

    with django_capture_on_commit_callbacks(execute=True):
        update.submit(by=world.who("focal.kaz"), version=update.version)

    update.refresh_from_db()
    assert update.status == "submitted"
    assert "Error calling" in caplog.text


def test_an_address_that_never_receives_mail_is_not_written_to(world, django_capture_on_commit_callbacks):
    update = world.walk("draft")
    Person.objects.filter(email=world.emails["coordinator.kaz"]).update(email="coordinator@kaz.invalid")

    with django_capture_on_commit_callbacks(execute=True):
        update.submit(by=world.who("focal.kaz"), version=update.version)

    assert mail.outbox == []
