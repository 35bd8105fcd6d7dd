"""How often the database is asked: the same whatever the size of the page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Caller

# Besides the session and its person (2), and for a person the appointments (1). Codes come from memory. Where words
# are read that are not for everybody, one more writes that down.
LISTS = [
    (None, "plans/", 2),
    (None, "pillars/", 3),
    (None, "objectives/", 3),
    (None, "action-items/", 4),
    (None, "roadmap/", 2),
    (None, "member-states/", 1),
    (None, "cycles/", 1),
    (None, "partner-activities/", 1),
    (None, "published-updates/", 2),
    (None, "published-updates/?cycle=review-2028&member_state=KAZ", 2),
    (None, "status-matrix/?cycle=review-2028", 5),
    ("coordinator.kaz", "status-matrix/?cycle=review-2028", 3 + 7),
    ("coordinator.kaz", "updates/", 3 + 5),
    ("focal.kaz", "updates/", 3 + 7),
    ("editor", "updates/", 3 + 4),
    ("editor", "cycles/", 3 + 2),
    ("coordinator.kaz", "updates/?fields=key,status,rating", 3 + 1),
    ("coordinator.kaz", "updates/?cycle=review-2028&member_state=KAZ&status=published", 3 + 5),
    ("coordinator.kaz", "updates/?fields=key,missing,evidence,previous,contributing_agencies", 3 + 5),
    ("coordinator.kaz", "updates/?waiting_for_me=true&fields=key", 3 + 4),
    ("coordinator.kaz", "updates/?overdue=false&fields=key", 3 + 5),
    ("coordinator.kaz", "commitments/", 3 + 3),
    ("coordinator.kaz", "revisions/", 3 + 2),
    ("coordinator.kaz", "events/", 3 + 2),
    ("coordinator.kaz", "evidence/", 3 + 1),
    ("coordinator.kaz", "assessments/", 3 + 1),
    ("coordinator.kaz", "agencies/", 3 + 1),
    ("coordinator.kaz", "appointments/", 3 + 1),
    ("coordinator.kaz", "me/", 3 + 2),
]


def asked(caller: Caller, place: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = caller.get(place)
    assert answer.status_code == 200, answer.content
    return len(queries)


@pytest.fixture(autouse=True)
def codes_in_memory(known_codes):
    """As between transactions, where these lists are read."""


@pytest.fixture
def reported(world):
    """One release of the State that is looked at, before anything else."""
    world.walk("published", item="I.1.2")
    return world


@pytest.mark.parametrize(("who", "place", "expected"), LISTS)
def test_the_number_of_queries_does_not_grow_with_the_rows(reported, call, who, place, expected):
    few = asked(call(who), place)

    for item in ("I.1.1", "II.1.1"):
        for state in ("KAZ", "TJK", "UZB"):
            reported.walk("published", state, item)

    assert (few, asked(call(who), place)) == (expected, expected)


def test_a_detail_is_read_in_a_fixed_number_of_queries(reported, call):
    assert asked(call("coordinator.kaz"), "updates/review-2028:KAZ:I.1.2/") <= 3 + 9
    assert asked(call(), "published-updates/review-2028:KAZ:I.1.2/") == 2
    assert asked(call(), "action-items/I.1.1/") == 4
