"""What somebody may no longer do, they cannot do at the next request: by session and by token, whatever was taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from commitments.models import Agency, Appointment, CalendarAddress
from commitments.workflow import Role
from tests.hostile.visitors import Visitor

ME, ITEM = "/api/v1/me/", "/api/v1/updates/review-2028:KAZ:I.1.2/"
ACTORS = ("focal.kaz", "contributor.kaz", "coordinator.kaz", "reviewer", "editor", "partner", "observer")
pytestmark = pytest.mark.battery("A11")


class Both:
    """One person by session and by token, both opened before anything happens."""

    def __init__(self, world: Any, name: str) -> None:
        TOTP.activate(world.who(name), generate_totp_secret())
        self.session = Visitor(world, name)
        _token, text = AuthToken.objects.create(user=world.who(name))
        self.token = Client(headers={"Authorization": f"Token {text}"})

    def see(self, place: str = ME) -> list[Any]:
        return [one.get(place) for one in (self.session, self.token)]

    def statuses(self, place: str = ME) -> list[int]:
        return [one.status_code for one in self.see(place)]


def retired(world: Any, name: str) -> None:
    yesterday = timezone.now().date()
    Appointment.objects.get(person=world.who(name)).retire(by=world.who("administrator"), reason="x", on=yesterday)


def run_out(world: Any, name: str) -> None:
    Appointment.objects.filter(person=world.who(name)).update(ends_on=timezone.now().date() - dt.timedelta(days=1))


def suspended(world: Any, name: str) -> None:
    world.who(name).change(by=world.who("administrator"), reason="x", is_active=False)


def ended(world: Any, name: str) -> None:
    Session.objects.all().delete()
    AuthToken.objects.filter(user=world.who(name)).delete()


def run_down(world: Any, name: str) -> None:
    past = timezone.now() - dt.timedelta(seconds=1)
    Session.objects.update(expire_date=past)
    AuthToken.objects.filter(user=world.who(name)).update(expiry=past)


# What happens; whether they are still signed in, and whether the calendar that their programs fetch is still given out.
HAPPENINGS: list[tuple[Callable[[Any, str], None], bool, bool]] = [
    (retired, True, False), (run_out, True, False), (suspended, False, False), (ended, False, True),
    (run_down, False, True),
]  # fmt: skip


@pytest.mark.parametrize("name", ACTORS)
@pytest.mark.parametrize("happening", HAPPENINGS, ids=lambda row: row[0].__name__)
def test_the_next_request_obeys(world, tally, happening, name):
    happen, stays_in, has_calendar = happening
    both, feed = Both(world, name), f"/calendar/{CalendarAddress.renew(by=world.who(name))}.ics"
    assert [one.json()["roles"] != [] for one in both.see()] == [True, True]
    assert Client().get(feed).status_code == 200

    happen(world, name)

    assert Client().get(feed).status_code == (200 if has_calendar else 404)
    assert both.statuses() == ([200, 200] if stays_in else [401, 401])
    assert not stays_in or [one.json()["roles"] for one in both.see()] == [[], []]
    assert both.session.get("/desk/matrix/").status_code in (302, 404)
    tally(cases=3)


@pytest.mark.parametrize("name", [*ACTORS, "nobody", "administrator"])
def test_a_new_password_ends_other_sessions_and_every_token(world, tally, name):
    both, here = Both(world, name), Visitor(world, name)
    form = {"oldpassword": "correct horse battery", "password1": "brand new battery 9",
            "password2": "brand new battery 9"}  # fmt: skip

    assert here.post("/accounts/password/change/", form).status_code == 302

    assert [*both.statuses(), here.get(ME).status_code] == [401, 401, 200]
    tally(cases=2)


def test_another_agency_or_another_state_is_another_desk(world):
    both, person = Both(world, "focal.kaz"), world.who("focal.kaz")
    assert both.statuses(ITEM) == [200, 200]
    row = Appointment.objects.filter(person=person)

    row.update(agency=Agency.objects.get(member_state=world.states["TJK"], slug="interior"),
               member_state=world.states["TJK"])  # fmt: skip
    assert both.statuses(ITEM) == [404, 404]
    assert both.statuses(ITEM.replace("KAZ", "TJK")) == [200, 200]
    row.update(agency=world.agencies["justice.kaz"], member_state=world.states["KAZ"])
    assert [one.json()["agencies"] for one in both.see()] == [["KAZ:justice"]] * 2
    assert both.session.get("/desk/board/").status_code == 404


def test_a_coordinator_of_another_state_loses_the_board_of_the_first(world):
    both = Both(world, "coordinator.kaz")
    place = "/desk/board/?state=KAZ"
    assert both.session.get(place).status_code == 200

    Appointment.objects.filter(person=world.who("coordinator.kaz")).update(member_state=world.states["TJK"])

    assert (both.session.get(place).status_code, both.statuses(ITEM)) == (404, [404, 404])


def test_an_administrator_who_is_one_no_longer_runs_nothing(world):
    both, place = Both(world, "administrator"), "/admin/commitments/person/"
    assert both.session.get(place).status_code == 200

    type(world.who("administrator")).objects.filter(email=world.emails["administrator"]).update(is_superuser=False)

    assert both.session.get(place).status_code in (302, 403)
    assert [one.json()["roles"] for one in both.see()] == [[], []]


@pytest.mark.parametrize("name", ["focal.kaz", "partner"])
def test_a_role_that_needs_a_second_factor_shuts_the_desk_until_there_is_one(world, settings, name):
    settings.DEMONSTRATION = False
    both = Both(world, name)
    Authenticator.objects.filter(user=world.who(name)).delete()
    assert both.statuses() == [200, 200]

    Appointment.appoint(world.who(name), Role.COORDINATOR, by=None, member_state=world.states["KAZ"])

    assert both.session.get("/desk/board/")["Location"] == "/accounts/2fa/totp/activate/"
    assert both.token.get(ME).status_code == 401


@pytest.mark.parametrize("name", ["coordinator.kaz", "editor", "administrator"])
def test_an_administrator_takes_away_a_lost_second_factor_and_the_desk_shuts(world, settings, name):
    settings.DEMONSTRATION = False
    both = Both(world, name)
    assert both.statuses() == [200, 200]

    Authenticator.objects.filter(user=world.who(name)).delete()

    assert (both.session.get("/desk/")["Location"], both.token.get(ME).status_code) == (
        "/accounts/2fa/totp/activate/", 401)  # fmt: skip


def test_a_retired_agency_s_focal_point_and_a_session_ended_by_its_owner(world, visit):
    here, there = visit("focal.kaz"), visit("focal.kaz")

    here.post("/accounts/reauthenticate/", {"password": "correct horse battery"})
    assert here.post("/desk/profile/sessions/end/").status_code == 302

    assert (here.get(ME).status_code, there.get(ME).status_code) == (200, 401)


def test_a_token_that_was_out_stays_ended_when_its_owner_is_restored(world, visit):
    both, page = Both(world, "focal.kaz"), f"/admin/commitments/person/{world.who('focal.kaz').uid}/do/change/"
    form = {"email": world.emails["focal.kaz"], "full_name": "x", "language": "en", "reason": "x"}

    answers = [visit("administrator").post(page, form | more).status_code for more in ({}, {"is_active": "on"})]

    assert answers == [302, 302]
    assert both.token.get(ME).status_code == 401
