"""Somebody who serves two, a coordinator of Tajikistan with an agency in Kazakhstan, a coordinator who works for the
secretariat: each is done and read by the office that it belongs to, and no office lends its rights to the other."""

from __future__ import annotations

import pytest

from commitments.models import Appointment
from commitments.workflow import Role
from tests.builders import World
from tests.hostile.visitors import Visitor

pytestmark = pytest.mark.battery("A1")
KAZAKHSTAN, TAJIKISTAN = (f"/api/v1/updates/review-2028:{state}:I.1.2/" for state in ("KAZ", "TJK"))


def serving_two(world: World, first: str, role: str, **scope: object) -> Visitor:
    Appointment.appoint(world.who(first), role, by=None, **scope)
    for state in ("KAZ", "TJK"):
        world.walk("submitted", state, "I.1.2")
    return Visitor(world, first)


@pytest.fixture
def with_an_agency_abroad(world) -> Visitor:
    return serving_two(world, "coordinator.tjk", Role.FOCAL_POINT, agency=world.agencies["interior.kaz"])


@pytest.fixture
def with_an_office_at_the_un(world) -> Visitor:
    return serving_two(world, "coordinator.tjk", Role.EDITOR)


def may(visitor: Visitor, place: str) -> list[str]:
    return sorted(visitor.get(place).json()["allowed_moves"])


def test_a_coordinator_moves_the_updates_of_their_own_state(world, with_an_agency_abroad):
    assert (may(with_an_agency_abroad, KAZAKHSTAN), may(with_an_agency_abroad, TAJIKISTAN)) == ([], ["clear", "return"])

    refused = with_an_agency_abroad.write("POST", f"{KAZAKHSTAN}clear/", {"audience": "public"}, version=2)

    assert (refused.status_code, world.update("KAZ").status) == (403, "submitted")


def test_what_waits_for_a_coordinator_waits_in_their_own_state(world, with_an_agency_abroad):
    board = with_an_agency_abroad.get("/desk/board/").content.decode()
    places = (
        "/desk/board/?state=KAZ",
        "/desk/clearing/review-2028/KAZ/I.1.2/",
        "/desk/clearing/review-2028/TJK/I.1.2/",
    )

    assert "review-2028/TJK/I.1.2" in board and "KAZ/I.1.2" not in board
    assert [with_an_agency_abroad.get(place).status_code for place in places] == [404, 404, 200]


def test_the_secretariat_s_office_does_not_open_other_states(world, with_an_office_at_the_un):
    visitor = with_an_office_at_the_un

    assert visitor.get(KAZAKHSTAN).status_code == 404
    assert may(visitor, TAJIKISTAN) == ["clear", "return"]
    world.update("KAZ").clear(by=world.who("coordinator.kaz"), version=2, audience="un", withheld_sections=["results"])
    assert may(visitor, KAZAKHSTAN) == ["accept", "return"]
    assert "review-2028:KAZ:I.1.2" not in visitor.get("/api/v1/revisions/?fields=id&status=submitted").content.decode()


def test_an_agency_abroad_does_not_widen_what_is_read_there(world, with_an_agency_abroad):
    world.walk("published", "KAZ", "II.1.1", audience="un")
    world.walk("published", "UZB", "II.1.1", audience="un")
    justice = world.update("KAZ", "I.1.1").commitment
    justice.change(by=world.who("coordinator.kaz"), version=justice.version, lead_agency=world.agencies["justice.kaz"],
                   contributing_agencies=[], reason="Theirs.")  # fmt: skip
    world.update("KAZ", "I.1.1").edit(by=world.who("contributor.kaz"), version=0, values={"results": "Theirs."})

    seen = {place: with_an_agency_abroad.get(f"/api/v1/updates/review-2028:{place}/").status_code
            for place in ("KAZ:II.1.1", "UZB:II.1.1", "KAZ:I.1.1", "TJK:I.1.1")}  # fmt: skip

    assert seen == {"KAZ:II.1.1": 200, "UZB:II.1.1": 404, "KAZ:I.1.1": 404, "TJK:I.1.1": 200}
