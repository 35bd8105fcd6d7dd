"""Tries to sign in are counted once, for the account, over all workers and channels: bursts, spellings, forged headers
and another host do not get an eleventh."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from commitments.models import Person
from tests.depth import drawn, rounds
from tests.owner import owning_the_tables

PASSWORD, EMAIL, MOST = "correct horse battery", "focal.kaz@example.org", 10
TOKENS, LOGIN, RESET, CODE = "/api/v1/tokens/", "/accounts/login/", "/accounts/password/reset/", "/accounts/2fa/"
SPELLINGS: dict[str, Callable[[int], str]] = {
    "as it is": lambda number: EMAIL,
    "in capitals": lambda number: EMAIL.upper() if number % 2 else EMAIL,
    "letter by letter": lambda number: EMAIL[:number] + EMAIL[number:].upper(),
    "with another k": lambda number: EMAIL.replace("k", "\u212a") if number % 2 else EMAIL,
}
FORGED: dict[str, Callable[[int], dict[str, str]]] = {
    "nothing forged": lambda number: {},
    "X-Forwarded-For": lambda number: {"X-Forwarded-For": f"1.1.1.{number}"},
    "Forwarded": lambda number: {"Forwarded": f"for=1.1.1.{number}", "X-Real-IP": f"1.1.1.{number}"},
    "another host": lambda number: {"Host": ("localhost", "127.0.0.1", "testserver")[number % 3]},
}
CHANNELS = {"tokens": (TOKENS,), "the page": (LOGIN,), "both": (TOKENS, LOGIN)}
SCENARIOS = list(itertools.product(CHANNELS, SPELLINGS, FORGED))


def attempt(place: str, email: str, password: str, client: Client | None = None, **sent: Any) -> Any:
    client = client or Client()
    if place == TOKENS:
        body = json.dumps({"email": email, "password": password, "code": sent.pop("code", "")})
        return client.post(place, body, content_type="application/json", **sent)
    return client.post(place, {"login": email, "password": password}, **sent)


def is_limited(answer: Any) -> bool:
    return answer.status_code == 429 or b"Too many" in answer.content


@pytest.mark.battery("C9")
@pytest.mark.parametrize("scenario", drawn(SCENARIOS), ids=str)
def test_ten_tries_in_a_quarter_of_an_hour_whatever_is_varied(world, settings, tally, scenario):
    channel, spelling, forged = scenario
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
    tried: Counter[bool] = Counter()
    for number in range(MOST + 4):
        place = CHANNELS[channel][number % len(CHANNELS[channel])]
        facts = {"headers": FORGED[forged](number), "REMOTE_ADDR": f"10.0.{number}.1"}
        answer = attempt(place, SPELLINGS[spelling](number), "wrong", **facts)
        tried[is_limited(answer)] += 1

    late = [attempt(place, EMAIL, PASSWORD, REMOTE_ADDR="10.1.1.1") for place in (TOKENS, LOGIN)]

    assert tried == {False: MOST, True: 4}
    assert [is_limited(one) for one in late] == [True, True]
    assert attempt(TOKENS, "focal.tjk@example.org", PASSWORD, REMOTE_ADDR="10.1.1.1").status_code == 201
    tally(scenarios=1)


@pytest.mark.battery("C9")
def test_signing_in_well_between_bad_tries_does_not_begin_the_count_anew(world):
    answers = []
    for second, password in enumerate([*[PASSWORD] * 3, *["wrong"] * 6, PASSWORD, *["wrong"] * 6]):
        with time_machine.travel(timezone.now() + dt.timedelta(seconds=second), tick=False):
            answers.append(attempt(TOKENS, EMAIL, password, REMOTE_ADDR=f"10.0.{second}.1").status_code)

    assert answers == [201] * 3 + [401] * 6 + [201] + [401] * 4 + [429] * 2


@pytest.mark.battery("C9")
@pytest.mark.parametrize("channels", [(TOKENS,), (LOGIN,), (TOKENS, LOGIN)], ids=str)
def test_codes_of_a_second_factor_are_limited_too_recovery_codes_among_them(world, channels):
    person = world.who("focal.kaz")
    TOTP.activate(person, generate_totp_secret())
    good = RecoveryCodes.activate(person).get_unused_codes()[0]
    for number in range(MOST):
        give(channels[number % len(channels)], f"{number:06}", number)

    late = [give(place, good, 99) for place in (TOKENS, LOGIN)]

    assert [one.status_code for one in late] in ([429, 200], [401, 200])
    assert good in RecoveryCodes.activate(person).get_unused_codes()


def give(place: str, code: str, number: int) -> Any:
    """A code, from an address of its own on the network; on the page, after the password."""
    client, sent = Client(REMOTE_ADDR=f"10.0.{number}.1"), {"code": code}
    if place == TOKENS:
        return attempt(place, EMAIL, PASSWORD, client, **sent)
    attempt(place, EMAIL, PASSWORD, client)
    return client.post(f"{CODE}authenticate/", sent)


@pytest.mark.battery("C9")
def test_letters_on_a_new_password_are_limited_for_the_account_known_or_not(world):
    for email in (EMAIL, "absent@example.org"):
        caches["default"].clear()
        mail.outbox.clear()
        answers = [Client().post(RESET, {"email": spelt}, REMOTE_ADDR=f"10.0.{number}.1").status_code
                   for number, spelt in enumerate([email, email.upper()] * 4)]  # fmt: skip

        assert (answers, len(mail.outbox)) == ([302] * 5 + [429] * 3, 5)


@pytest.fixture
def counted_in_the_database(transactional_db, settings) -> Iterator[None]:
    """As in production: over all workers."""
    backend = "django.core.cache.backends.db.DatabaseCache"
    shared = {"BACKEND": backend, "LOCATION": "cache", "OPTIONS": {"MAX_ENTRIES": 1_000_000}}
    settings.CACHES = settings.CACHES | {"default": shared}
    with owning_the_tables():
        call_command("createcachetable")
        if connection.vendor == "postgresql":
            connection.cursor().execute("GRANT ALL ON cache TO PUBLIC")
    Person.objects.create_user(EMAIL, PASSWORD, full_name="x")
    yield
    caches["default"].clear()


@pytest.mark.battery("C9")
@pytest.mark.parametrize("place", [TOKENS, LOGIN])
def test_of_a_burst_from_everywhere_at_once_no_more_are_tried(counted_in_the_database, tally, place):
    for _turn in range(rounds(1, 20)):
        caches["default"].clear()
        answers: list[bool] = []
        together = threading.Barrier(8)

        def burst(worker: int, together: Any = together, answers: list[bool] = answers) -> None:
            together.wait()
            for number in range(3):
                answers.append(is_limited(attempt(place, EMAIL, "wrong", REMOTE_ADDR=f"10.{worker}.{number}.1")))
            connections.close_all()

        threads = [threading.Thread(target=burst, args=(worker,)) for worker in range(8)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        tried = answers.count(False)
        later = [is_limited(attempt(place, EMAIL, "wrong", REMOTE_ADDR=f"10.9.{number}.1")) for number in range(12)]

        assert len(answers) == 24
        assert tried + later.count(False) == MOST, (tried, later)
        tally(bursts=1)
