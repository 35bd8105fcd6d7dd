"""How long an answer takes does not tell whether what it refuses exists: the database is asked the same questions, in
the same words, of what is another's and of what never was; and, counted in full, it takes the same time."""

from __future__ import annotations

import re
import time
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.depth import FULL, chance, drawn
from tests.hostile import hidden
from tests.hostile.test_existing_looks_absent import ABSENT_UID, admin_pairs, at, keyed_routes, secret_keys
from tests.hostile.test_timing_of_accounts import auc
from tests.hostile.visitors import Visitor

pytestmark = pytest.mark.battery("A10")

READERS = ("coordinator.tjk", "partner", "administrator")
SEEN_BY_ADMINISTRATORS = ("agencies", "appointments", "agency", "appointment", "person")
ROUNDS, REPEATS = 2000, 3


def pairs() -> list[tuple[str, str, str]]:
    """(noun, address of what is another's, address of what never was): details of the API, pages of the desk and of the
    admin, files of evidence."""
    kept, managed = secret_keys(), admin_pairs()
    found = [(noun, *(at(place, key) for key in kept[noun])) for noun, place in keyed_routes()]
    found += [
        (model, *(f"/admin/commitments/{model}/{key}/change/" for key in keys)) for model, keys in managed.items()
    ]
    found += [("evidence", *(f"{place}{key}/" for key in managed["evidence"]))
              for place in ("/desk/evidence/", "/admin/commitments/update/evidence/")]  # fmt: skip
    for place in ("updates", "review", "clearing", "released"):
        found.append(("update", *(f"/desk/{place}/{key}/" for key in managed["update"])))
    found.append(("commitments", *(f"/desk/assignments/{key}/" for key in managed["commitment"])))
    found.append(("reports", *(f"/desk/reports/{key}/" for key in kept["reports"])))
    found.append(("contributions", *(f"/desk/contributions/{key.replace(':', '/')}/" for key in kept["contributions"])))
    return found


@pytest.fixture
def kept() -> str:
    """Asked for by who needs a world with something to hide."""
    return hidden.MARK


def shape(visitor: Visitor, address: str) -> list[str]:
    """What the database is asked, without the values."""
    with CaptureQueriesContext(connection) as queries:
        assert visitor.get(address).status_code in (302, 403, 404, 405), address
    return [re.sub(r"'[^']*'|\b[0-9a-f]{32}\b|\b\d+\b", "?", one["sql"]) for one in queries.captured_queries]


@pytest.mark.parametrize("reader", READERS)
def test_the_database_is_asked_the_same_of_what_exists_and_of_what_never_was(world, visit, kept, tally, reader):
    visitor, told = visit(reader), []
    asked = [one for one in pairs() if reader != "administrator" or one[0] not in SEEN_BY_ADMINISTRATORS]

    for noun, there, absent in drawn(asked, READERS.index(reader)) if connection.vendor == "postgresql" else asked:
        first, second = shape(visitor, there), shape(visitor, absent)
        tally(answers=2)
        if first != second:
            told.append((noun, there, set(first) ^ set(second)))

    assert told == []
    assert ABSENT_UID in str(asked)


TIMED = ("/api/v1/updates/", "/api/v1/evidence/", "/desk/updates/", "/admin/commitments/update/", "/desk/evidence/")


def test_the_absent_key_has_the_form_of_a_key() -> None:
    assert UUID(ABSENT_UID).version == 4


if FULL:  # how fast something is, is never shown by a test that everybody runs

    @pytest.mark.parametrize("place", TIMED)
    def test_the_time_it_takes_is_the_same(world, visit, kept, tally, place):
        _noun, *addresses = next(pair for pair in pairs() if pair[1].startswith(place))
        visitor, found = visit("coordinator.tjk"), []
        for repeat in range(REPEATS):
            taken, drawing = ([], []), chance("existence", place, repeat)
            for _turn in range(ROUNDS):
                for one in drawing.sample((0, 1), 2):
                    began = time.perf_counter_ns()
                    visitor.get(addresses[one])
                    taken[one].append(time.perf_counter_ns() - began)
            found.append(round(auc(*(times[ROUNDS // 10 :] for times in taken)), 3))
            tally(answers=2 * ROUNDS)

        print(place, found)
        assert all(abs(one - 0.5) <= 0.03 for one in found), found
