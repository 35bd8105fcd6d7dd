"""Tokens: got with the right words, hashed, expiring, revocable; and nothing told of what is wrong."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.utils import timezone
from knox.models import AuthToken

from commitments.models import Appointment, Person
from commitments.workflow import Role
from tests.api.conftest import Caller

PASSWORD = "correct horse battery"


def sign_in(world, name: str, **words: str):
    body = {"email": world.emails[name], "password": PASSWORD, **words}
    return Caller().write("post", "tokens/", body)


def bearing(token: str) -> Caller:
    caller = Caller()
    caller.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return caller


def enrolled(person: Person) -> str:
    """The secret of an authenticator that this person has set up."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    return secret


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def test_a_token_opens_what_its_person_may_see(world):
    token = sign_in(world, "focal.kaz").json()["token"]

    me = bearing(token).get("me/").json()

    assert me["roles"] == ["focal_point"]
    assert (me["member_states"], me["agencies"]) == (["KAZ"], ["KAZ:interior"])
    assert me["audiences"] == ["participants", "public"]


def test_only_a_hash_of_it_is_kept(world):
    answer = sign_in(world, "focal.kaz")

    kept = AuthToken.objects.get()
    assert answer.json()["token"] not in (kept.digest, kept.token_key)
    assert "no-store" in answer["Cache-Control"]


def test_it_expires(world):
    token = sign_in(world, "focal.kaz").json()["token"]

    with time_machine.travel(timezone.now() + dt.timedelta(hours=10, minutes=1), tick=False):
        assert bearing(token).get("me/").status_code == 401


def test_it_can_be_revoked_and_bites_no_more(world):
    first, second = (sign_in(world, "focal.kaz").json() for _ in range(2))
    caller = bearing(first["token"])
    assert {one["id"] for one in caller.get("tokens/").json()["results"]} == {first["id"], second["id"]}

    assert caller.delete(f"tokens/{second['id']}/").status_code == 204

    assert bearing(second["token"]).get("me/").status_code == 401
    assert caller.get("me/").status_code == 200
    assert caller.delete(f"tokens/{second['id']}/").status_code == 404


def test_nobody_sees_or_revokes_the_token_of_another(world):
    theirs = sign_in(world, "focal.kaz").json()
    caller = bearing(sign_in(world, "focal.tjk").json()["token"])

    assert caller.get(f"tokens/{theirs['id']}/").status_code == 404
    assert caller.delete(f"tokens/{theirs['id']}/").status_code == 404
    assert theirs["id"] not in caller.get("tokens/").content.decode()


def test_whoever_is_suspended_or_loses_the_role_is_stopped_at_the_next_request(world):
    token = sign_in(world, "focal.kaz").json()["token"]
    place = "updates/review-2028:KAZ:I.1.2/"
    assert bearing(token).get(place).status_code == 200

    world.who("focal.kaz").appointments.get().retire(by=world.who("coordinator.kaz"), reason="Moved on.")
    assert bearing(token).get(place).status_code == 404
    world.who("focal.kaz").change(by=world.who("administrator"), reason="Left.", is_active=False)
    assert bearing(token).get("me/").status_code == 401


WRONG = [
    {"password": "wrong"},
    {"password": PASSWORD.upper()},
    {"password": PASSWORD + " "},
    {"email": "nobody.at.all@example.org"},
    {"email": "no address"},
    {"email": "suspended@example.org"},
    {"email": "unusable@example.org"},
    {"email": "enrolled@example.org"},
    {"email": "enrolled@example.org", "code": "000000x"},
    {"email": "enrolled@example.org", "code": "кодкод"},
]


@pytest.mark.parametrize("words", WRONG, ids=str)
def test_whatever_is_wrong_the_answer_is_the_same(world, words):
    Person.objects.create_user("suspended@example.org", PASSWORD, full_name="x", is_active=False)
    Person.objects.create_user("unusable@example.org", None, full_name="x")
    enrolled(Person.objects.create_user("enrolled@example.org", PASSWORD, full_name="x"))
    expected = sign_in(world, "focal.kaz", password="other")

    answer = sign_in(world, "focal.kaz", **words)

    assert (answer.status_code, answer.content) == (401, expected.content)
    assert answer["WWW-Authenticate"] == "Token"
    assert not AuthToken.objects.exists()


