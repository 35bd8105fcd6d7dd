"""Who may be appointed to what by whom, hand-over when somebody leaves, and four eyes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from commitments.errors import Forbidden, Invalid
from commitments.models import Appointment, Event, Person
from commitments.workflow import Role
from tests.builders import person
from tests.domain.attempts import MADE, attempt, edit, problems, report, try_move

TODAY = timezone.now().date
SCOPES = {
    "focal_point": {"member_state", "agency"},
    "coordinator": {"member_state"},
    "reviewer": set(),
    "editor": set(),
    "partner": {"partner"},
    "observer": set(),
}
EVERY_SCOPE = [set(), {"member_state"}, {"agency"}, {"partner"}, {"member_state", "partner"}, {"agency", "partner"}]


def scope(world, names: set[str], iso: str = "KAZ") -> dict:
    everything = {
        "member_state": world.states[iso],
        "agency": world.agencies[f"interior.{iso.lower()}"],
        "partner": world.who("partner").appointments.get().partner,
    }
    return {name: everything[name] for name in names}


@pytest.mark.parametrize("role", SCOPES)
def test_a_role_fits_its_scope_and_no_other(world, role):
    newcomer = world.who("nobody")

    fitting = [
        names
        for names in EVERY_SCOPE
        if attempt(lambda names=names: Appointment.appoint(newcomer, role, by=None, **scope(world, names))) == MADE
    ]

    # An agency brings its State along.
    assert fitting == [SCOPES[role] - ({"member_state"} if role == "focal_point" else set())]


def test_an_agency_of_another_state_does_not_fit(world):
    foreign = {"member_state": world.states["KAZ"], "agency": world.agencies["interior.tjk"]}

    assert problems(lambda: Appointment.appoint(world.who("nobody"), "focal_point", by=None, **foreign)) == [
        ("agency", "foreign")
    ]


@pytest.mark.parametrize("role", ["", "administrator", None, 5])
def test_there_are_no_other_roles(world, role):
    assert problems(lambda: Appointment.appoint(world.who("nobody"), role, by=None)) == [("role", "choice")]


ROLES = sorted(SCOPES)
MAY_APPOINT = {
    "administrator": {(role, iso) for role in ROLES for iso in ("KAZ", "TJK")},
    "coordinator.kaz": {("focal_point", "KAZ")},
    "coordinator.tjk": {("focal_point", "TJK")},
}


@pytest.mark.parametrize(
    "name",
    ["administrator", "coordinator.kaz", "coordinator.tjk", "focal.kaz", "editor", "reviewer", "partner", "nobody"],
)
def test_each_may_appoint_and_retire(world, name):
    newcomer, by = person(world, "newcomer"), world.who(name)
    cases = {(role, iso): scope(world, SCOPES[role], iso) for role in ROLES for iso in ("KAZ", "TJK")}

    appointed = {
        case
        for case, where in cases.items()
        if attempt(lambda case=case, where=where: Appointment.appoint(newcomer, case[0], by=by, **where)) == MADE
    }
    retired = {
        case
        for case, where in cases.items()
        if attempt(Retiring(Appointment.appoint(newcomer, case[0], by=None, **where), by)) == MADE
    }

    assert appointed == MAY_APPOINT.get(name, set())
    assert retired == MAY_APPOINT.get(name, set())


class Retiring:
    """The act of ending one appointment, to be tried."""

    def __init__(self, appointment: Appointment, by: Person) -> None:
        self.appointment, self.by = appointment, by

    def __call__(self) -> None:
        self.appointment.retire(by=self.by, reason="Moved to another ministry.")


@pytest.mark.parametrize("name", ["administrator", "coordinator.kaz"])
def test_nobody_appoints_themselves(world, name):
    someone = world.who(name)

    with pytest.raises(Forbidden, match="themselves"):
        Appointment.appoint(someone, Role.FOCAL_POINT, by=someone, agency=world.agencies["interior.kaz"])


def test_an_appointment_and_its_end_are_on_the_record(world):
    appointment = Appointment.appoint(
        world.who("nobody"),
        Role.FOCAL_POINT,
        by=world.who("coordinator.kaz"),
        agency=world.agencies["justice.kaz"],
        is_deputy=True,
    )
    appointment.retire(by=world.who("coordinator.kaz"), reason="Moved to another ministry.")

    events = Event.objects.filter(subject=f"appointment:{appointment.uid}").order_by("sequence")
    assert [(event.move, event.by_name, event.reason) for event in events] == [
        ("appoint", "coordinator.kaz", ""),
        ("retire", "coordinator.kaz", "Moved to another ministry."),
    ]
    assert events[1].changes == {
        "person": "nobody",
        "role": "focal_point",
        "agency": "justice",
        "starts_on": str(TODAY()),
        "ends_on": str(TODAY()),
    }


def days(number: int) -> dt.date:
    return TODAY() + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("starts", "ends", "on", "then"),
    [
        (-10, None, None, 0),  # from today
        (-10, None, 5, 5),  # from a day to come
        (-10, 30, None, 0),  # earlier than was planned
        (-10, 30, 5, 5),
        (0, None, None, 0),  # on its first day
        (5, None, None, 5),  # one that has not begun never begins
        (-10, None, -3, -3),  # found out too late
        (-10, None, -11, "order"),
        (5, None, 3, "order"),
        (-10, -3, None, "order"),  # over already
        (-10, -3, 5, "order"),  # nor can retiring bring it back
        (-10, 5, 30, "order"),  # or prolong it
        (-10, None, "today", "date"),
    ],
)
def test_an_appointment_ends(world, starts, ends, on, then):
    appointment = Appointment.appoint(
        world.who("nobody"), "observer", by=None, starts_on=days(starts), ends_on=None if ends is None else days(ends)
    )
    day = days(on) if isinstance(on, int) else on

    if isinstance(then, str):
        assert problems(lambda: appointment.retire(by=None, reason="It ended.", on=day)) == [("on", then)]
        return
    appointment.retire(by=None, reason="It ended.", on=day)

    assert Appointment.objects.get(pk=appointment.pk).ends_on == days(then)
    assert Appointment.objects.live().filter(pk=appointment.pk).exists() is (starts <= 0 < then)


@pytest.mark.parametrize(
    ("dates", "problem"),
    [
        ({"starts_on": "2028-06-30", "ends_on": "2028-06-29"}, ("ends_on", "order")),
        ({"ends_on": "2020-01-01"}, ("ends_on", "order")),
        ({"starts_on": "soon"}, ("starts_on", "date")),
        ({"ends_on": 5}, ("ends_on", "date")),
    ],
)
def test_dates_that_cannot_be_are_refused(world, dates, problem):
    assert problems(lambda: Appointment.appoint(world.who("nobody"), "observer", by=None, **dates)) == [problem]


def test_an_appointment_is_not_ended_without_a_reason(world):
    appointment = world.who("focal.kaz").appointments.get()

    with pytest.raises(Invalid):
        appointment.retire(by=world.who("coordinator.kaz"), reason=" ")


def test_a_successor_of_the_same_agency_takes_the_draft_over(world):
    update = report(world.update(), world.who("focal.kaz"), results="Written by the first.")
    world.who("focal.kaz").appointments.get().retire(by=world.who("coordinator.kaz"), reason="Left the ministry.")
    person(world, "successor", Role.FOCAL_POINT, agency=world.agencies["interior.kaz"])

    gone = try_move(update, "edit", world.who("focal.kaz"))
    edit(update, world.who("successor"), challenges="Written by the second.")
    update.submit(by=world.who("successor"), version=update.version)

    assert gone == "NotVisible"
    assert [event.by_name for event in update.events.order_by("sequence")] == ["focal.kaz", "successor", "successor"]
    assert update.current_revision.results == "Written by the first."


def test_without_any_focal_point_the_coordinator_goes_on_and_the_deputy_submits(world):
    update = world.update()
    world.who("focal.kaz").appointments.get().retire(by=None, reason="Left the ministry.")

    report(update, world.who("coordinator.kaz"))
    person(world, "deputy", Role.FOCAL_POINT, agency=world.agencies["interior.kaz"], is_deputy=True)
    update.submit(by=world.who("deputy"), version=update.version)

    assert update.status == "submitted"


def test_a_draft_moves_along_with_the_agency_that_leads(world):
    update = report(world.update(), world.who("focal.kaz"))
    justice = world.agencies["justice.kaz"]

    update.commitment.change(by=world.who("coordinator.kaz"), version=0, lead_agency=justice)

    assert try_move(update, "submit", world.who("focal.kaz")) == "NotVisible"
    assert try_move(update, "submit", world.who("contributor.kaz")) == MADE
