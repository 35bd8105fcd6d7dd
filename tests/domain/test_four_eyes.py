"""Nobody clears what they wrote or submitted themselves."""

from __future__ import annotations

import pytest

from commitments.models import Appointment
from commitments.workflow import Role
from tests.builders import person
from tests.domain.attempts import MADE, edit, report, try_move


@pytest.fixture
def both(world):
    """Focal point of the lead agency and coordinator of the same State."""
    someone = person(world, "both", Role.FOCAL_POINT, agency=world.agencies["interior.kaz"])
    Appointment.appoint(someone, Role.COORDINATOR, by=None, member_state=world.states["KAZ"])
    return someone


def submitted(world, writer: str, submitter: str):
    update = report(world.update(), world.who(writer))
    return update.submit(by=world.who(submitter), version=update.version)


@pytest.mark.parametrize(
    ("hands", "verdict"),
    [
        (("focal.kaz", "focal.kaz", "coordinator.kaz"), MADE),
        (("focal.kaz", "focal.kaz", "both"), MADE),
        (("coordinator.kaz", "focal.kaz", "coordinator.kaz"), "Forbidden"),
        (("coordinator.kaz", "focal.kaz", "both"), MADE),
        (("both", "focal.kaz", "both"), "Forbidden"),
        (("focal.kaz", "both", "both"), "Forbidden"),
        (("both", "both", "both"), "Forbidden"),
        (("both", "both", "coordinator.kaz"), MADE),
        (("coordinator.kaz", "both", "both"), "Forbidden"),
        (("coordinator.kaz", "both", "coordinator.kaz"), "Forbidden"),
    ],
)
def test_clearing_what_one_wrote_and_another_submitted(world, both, hands, verdict):
    writer, submitter, clearer = hands
    update = submitted(world, writer, submitter)

    assert try_move(update, "clear", world.who(clearer)) == verdict
    assert ("clear" in update.allowed_moves(world.who(clearer))) is (verdict == MADE)


def test_a_coordinator_who_edits_after_a_return_does_not_clear_the_next_submission(world):
    update = world.walk("submitted")
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="A word is missing.")
    edit(update, world.who("coordinator.kaz"), results="The missing word.")
    update.submit(by=world.who("focal.kaz"), version=update.version)

    assert try_move(update, "clear", world.who("coordinator.kaz")) == "Forbidden"


def test_an_edit_that_changes_nothing_makes_nobody_the_last_editor(world):
    update = report(world.update(), world.who("focal.kaz"), results="The same.")
    edit(update, world.who("coordinator.kaz"), results="The same.")
    update.submit(by=world.who("focal.kaz"), version=update.version)

    assert try_move(update, "clear", world.who("coordinator.kaz")) == MADE


def test_whoever_attaches_evidence_is_the_last_editor(world):
    update = report(world.update(), world.who("focal.kaz"))
    source = {"kind": "reference", "title": "Gazette 12", "audience": "un"}
    update.edit(by=world.who("coordinator.kaz"), version=update.version, attach=source)
    update.submit(by=world.who("focal.kaz"), version=update.version)

    assert try_move(update, "clear", world.who("coordinator.kaz")) == "Forbidden"


def test_returning_needs_no_four_eyes(world, both):
    update = submitted(world, "both", "both")

    assert update.allowed_moves(both) == ["return"]
    assert try_move(update, "return", both) == MADE
