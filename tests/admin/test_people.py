"""Who invites, appoints, renames and retires; and what the invited get."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from commitments.models import Agency, Event, Invitation, Person
from commitments.workflow import Role

INVITE = "/admin/commitments/invitation/add/"
AGENCIES = "/admin/commitments/agency/"


def invitation(**words) -> dict[str, object]:
    return {"email": "new@example.org", "full_name": "newcomer", "language": "en", "role": "focal_point"} | words


def test_a_coordinator_invites_a_focal_point_sends_the_letter_again_and_takes_it_back(world, browser):
    agency, coordinator = world.agencies["justice.kaz"], browser("coordinator.kaz")

    answer = coordinator.post(INVITE, invitation(agency=agency.pk))
    made = Invitation.objects.get(email="new@example.org")
    verbs = [answer["Location"].replace("change/", f"do/{verb}/") for verb in ("send-again", "withdraw")]
    pressed = [coordinator.post(place) for place in verbs]

    assert (made.role, made.agency, made.invited_by) == (Role.FOCAL_POINT, agency, world.who("coordinator.kaz"))
    assert [one.status_code for one in (answer, *pressed)] == [302, 302, 302]
    assert Invitation.objects.get().state == "withdrawn"
    assert "taken back" in coordinator.get(answer["Location"]).content.decode()
    assert coordinator.get(verbs[1]).status_code == 403


@pytest.mark.parametrize(
    "words",
    [
        {"agency": "interior.tjk"},
        {"role": "coordinator"},
        {"role": "editor"},
        {"email": "no address", "agency": "justice.kaz"},
        {"full_name": " ", "agency": "justice.kaz"},
        {"email": "coordinator.kaz@example.org", "agency": "justice.kaz"},
    ],
    ids=["another State", "another role", "the secretariat", "no address", "no name", "themselves"],
)
def test_a_coordinator_gives_nothing_else_and_a_refusal_leaves_nobody_behind(world, browser, words):
    if "agency" in words:
        words = words | {"agency": world.agencies[words["agency"]].pk}
    before = (Person.objects.count(), Invitation.objects.count())

    answer = browser("coordinator.kaz").post(INVITE, invitation(**words))

    assert answer.status_code in (200, 403)
    assert (Person.objects.count(), Invitation.objects.count()) == before


def test_an_administrator_appoints_the_rest(world, browser):
    sent = invitation(role="coordinator", member_state=world.states["KAZ"].pk)

    browser("administrator").post(INVITE, sent)

    assert Invitation.objects.get(email="new@example.org").role == Role.COORDINATOR


@pytest.mark.parametrize("name", ["focal.kaz", "reviewer", "editor", "partner"])
def test_others_invite_nobody(world, browser, name):
    assert browser(name).get(INVITE).status_code == 403
    assert browser(name).post(INVITE, invitation(agency=world.agencies["justice.kaz"].pk)).status_code == 403


def test_an_appointment_is_ended_with_a_reason_by_who_may_give_it(world, browser):
    appointment = world.who("focal.kaz").appointments.get()
    address = f"/admin/commitments/appointment/{appointment.uid}/do/retire/"

    foreign = browser("coordinator.tjk").post(address, {"reason": "Not mine."})
    unexplained = browser("coordinator.kaz").post(address, {"reason": ""})
    browser("coordinator.kaz").post(address, {"reason": "Moved on."})

    assert foreign.status_code == 404
    assert "Give a reason." in unexplained.content.decode()
    assert not world.who("focal.kaz").appointments.live().exists()


def test_a_coordinator_adds_renames_and_retires_agencies_of_the_state_on_the_record(world, browser):
    client = browser("coordinator.kaz")

    client.post(f"{AGENCIES}add/", {"name": "Customs Committee", "member_state": world.states["KAZ"].pk})
    client.post(f"{AGENCIES}KAZ/customs-committee/do/rename/", {"name": "State Customs"})
    client.post(f"{AGENCIES}KAZ/customs-committee/do/retire/", {"reason": "Merged."})

    agency = Agency.objects.get(slug="customs-committee")
    assert (agency.name, agency.retired_on is None) == ("State Customs", False)
    moves = Event.objects.filter(subject="agency:KAZ:customs-committee").order_by("sequence")
    assert [event.move for event in moves] == ["add", "rename", "retire"]


def test_two_agencies_of_one_name_get_two_slugs(world):
    coordinator, state = world.who("coordinator.kaz"), world.states["KAZ"]

    slugs = [Agency.add(state, by=coordinator, name=name).slug for name in ("Customs", "Customs!", "Таможня", "Почта")]

    assert slugs == ["customs", "customs-2", "agency", "agency-2"]


def test_an_agency_that_leads_items_is_not_retired(world, browser):
    page = browser("coordinator.kaz").post(f"{AGENCIES}KAZ/interior/do/retire/", {"reason": "Merged."})

    assert "It leads 4 action items." in page.content.decode()
    assert Agency.objects.get(pk=world.agencies["interior.kaz"].pk).retired_on is None


@pytest.mark.parametrize(
    ("name", "status"),
    [("coordinator.tjk", 404), ("focal.kaz", 403), ("editor", 403), ("administrator", 403), ("partner", 403)],
)
def test_nobody_else_renames_an_agency(world, browser, name, status):
    assert browser(name).post(f"{AGENCIES}KAZ/justice/do/rename/", {"name": "X"}).status_code == status
    assert Agency.objects.get(pk=world.agencies["justice.kaz"].pk).name == "Ministry of Justice"


def test_an_administrator_suspends_a_person_whose_session_ends_at_once(world, browser):
    focal, client = world.who("focal.kaz"), browser("focal.kaz")
    sent = {"full_name": "focal.kaz", "email": focal.email, "language": "en", "reason": "Left."}

    browser("administrator").post(f"/admin/commitments/person/{focal.uid}/do/change/", sent)

    assert client.get("/admin/").status_code == 302
    assert not world.who("focal.kaz").is_active


def test_nobody_suspends_themselves(world, browser):
    administrator = world.who("administrator")
    sent = {"full_name": "administrator", "email": administrator.email, "language": "en", "reason": "Oops."}

    browser("administrator").post(f"/admin/commitments/person/{administrator.uid}/do/change/", sent)

    assert world.who("administrator").is_active


@pytest.mark.parametrize(("name", "status"), [("coordinator.kaz", 403), ("editor", 403), ("coordinator.tjk", 404)])
def test_others_change_no_person(world, browser, name, status):
    focal = world.who("focal.kaz")

    answer = browser(name).post(f"/admin/commitments/person/{focal.uid}/do/change/", {"full_name": "X"})

    assert answer.status_code == status


def test_an_administrator_removes_a_lost_second_factor_on_the_record(world, browser):
    editor = world.who("editor")
    Authenticator.objects.create(user=editor, type=Authenticator.Type.TOTP, data={"secret": "x"})
    address = f"/admin/commitments/person/{editor.uid}/do/reset-second-factor/"

    refused = browser("coordinator.kaz").post(address, {"reason": "Mine."})
    browser("administrator").post(address, {"reason": "Lost the telephone."})

    assert refused.status_code == 404
    assert not Authenticator.objects.filter(user=editor).exists()
    assert Event.objects.filter(subject=f"person:{editor.uid}", move="reset_second_factor").exists()


def test_a_coordinator_sees_the_people_of_the_state_alone(world, browser):
    page = browser("coordinator.kaz").get("/admin/commitments/person/")

    seen = {person.full_name for person in page.context["cl"].result_list}
    assert seen == {"focal.kaz", "contributor.kaz", "coordinator.kaz"}
