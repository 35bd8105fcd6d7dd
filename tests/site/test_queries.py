"""How often the database is asked: the same whatever is reported."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

ASKED = [
    ("/", 17),
    ("/plan/", 17),
    ("/plan/?q=do", 18),
    ("/plan/pillars/I/", 17),
    ("/plan/objectives/I.1/", 17),
    ("/plan/themes/", 16),
    ("/plan/items/I.1.2/", 22),
    ("/plan/roadmap/", 3),
    ("/plan/history/", 4),
    ("/states/", 17),
    ("/states/KAZ/", 19),
    ("/matrix/", 16),
    ("/partners/", 17),
    ("/reports/", 2),
    ("/downloads/", 0),
    ("/methodology/", 0),
    ("/sitemap.xml", 16),
]


def asked(client, place: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(place).status_code == 200
    return len(queries)


@pytest.mark.parametrize(("place", "expected"), ASKED)
def test_the_number_of_queries_does_not_grow_with_what_is_released(world, reader, place, expected):
    world.walk("published", "KAZ", "I.1.2")
    few = asked(reader(), place)

    for item in ("I.1.1", "II.1.1"):
        for state in ("KAZ", "TJK", "UZB"):
            world.walk("published", state, item)

    assert (few, asked(reader(), place)) == (expected, expected)
