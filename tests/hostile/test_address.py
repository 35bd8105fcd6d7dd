"""An address changes for whoever knows the password and holds the second factor, by a link that the new mailbox opens,
once, within an hour; and no answer tells whether somebody has the new one."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from commitments.models import Event, Person
from tests.hostile.visitors import seen

PAGE, OLD, NEW, PASSWORD = "/desk/profile/address/", "focal.kaz@example.org", "new@example.org", "correct horse battery"
pytestmark = pytest.mark.battery("C10")


def ask(client: Client, email: str = NEW, **words: str) -> Any:
    return client.post(PAGE, {"email": email, "password": PASSWORD} | words)


def link() -> str:
    return re.search(r"/mail/address/\S+", mail.outbox[-1].body)[0]


def test_the_new_mailbox_confirms_it_and_the_old_one_is_told(world, visit, django_capture_on_commit_callbacks):
    here, elsewhere = visit("focal.kaz"), visit("focal.kaz")
    AuthToken.objects.create(user=world.who("focal.kaz"))
    EmailAddress.objects.create(user=world.who("focal.kaz"), email=OLD, primary=True, verified=True)

    assert ask(here).status_code == 302
    assert (mail.outbox[-1].to, world.who("focal.kaz").email) == ([NEW], OLD)
    assert here.get(link()).status_code == 200 and world.who("focal.kaz").email == OLD
    with django_capture_on_commit_callbacks(execute=True):
        assert here.post(link()).status_code == 302

    person = Person.objects.get(email=NEW)
    assert (mail.outbox[-1].to, "another address" in mail.outbox[-1].body) == ([OLD], True)
    assert [one.get("/api/v1/me/").status_code for one in (here, elsewhere)] == [200, 401]
    assert not AuthToken.objects.filter(user=person).exists() and not EmailAddress.objects.filter(email=OLD).exists()
    event = Event.objects.get(move="change_address")
    assert (event.by, event.subject, "example.org" in str(event.changes)) == (person, f"person:{person.uid}", False)
    signed_in = [Client().post("/accounts/login/", {"login": one, "password": PASSWORD}) for one in (OLD, NEW)]
    assert [one.status_code for one in signed_in] == [200, 302]


@pytest.mark.battery("A10")
def test_a_known_address_is_answered_as_a_new_one_and_its_mailbox_alone_is_told(world, visit):
    known = world.emails["focal.tjk"]

    answers = [seen(ask(visit("focal.kaz"), email)).without(email) for email in (known, "absent@example.org")]

    assert answers[0] == answers[1] and answers[0].status == 302
    assert [letter.to for letter in mail.outbox] == [[known], ["absent@example.org"]]
    assert "/mail/address/" not in mail.outbox[0].body


WRONG = [{"password": "wrong"}, {"password": ""}, {"email": OLD}, {"email": OLD.upper()}, {"email": "no address"},
         {"email": ""}, {"email": "a\x00@example.org"}, {"email": "x" * 250 + "@example.org"}]  # fmt: skip


@pytest.mark.parametrize("words", WRONG, ids=ascii)
def test_what_is_wrong_sends_nothing(world, visit, words):
    answer = ask(visit("focal.kaz"), **words)

    assert (answer.status_code, mail.outbox) == (400, [])
    assert PASSWORD not in answer.content.decode()


def test_whoever_has_a_second_factor_gives_its_code(world, visit):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(world.who("focal.kaz"), secret)
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))

    answers = [ask(visit("focal.kaz"), **words) for words in ({}, {"code": "000000"}, {"code": code}, {"code": code})]

    assert [one.status_code for one in answers] == [400, 400, 302, 400]


def used(world, place: str) -> None:
    Client().post(place)


def password_changed(world, place: str) -> None:
    person = world.who("focal.kaz")
    person.set_password("brand new battery 9")
    person.save()


def suspended(world, place: str) -> None:
    world.who("focal.kaz").change(by=world.who("administrator"), reason="x", is_active=False)


def taken(world, place: str) -> None:
    Person.objects.create_user(NEW, None, full_name="x")


@pytest.mark.parametrize("happen", [used, password_changed, suspended, taken])
def test_a_link_that_something_has_outdated_opens_nothing(world, visit, happen):
    ask(visit("focal.kaz"))
    place = link()
    happen(world, place)
    before = list(Person.objects.order_by("pk").values_list("email", "password"))

    answers = [Client().get(place), Client().post(place), Client().get(f"{place[:-4]}x/")]

    assert [one.status_code for one in answers] == [410, 410, 410]
    assert list(Person.objects.order_by("pk").values_list("email", "password")) == before


@pytest.mark.parametrize(("seconds", "status"), [(3600, 200), (3602, 410)])
def test_the_link_is_good_for_an_hour(world, visit, seconds, status):
    ask(visit("focal.kaz"))

    with time_machine.travel(timezone.now() + dt.timedelta(seconds=seconds), tick=False):
        assert Client().get(link()).status_code == status


def test_tries_with_a_wrong_password_are_those_of_the_account(world, visit):
    caches["default"].clear()
    visitor = visit("focal.kaz")
    for _try in range(5):
        ask(visitor, password="wrong")
    assert ask(visitor).status_code == 400  # five in a quarter of an hour, right or wrong

    for number in range(5):
        form = {"login": OLD, "password": "wrong"}
        Client().post("/accounts/login/", form, REMOTE_ADDR=f"10.0.0.{number}")

    assert Client().post("/accounts/login/", {"login": OLD, "password": PASSWORD}).status_code == 200
