"""A second factor is taken away, and its codes are shown, for who gives both again: the password and a code."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from tests.hostile.conftest import NOON
from tests.hostile.visitors import BACKEND

PASSWORD, OFF, CODES = "correct horse battery", "/accounts/2fa/totp/deactivate/", "/accounts/2fa/recovery-codes/"
BY_PASSWORD, BY_CODE = "/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/"
pytestmark = pytest.mark.battery("C10")


@pytest.fixture
def codes(world) -> list[str]:
    TOTP.activate(world.who("focal.kaz"), generate_totp_secret())
    Authenticator.objects.update(created_at=NOON - dt.timedelta(days=1))  # setting up has taken a code
    return RecoveryCodes.activate(world.who("focal.kaz")).get_unused_codes()


@pytest.fixture
def client(world, codes) -> Client:
    client = Client()
    client.force_login(world.who("focal.kaz"), backend=BACKEND)
    return client


@pytest.mark.parametrize("place", [OFF, CODES, f"{CODES}generate/", f"{CODES}download/"])
def test_neither_is_enough_alone_and_both_are(client, codes, place):
    led = [client.get(place)["Location"]]
    client.post(BY_PASSWORD, {"password": PASSWORD})
    led.append(client.get(place)["Location"])
    client.post(place)
    assert Authenticator.objects.count() == 2
    answer = client.post(f"{BY_CODE}?next={place}", {"code": codes[0]})

    assert led == [f"{BY_CODE}?next={place.replace('/', '%2F')}"] * 2
    assert answer["Location"] == place and client.get(place).status_code == 200


def test_a_code_alone_takes_nothing_away(client, codes):
    client.post(BY_CODE, {"code": codes[0]})

    answer = client.post(OFF)

    assert answer["Location"].startswith(BY_PASSWORD) and Authenticator.objects.count() == 2
    client.post(BY_PASSWORD, {"password": PASSWORD})
    client.post(OFF)
    assert not Authenticator.objects.exists()


def test_whoever_has_none_yet_sets_it_up_by_the_password(world):
    client = Client()
    client.force_login(world.who("focal.kaz"), backend=BACKEND)
    client.post(BY_PASSWORD, {"password": PASSWORD})

    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