def test_whoever_has_an_authenticator_gives_its_code_once(world):
    secret = enrolled(world.who("coordinator.kaz"))
    code = code_of(secret)

    first, again = (sign_in(world, "coordinator.kaz", code=code) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 401)


def test_a_recovery_code_serves_once_too(world):
    person = world.who("coordinator.kaz")
    enrolled(person)
    code = RecoveryCodes.activate(person).get_unused_codes()[0]

    answers = [sign_in(world, "coordinator.kaz", code=code).status_code for _ in range(2)]

    assert answers == [201, 401]


@pytest.mark.parametrize("name", ["coordinator.kaz", "reviewer", "editor", "administrator"])
def test_outside_the_demonstration_these_roles_get_no_token_without_a_second_factor(world, settings, name):
    settings.DEMONSTRATION = False

    refused = sign_in(world, name)
    code = code_of(enrolled(world.who(name)))
    answer = sign_in(world, name, code=code)

    assert (refused.status_code, answer.status_code) == (401, 201)
    assert bearing(answer.json()["token"]).get("me/").status_code == 200


def test_a_token_made_without_a_second_factor_does_not_serve_a_role_that_needs_one(world, settings):
    settings.DEMONSTRATION = False
    token = sign_in(world, "focal.kaz").json()["token"]
    assert bearing(token).get("me/").status_code == 200

    state = world.states["KAZ"]
    Appointment.appoint(world.who("focal.kaz"), Role.COORDINATOR, by=None, member_state=state)
    assert bearing(token).get("me/").status_code == 401
    enrolled(world.who("focal.kaz"))
    assert bearing(token).get("me/").status_code == 401


def test_tries_are_limited_for_the_account_wherever_they_come_from(world, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/15m/key"}
    tries = [sign_in(world, "focal.kaz", password="wrong").status_code for _ in range(4)]
    elsewhere = Caller().post(
        "tokens/", {"email": world.emails["focal.kaz"], "password": PASSWORD}, format="json", REMOTE_ADDR="192.0.2.7"
    )
    other = Caller().post(
        "tokens/", {"email": world.emails["focal.tjk"], "password": PASSWORD}, format="json", REMOTE_ADDR="192.0.2.8"
    )

    assert tries == [401, 401, 401, 429]
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (429, "throttled")
    assert int(elsewhere["Retry-After"]) > 0
    assert other.status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "email"),
        ({"email": "a@example.org"}, "password"),
        ({"email": ["a"], "password": "x"}, "email"),
        ({"email": "a\x00b", "password": "x"}, "email"),
        ({"email": "a@example.org", "password": 5}, "password"),
        ({"email": "a@example.org", "password": "x" * 1001}, "password"),
        ({"email": "a@example.org", "password": "x", "role": "editor"}, "role"),
    ],
    ids=str,
)
def test_a_body_that_cannot_be_read_is_refused_by_name(db, body, field):
    answer = Caller().write("post", "tokens/", body)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


def test_a_session_of_the_desk_opens_the_api_and_needs_the_csrf_token_to_write(world):
    caller = Caller(enforce_csrf_checks=True)
    caller.force_login(world.who("focal.kaz"), backend="django.contrib.auth.backends.ModelBackend")

    assert caller.get("me/").status_code == 200
    answer = caller.write("patch", "updates/review-2028:KAZ:I.1.2/", {"results": "x"}, version=0)
    assert (answer.status_code, answer.json()["code"]) == (403, "permission-denied")


def test_authenticators_are_read_only_where_a_role_asks_for_them(world, django_assert_num_queries):
    token = sign_in(world, "focal.kaz").json()["token"]

    with django_assert_num_queries(1):  # the token with its person and their appointments
        bearing(token).get("events/?limit=1&fields=oops")
    assert not Authenticator.objects.exists()
