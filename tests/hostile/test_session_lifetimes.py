"""A session ends an hour after the last sign of its owner and half a day after signing in, in the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.test import Client

from jpoa.sessions import SessionStore
from tests.hostile.conftest import NOON

EMAIL, PASSWORD, ME = "focal.kaz@example.org", "correct horse battery", "/api/v1/me/"
pytestmark = pytest.mark.battery("C10")


@pytest.fixture
def client(world) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    return client


def asks(client: Client, minutes: float, place: str = ME, **more: Any) -> int:
    """What is answered so many minutes after signing in."""
    with time_machine.travel(NOON + dt.timedelta(minutes=minutes), tick=False):
        return client.get(place, **more).status_code


def test_it_ends_an_hour_after_the_last_sign_of_its_owner(client):
    assert [asks(client, minutes) for minutes in (54, 113, 172)] == [200] * 3
    assert asks(client, 172 + 59.9) == 200
    assert asks(client, 172 + 59.9 + 60.1) == 401


def test_it_ends_half_a_day_after_signing_in_whatever_is_done(client):
    found = [asks(client, minutes) for minutes in range(0, 12 * 60, 30)]

    assert set(found) == {200} and asks(client, 719.9) == 200
    assert asks(client, 720.1) == 401


def test_a_page_that_is_open_and_left_keeps_nobody_signed_in(client):
    place = "/desk/updates/review-2028/KAZ/I.1.1/present/"
    alone = {"HX-Request": "true", "HX-Trigger": "present"}

    found = [asks(client, minutes, place, headers=alone) for minutes in range(0, 90, 10)]

    assert found[:6] == [200] * 6 and set(found[7:]) == {401}


def test_what_is_ended_in_the_database_is_not_brought_back_by_what_was_under_way(client, monkeypatch):
    plain = SessionStore.keep
    monkeypatch.setattr(SessionStore, "keep", lambda self: (Session.objects.all().delete(), plain(self)))

    assert asks(client, 50) == 200

    assert not Session.objects.exists()


def test_a_database_that_takes_no_writes_still_answers(client, monkeypatch):
    def refused(self: Any, **named: Any) -> None:
        raise DatabaseError("read-only")

    monkeypatch.setattr(SessionStore, "save", refused)

    assert asks(client, 50) == 200


def test_a_password_given_again_makes_the_key_anew_and_no_more_time(client):
    old = client.cookies["sessionid"].value
    with time_machine.travel(NOON + dt.timedelta(minutes=50), tick=False):
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    copied = Client()
    copied.cookies["sessionid"] = old

    assert client.cookies["sessionid"].value != old
    assert (asks(copied, 51), asks(client, 51)) == (401, 200)
    for minutes in range(100, 720, 50):
        asks(client, minutes)
    assert asks(client, 720.1) == 401
