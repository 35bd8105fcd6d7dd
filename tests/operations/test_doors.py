"""Whatever is done to a door stands in the log: when, by which way, to whom it opened, and nothing that was typed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from tests.hostile.visitors import BACKEND
from tests.operations.test_logs import log  # noqa: F401

EMAIL, PASSWORD = "focal.kaz@example.org", "correct horse battery"
KEPT = {"time", "level", "logger", "message", "request_id", "method", "route", "person", "by", "second_factor"}


def test_every_try_to_sign_in_is_noted_with_its_factors(world, log):  # noqa: F811
    person, client = world.who("focal.kaz"), Client()
    TOTP.activate(person, generate_totp_secret())
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    client.post("/accounts/login/", {"login": EMAIL, "password": "wrong battery horse"})
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    client.post("/accounts/2fa/authenticate/", {"code": code})
    client.post("/accounts/logout/")
    for sent in ({"code": "000000"}, {"code": RecoveryCodes.activate(person).get_unused_codes()[0]}):
        Client().post("/api/v1/tokens/", {"email": EMAIL, "password": PASSWORD} | sent, "application/json")

    lines = log.lines("jpoa.security")

    assert [(one["message"], one["level"], one.get("person", "")) for one in lines] == [
        ("Sign-in refused", "WARNING", ""),
        ("Wrong code", "WARNING", str(person.uid)),
        ("Signed in", "INFO", str(person.uid)),
        ("Signed out", "INFO", str(person.uid)),
        ("Wrong code, or none", "INFO", str(person.uid)),
        ("Token given", "INFO", str(person.uid)),
    ]
    assert lines[2]["by"] == ["password", "mfa"] and all(one["request_id"] for one in lines)
    assert all(set(one) <= KEPT for one in lines) and EMAIL not in json.dumps(lines)


def test_what_changes_a_door_is_noted(world, log):  # noqa: F811
    client = Client()
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    form = {"oldpassword": PASSWORD, **dict.fromkeys(("password1", "password2"), "brand new battery 9")}
    client.post("/accounts/password/change/", form)

    assert [one["message"] for one in log.lines("jpoa.security")] == ["Signed in", "Password changed"]


@pytest.mark.parametrize(("place", "status"), [("/api/v1/me/", 403), ("/api/v1/pillars/", 403), ("/api/schema/", 403),
                                               ("/calendar/public.ics", 403), ("/", 301), ("/desk/", 301),
                                               ("/api/docs/", 301)])  # fmt: skip
def test_programs_are_refused_in_the_clear_and_browsers_led_on(settings, log, place, status):  # noqa: F811
    settings.SECURE_SSL_REDIRECT = True

    answer: Any = Client().get(place, headers={"Authorization": "Token x"})  # without `db`: nothing is looked at

    assert (answer.status_code, answer.get("Location", "")[:5]) == (status, "https" if status == 301 else "")
    assert [one["level"] for one in log.lines("jpoa.security")] == (["WARNING"] if status == 403 else [])


def test_refused_access_is_noted_with_who_asked_for_what(world, log):  # noqa: F811
    client, person = Client(), world.who("focal.tjk")
    client.force_login(person, backend=BACKEND)
    client.get("/api/v1/updates/review-2028:KAZ:I.1.2/")
    client.post("/api/v1/cycles/review-2028/open/", {}, "application/json")
    client.get("/desk/clearing/review-2028/KAZ/I.1.2/")

    lines = log.lines("jpoa.requests")

    assert [one["status"] for one in lines] == [404, 403, 404] and {one["person"] for one in lines} == {str(person.uid)}
    assert lines[0]["route"] == "api/v1/updates/<str:key>/" and "KAZ" not in log.getvalue()
