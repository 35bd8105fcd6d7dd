"""The secretariat's observations stand beside the State's words; the State may reply, once."""

from __future__ import annotations

import pytest

from commitments.errors import Forbidden, Invalid, WrongStatus
from commitments.models import Assessment
from tests.domain.attempts import MADE, attempt

NAMES = ("focal.kaz", "coordinator.kaz", "coordinator.tjk", "reviewer", "editor", "partner", "nobody", "administrator")


def assessed(world) -> Assessment:
    update = world.walk("cleared", results="Courts use it.")
    update.accept(by=world.who("reviewer"), version=update.version, observations="Say how many.")
    return Assessment.objects.get()


def test_accepting_with_observations_makes_an_assessment_beside_the_words(world):
    assessment = assessed(world)

    assert (assessment.observations, assessment.made_by_name) == ("Say how many.", "reviewer")
    assert assessment.revision.results == "Courts use it."


@pytest.mark.parametrize("observations", ["", "  \n"])
def test_accepting_without_observations_makes_none(world, observations):
    update = world.walk("cleared")

    update.accept(by=world.who("reviewer"), version=update.version, observations=observations)

    assert not Assessment.objects.exists()


@pytest.mark.parametrize("observations", [5, None, "a\x00b", "x" * 20_001])
def test_malformed_observations_are_refused_and_nothing_is_accepted(world, observations):
    update = world.walk("cleared")

    with pytest.raises(Invalid):
        update.accept(by=world.who("reviewer"), version=update.version, observations=observations)

    update.refresh_from_db()
    assert update.status == "cleared"


@pytest.mark.parametrize(
    ("status", "audience", "may"),
    [
        ("submitted", "public", set()),
        ("cleared", "state", set()),
        ("cleared", "public", {"reviewer", "editor"}),
        ("published", "public", {"reviewer", "editor"}),
    ],
)
def test_a_revision_is_assessed_by_the_secretariat_that_may_read_it(world, status, audience, may):
    revision = world.walk(status, audience=audience).current_revision

    made = {
        name
        for name in NAMES
        if attempt(lambda name=name: Assessment.make(revision, by=world.who(name), observations="Clear.")) == MADE
    }

    assert made == may


def test_the_states_coordinator_alone_replies(world):
    assessment = assessed(world)

    made = {
        name for name in NAMES if attempt(lambda name=name: assessment.answer(by=world.who(name), reply="Two.")) == MADE
    }

    assert made == {"coordinator.kaz"}


def test_a_reply_is_given_once_and_is_on_the_record(world):
    assessment, again = assessed(world), Assessment.objects.get()
    assessment.answer(by=world.who("coordinator.kaz"), reply=" Two hundred. ")

    with pytest.raises(WrongStatus):
        again.answer(by=world.who("coordinator.kaz"), reply="Three hundred.")

    again.refresh_from_db()
    assert (again.reply, again.replied_by) == ("Two hundred.", world.who("coordinator.kaz"))
    events = again.revision.update.events.filter(subject=f"assessment:{again.uid}").order_by("sequence")
    assert [(event.move, event.changes) for event in events] == [
        ("assess", {"observations": "Say how many."}),
        ("reply", {"reply": "Two hundred."}),
    ]


def test_an_empty_reply_is_refused_and_so_is_a_strangers(world):
    assessment = assessed(world)

    with pytest.raises(Invalid):
        assessment.answer(by=world.who("coordinator.kaz"), reply=" ")
    with pytest.raises(Forbidden):
        assessment.answer(by=world.who("coordinator.tjk"), reply="Well done.")
