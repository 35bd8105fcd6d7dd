"""Appointments, agencies and the caller's own mandate."""

from __future__ import annotations

import pytest

from commitments.models import Appointment, Invitation, Person

NEW = {"email": "new@example.org", "full_name": "New Person", "role": "focal_point", "agency": "KAZ:justice"}


def test_a_coordinator_holds_out_a_role_and_the_answer_says_no_more_than_was_sent(world, call):
    caller = call("coordinator.kaz")

    new, known = (caller.write("post", "appointments/", NEW | {"email": email}) for email in
                  (NEW["email"], world.emails["nobody"]))  # fmt: skip

    assert (new.status_code, known.status_code) == (202, 202)
    given = new.json()
    assert (given["full_name"], given["email"], given["role"]) == ("New Person", "new@example.org", "focal_point")
    assert known.json() | {"email": NEW["email"]} == given | {"expires_at": known.json()["expires_at"]}
    assert not Person.objects.filter(email=NEW["email"]).exists()
    assert not world.who("nobody").appointments.exists()


def test_an_administrator_appoints_coordinators_and_the_secretariat(world, call):
    caller = call("administrator")

    coordinator = {**NEW, "role": "coordinator", "agency": None, "member_state": "TJK"}
    assert caller.write("post", "appointments/", coordinator).status_code == 202
    reviewer = {**NEW, "email": "reader@example.org", "role": "reviewer", "agency": None}
    assert caller.write("post", "appointments/", reviewer).status_code == 202
    partner = {**NEW, "email": "helper@example.org", "role": "partner", "agency": None, "partner": "helper"}
    assert caller.write("post", "appointments/", partner).status_code == 202


@pytest.mark.parametrize(
    ("who", "words", "status"),
    [
        ("focal.kaz", {}, 403),
        ("editor", {}, 403),
        ("nobody", {}, 403),
        ("coordinator.kaz", {"role": "coordinator", "agency": None, "member_state": "KAZ"}, 403),
        ("coordinator.kaz", {"role": "editor", "agency": None}, 403),
        ("coordinator.kaz", {"agency": "TJK:justice"}, 400),
        ("coordinator.kaz", {"agency": "TJK:never"}, 400),
    ],
)
def test_nobody_gives_what_is_not_theirs_to_give(world, call, who, words, status):
    before = Invitation.objects.count(), Person.objects.count()

    answer = call(who).write("post", "appointments/", {**NEW, **words})

    assert answer.status_code == status, answer.content
    assert (Invitation.objects.count(), Person.objects.count()) == before


def test_an_agency_of_another_state_is_as_one_that_is_not_there(world, call):
    caller = call("coordinator.kaz")

    there, absent = (
        caller.write("post", "appointments/", {**NEW, "agency": agency}) for agency in ("TJK:justice", "TJK:absent")
    )

    assert there.content == absent.content


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": 5}, "email"),
        ({"email": "a\x00@example.org"}, "email"),
        ({"full_name": ""}, "full_name"),
        ({"full_name": "x" * 151}, "full_name"),
        ({"full_name": "\ud800"}, "full_name"),
        ({"role": "king"}, "role"),
        ({"role": ["focal_point"]}, "role"),
        ({"agency": 7}, "agency"),
        ({"agency": "KAZ"}, "agency"),
        ({"agency": "KAZ:just\x00ice"}, "agency"),
        ({"is_deputy": "yes"}, "is_deputy"),
        ({"starts_on": "2026-13-01"}, "starts_on"),
        ({"starts_on": "0000-01-01"}, "starts_on"),
        ({"starts_on": 10**400}, "starts_on"),
        ({"starts_on": "2027-02-01", "ends_on": "2027-01-01"}, "ends_on"),
        ({"appointed_by": "me"}, "appointed_by"),
        ({"is_superuser": True}, "is_superuser"),
    ],
    ids=lambda value: ascii(value)[:50],
)
def test_an_unfit_field_is_refused_by_name(world, call, words, field):
    before = Invitation.objects.count()

    answer = call("coordinator.kaz").write("post", "appointments/", {**NEW, **words})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field), answer.content
    assert Invitation.objects.count() == before


def test_an_appointment_is_retired_with_a_reason_and_ends_at_once(world, call):
    appointment = world.who("focal.kaz").appointments.get()
    caller = call("coordinator.kaz")
    assert caller.write("post", f"appointments/{appointment.uid}/retire/").status_code == 400

    answer = caller.write("post", f"appointments/{appointment.uid}/retire/", {"reason": "Moved on."})

    assert answer.status_code == 200
    assert answer.json()["ends_on"]
    assert call("focal.kaz").get("updates/").json()["results"] == []
    assert call("focal.tjk").get(f"appointments/{appointment.uid}/").status_code == 404


def test_each_reads_the_appointments_of_the_own_state(world, call):
    def emails(who: str) -> set[str]:
        return {row["email"] for row in call(who).get("appointments/?limit=200").json()["results"]}

    assert emails("focal.kaz") == {world.emails[f"{role}.kaz"] for role in ("focal", "contributor", "coordinator")}
    assert emails("partner") == {world.emails["partner"]}
    assert len(emails("editor")) == Appointment.objects.count()


def test_agencies_are_read_by_the_own_state_and_the_secretariat(world, call):
    def keys(who: str) -> list[str]:
        return [row["key"] for row in call(who).get("agencies/").json()["results"]]

    assert keys("focal.kaz") == ["KAZ:interior", "KAZ:justice"]
    assert keys("partner") == []
    assert len(keys("editor")) == 6
    assert call("focal.kaz").get("agencies/KAZ:justice/").json()["name"] == "Ministry of Justice"
    assert call("focal.kaz").get("agencies/TJK:justice/").status_code == 404


def test_me_tells_the_mandate_and_nothing_of_the_account(world, call):
    me = call("administrator").get("me/").json()

    assert (me["is_administrator"], me["roles"], me["audiences"]) == (True, [], ["public"])
    assert not {"password", "is_superuser", "last_login", "id"} & set(me)
    assert call().get("me/").status_code == 401
