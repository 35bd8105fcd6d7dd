"""Who sees commitments, agencies, appointments and their events; and that a mandate ends at once, everywhere."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from commitments.errors import Forbidden, NotVisible
from commitments.models import (
    Agency,
    Appointment,
    Assessment,
    Commitment,
    Event,
    Evidence,
    Person,
    Release,
    Revision,
    Update,
)
from commitments.workflow import Role
from tests.builders import person
from tests.domain.attempts import MOVES, try_move

STATES = {"KAZ", "TJK", "UZB"}
CONTENT = (Update, Revision, Event, Evidence, Assessment, Commitment)


def states(queryset) -> set[str]:
    return set(queryset.values_list("member_state__iso_alpha3", flat=True)) - {None}


@pytest.mark.parametrize(
    ("name", "commitments", "agencies", "appointments"),
    [
        ("focal.kaz", {"KAZ"}, {"KAZ"}, {"KAZ"}),
        ("contributor.kaz", {"KAZ"}, {"KAZ"}, {"KAZ"}),
        ("coordinator.kaz", {"KAZ"}, {"KAZ"}, {"KAZ"}),
        ("coordinator.tjk", {"TJK"}, {"TJK"}, {"TJK"}),
        ("reviewer", set(), STATES, STATES),
        ("editor", set(), STATES, STATES),
        ("administrator", set(), STATES, STATES),
        ("partner", set(), set(), set()),
        ("observer", set(), set(), set()),
        ("nobody", set(), set(), set()),
        (None, set(), set(), set()),
    ],
)
def test_of_three_states_each_sees(world, name, commitments, agencies, appointments):
    someone = world.who(name) if name else AnonymousUser()

    seen = (
        states(Commitment.objects.visible_to(someone)),
        states(Agency.objects.visible_to(someone)),
        states(Appointment.objects.visible_to(someone)),
    )

    assert seen == (commitments, agencies, appointments)


@pytest.mark.parametrize("name", ["partner", "observer", "focal.kaz", "reviewer"])
def test_everybody_sees_their_own_appointment(world, name):
    someone = world.who(name)

    assert Appointment.objects.visible_to(someone).filter(person=someone).count() == 1


def test_an_administrator_reads_no_content_and_moves_nothing(world):
    update = world.walk("cleared", audience="public")
    administrator = world.who("administrator")

    assert [model for model in CONTENT if model.objects.visible_to(administrator).exists()] == []
    assert {try_move(update, move, administrator) for move in MOVES} == {"NotVisible"}
    assert not administrator.mandate.audiences - {"public"}


@pytest.mark.parametrize(
    ("name", "seen"),
    {
        "focal.kaz": {"appoint", "assign", "extend"},
        "coordinator.tjk": {"appoint"},
        "reviewer": {"appoint", "extend", "open"},
        "administrator": set(),
        "partner": set(),
        "nobody": set(),
    }.items(),
)
def test_of_events_that_belong_to_no_update_each_sees(world, name, seen):
    kaz = world.states["KAZ"]
    ends_on = timezone.now().date() + dt.timedelta(days=60)
    world.cycle.extend(kaz, by=world.who("editor"), ends_on=ends_on, reason="A change of ministers.")
    commitment = Commitment.objects.get(member_state=kaz, action_item__code="I.1.2")
    commitment.change(by=world.who("coordinator.kaz"), version=0, lead_agency=world.agencies["justice.kaz"])

    assert set(Event.objects.visible_to(world.who(name)).values_list("move", flat=True)) == seen


def suspend(world, someone: Person) -> None:
    Person.objects.filter(pk=someone.pk).update(is_active=False)


def end_today(world, someone: Person) -> None:
    for appointment in someone.appointments.all():
        appointment.retire(by=None, reason="Moved to another ministry.")


@pytest.mark.parametrize("leave", [suspend, end_today])
@pytest.mark.parametrize("name", ["focal.kaz", "coordinator.kaz", "reviewer", "editor"])
def test_whoever_leaves_sees_and_moves_nothing_more_at_once(world, name, leave):
    update = world.walk("accepted", item="I.1.1")
    someone = world.who(name)
    assert Update.objects.visible_to(someone).exists()

    leave(world, someone)

    gone = world.who(name)
    assert [model for model in CONTENT if model.objects.visible_to(gone).exists()] == []
    assert {try_move(update, move, gone) for move in MOVES} == {"NotVisible"}


def test_an_appointment_that_ends_bites_on_a_person_fetched_before(world):
    focal, coordinator, editor = world.who("focal.kaz"), world.who("coordinator.kaz"), world.who("editor")
    update, commitment = (
        world.update(),
        Commitment.objects.get(member_state__iso_alpha3="KAZ", action_item__code="I.1.2"),
    )
    assert all(someone.mandate.is_officer for someone in (focal, coordinator, editor))  # read, and kept on the person
    for someone in (focal, coordinator, editor):
        end_today(world, someone)

    with pytest.raises(NotVisible):
        update.edit(by=focal, version=0, values={"results": "One more."})
    with pytest.raises(NotVisible):
        commitment.change(by=coordinator, version=0, planned_measures="A new plan.")
    with pytest.raises(Forbidden):
        Appointment.appoint(world.who("nobody"), Role.FOCAL_POINT, by=coordinator, agency=world.agencies["justice.kaz"])
    with pytest.raises(Forbidden):
        world.cycle.move_dates(by=editor, adopted_on=dt.date(2028, 6, 30))


def test_an_appointment_of_tomorrow_gives_nothing_today(world):
    today = timezone.now().date()
    newcomer = person(world, "newcomer")
    Appointment.appoint(
        newcomer, Role.COORDINATOR, by=None, member_state=world.states["KAZ"], starts_on=today + dt.timedelta(days=1)
    )
    world.walk("published", audience="participants")

    assert [model for model in (*CONTENT, Release) if model.objects.visible_to(world.who("newcomer")).exists()] == []


def test_an_agency_of_another_state_opens_nothing_there(world):
    """No move can make such an appointment; were one in the database, it must not reach across."""
    world.walk("draft", "TJK", item="I.1.1")
    stranger = person(world, "stranger")
    Appointment.objects.create(
        person=stranger,
        role=Role.FOCAL_POINT,
        member_state=world.states["KAZ"],
        agency=world.agencies["interior.tjk"],
        starts_on=timezone.now().date(),
    )

    assert not Update.objects.visible_to(stranger).filter(commitment__member_state__iso_alpha3="TJK").exists()
    assert states(Commitment.objects.visible_to(stranger)) == {"KAZ"}
    assert try_move(world.update("TJK", "I.1.1"), "edit", stranger) == "NotVisible"


def test_one_who_serves_a_state_and_the_secretariat_sees_both_and_no_more(world):
    world.walk("submitted", "KAZ")
    world.walk("submitted", "TJK")
    world.walk("cleared", "UZB")
    both = person(world, "both", Role.FOCAL_POINT, agency=world.agencies["interior.kaz"])
    Appointment.appoint(both, Role.REVIEWER, by=None)

    seen = Update.objects.visible_to(both).exclude(status="draft").select_related("commitment__member_state")
    events = Event.objects.visible_to(both).exclude(update=None)

    assert {(row.commitment.member_state.iso_alpha3, row.status) for row in seen} == {
        ("KAZ", "submitted"),
        ("UZB", "cleared"),
    }
    assert {(event.member_state.iso_alpha3, event.move) for event in events} == {
        ("KAZ", "edit"),
        ("KAZ", "submit"),
        ("UZB", "clear"),
    }
    assert {row.update.commitment.member_state.iso_alpha3 for row in Revision.objects.visible_to(both)} == {
        "KAZ",
        "UZB",
    }
