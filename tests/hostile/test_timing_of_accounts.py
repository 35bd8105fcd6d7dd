"""How long an answer takes does not tell who has an account: the same hashes and the same questions for a wrong
password, an absent address, a suspended person and one without a password; and, counted in full, the same time."""

from __future__ import annotations

import json
import time
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.depth import FULL, chance, rounds

PASSWORD, WRONG = "correct horse battery", "wrong battery horse"
TOKENS, LOGIN, RESET = "/api/v1/tokens/", "/accounts/login/", "/accounts/password/reset/"
KINDS = ("wrong password", "absent", "suspended", "suspended, right password", "without a password")
pytestmark = pytest.mark.battery("A10")


def emails(world: Any) -> dict[str, tuple[str, str]]:
    """For each kind an address, all equally long, and what is sent as its password."""
    suspended, unusable = world.who("focal.tjk"), world.who("focal.uzb")
    suspended.change(by=world.who("administrator"), reason="x", is_active=False)
    unusable.set_unusable_password()
    unusable.save()
    known = ["focal.kaz", "focal.xyz", "focal.tjk", "focal.tjk", "focal.uzb"]
    return {kind: (f"{name}@example.org", PASSWORD if "right" in kind else WRONG) for kind, name in
            zip(KINDS, known, strict=True)}  # fmt: skip


def ask(place: str, email: str, password: str) -> Any:
    if place == TOKENS:
        body = json.dumps({"email": email, "password": password})
        return Client().post(place, body, content_type="application/json")
    return Client().post(place, {"login": email, "email": email, "password": password})


@pytest.mark.parametrize("place", [TOKENS, LOGIN])
def test_the_work_done_is_the_same(world, tally, place):
    work = {}
    for kind, (email, password) in emails(world).items():
        caches["default"].clear()
        hashing = mock.patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode)
        with hashing as hashed, CaptureQueriesContext(connection) as queries:
            answer = ask(place, email, password)
            work[kind] = (answer.status_code, hashed.call_count, len(queries))
        tally(answers=1)

    assert set(work.values()) == {work["absent"]} and work["absent"][1] == 1, work


def auc(some: list[float], others: list[float]) -> float:
    """How often one of the first took longer than one of the second, by rank; 0.5 tells nothing."""
    order = sorted([(one, 1) for one in some] + [(one, 0) for one in others])
    ranks = sum(rank for rank, (_time, mine) in enumerate(order, 1) if mine)
    return (ranks - len(some) * (len(some) + 1) / 2) / (len(some) * len(others))


@pytest.mark.parametrize("place", [TOKENS, LOGIN])
def test_the_time_it_takes_is_the_same(world, settings, tally, place):
    """Counted in part, only a gross difference is seen: the work above is what tells of a small one."""
    settings.ACCOUNT_RATE_LIMITS = False
    taken: dict[str, list[float]] = {kind: [] for kind in KINDS}
    drawing, asked = chance("timing", place), emails(world)
    for _turn in range(rounds(20, 2000)):
        for kind in drawing.sample(KINDS, len(KINDS)):
            began = time.perf_counter_ns()
            ask(place, *asked[kind])
            taken[kind].append(time.perf_counter_ns() - began)
    kept = {kind: times[len(times) // 10 :] for kind, times in taken.items()}

    found = {kind: round(auc(kept[kind], kept["absent"]), 3) for kind in KINDS if kind != "absent"}

    tally(answers=sum(map(len, taken.values())))
    print(place, found)
    assert all(abs(one - 0.5) <= (0.03 if FULL else 0.4) for one in found.values()), found
