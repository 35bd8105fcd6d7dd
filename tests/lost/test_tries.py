"""C9: tries to sign in are counted once over all workers of real gunicorn, one by one and at once."""

from __future__ import annotations

import http.client
import itertools
import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest

from tests.depth import drawn
from tests.lost.conftest import Place
from tests.lost.serving import Served

pytestmark = pytest.mark.django_db
MOST, EMAIL = 10, "absent.focal@example.org"
FORGED: dict[str, Callable[[int], dict[str, str]]] = {
    "nothing": lambda number: {},
    "X-Forwarded-For": lambda number: {"X-Forwarded-For": f"10.1.{number}.1, 10.2.{number}.2"},
    "other names of it": lambda number: dict.fromkeys(("X-Real-IP", "Client-IP", "Forwarded"), f"for=10.1.{number}.1"),
}  # fmt: skip
VARIED: dict[str, Callable[[int], bytes]] = {
    "one body": lambda number: json.dumps({"email": EMAIL, "password": "wrong"}).encode(),
    "another body each time": lambda number: (
        b" " * number + json.dumps({"password": f"wrong {number}", "email": EMAIL.swapcase() if number % 2 else EMAIL,
                                    "code": f"{number:06}"}, indent=number % 4).encode()
    ),
}  # fmt: skip
SCENARIOS = list(itertools.product((2, 4), FORGED, VARIED, (1, 8)))


def attempt(port: int, forged: str, varied: str, number: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/json", **FORGED[forged](number)}
    with closing(connection):
        connection.request("POST", "/api/v1/tokens/", VARIED[varied](number), headers)
        return connection.getresponse().status


def forget_tries(place: Place) -> None:
    """What an earlier scenario has used up."""
    if place.cluster:
        place.cluster.ask("DELETE FROM cache")
        return
    with closing(sqlite3.connect(place.file, timeout=20)) as database:
        database.execute("DELETE FROM cache")
        database.commit()


@pytest.mark.battery("C9")
@pytest.mark.parametrize("scenario", drawn(SCENARIOS), ids=str)
def test_tries_are_counted_once_over_all_workers(place: Place, tally: Any, scenario: tuple[int, str, str, int]) -> None:
    workers, forged, varied, at_once = scenario
    forget_tries(place)
    with Served(place.served.url, place.folder, workers) as served, ThreadPoolExecutor(at_once) as crowd:
        burst = list(crowd.map(lambda number: attempt(served.port, forged, varied, number), range(MOST + 4)))
        later = [attempt(served.port, forged, varied, number) for number in range(MOST + 4, 2 * MOST + 4)]

    told = Counter(burst + later)
    assert told == {401: MOST, 429: len(burst + later) - MOST}
    assert at_once > 1 or burst == [401] * MOST + [429] * 4
    tally(scenarios=1)
