"""What every test may ask for."""

import gc
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_django
from django.core.cache import caches
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresqlOperations
from django.db.backends.sqlite3.base import DatabaseOperations
from django.utils import translation

from commitments import readings
from commitments.api import kept
from operations import requests
from tests import batteries
from tests.batteries import (  # noqa: F401
    pytest_runtest_logreport,
    pytest_sessionfinish,
    pytest_terminal_summary,
    tally,
)
from tests.builders import World, build_world
from tests.depth import FULL
from tests.loopback import _watching, nothing_reaches_beyond_this_machine  # noqa: F401
from tests.owner import in_and_out, sign_in_as_owner, sign_in_as_the_web_server
from tests.standing import standing
from tests.tripwire import _tripwire, nothing_is_read_but_through_a_door  # noqa: F401

ROOT = Path(__file__).parent
# As in `make test`: each test of a channel, and of what is odd or harmful, is asked on one of the two engines.
SHARED = os.environ.get("SHARED") == "1" and not FULL
CHANNELS = ("admin", "api", "desk", "reporting", "site")
OF_CHANNELS = {"A6", "C2", "C3", "C4", "C5", "C6", "C10"}
# The first lock is tried where it stands alone, on SQLite. Where the second stands behind it, a few are asked again.
OF_THE_FIRST_LOCK = {"A2", "A3", "A4", "A5", "A9", "A10", "A11"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks no database, or is marked so, says the same on every engine: it is run once, on SQLite."""
    left_out = set(batteries.name_rows(items))
    left_out |= {item for item in items if item.get_closest_marker("in_full") and not FULL}
    asking = [item for item in items if _asks_the_database(item)]
    of_channels = [item for item in asking if SHARED and _is_of_a_channel(item)]
    of_first_lock = [item for item in asking if SHARED and batteries.rows_of(item) & OF_THE_FIRST_LOCK]
    if connection.vendor == "sqlite":
        left_out |= {item for item in items if item.get_closest_marker("second_lock")}
        left_out.update(_of_second(of_channels))
    else:
        left_out |= set(items) - set(asking)
        left_out |= set(of_channels).difference(_of_second(of_channels))
        left_out |= set(of_first_lock).difference(_of_second(_of_second(of_first_lock)))
    config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish() -> None:
    """What stands for the whole run, code and thousands of tests, is not gone through again and again for what is no
    longer needed: an eighth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _asks_the_database(item: pytest.Item) -> bool:
    asks = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db")
    return bool(asks) and not item.get_closest_marker("same_on_every_engine")


def _is_of_a_channel(item: pytest.Item) -> bool:
    """A page, an endpoint or a file: it asks the domain, whose own tests and batteries are run on both engines."""
    return item.path.relative_to(ROOT).parts[0] in CHANNELS or bool(batteries.rows_of(item) & OF_CHANNELS)


def _of_second(items: list[pytest.Item]) -> list[pytest.Item]:
    """Of what is shared out, the part of PostgreSQL: every third row of each table, and every other test."""
    counted: Counter[str] = Counter()
    found = []
    for item in items:
        table = item.nodeid.partition("[")[0] if hasattr(item, "callspec") else ""
        counted[table] += 1
        if counted[table] % (3 if table else 2) == 1:
            found.append(item)
    return found


@pytest.fixture
def world(db) -> World:
    return standing(build_world)


@pytest.fixture(autouse=True)
def every_test_begins_in_english() -> Iterator[None]:
    """A request leaves its language active behind it, as the next request sets its own."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_is_remembered_of_another_test() -> Iterator[None]:
    """Limits, who has a page open and rendered files name rows by keys, which the next test's rows may bear."""
    for cache in caches.all():
        cache.clear()
    yield
    kept.forget()
    readings.forget()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """On PostgreSQL the tests sign in as the web server does: bound by the second lock, owning nothing."""
    if connection.vendor != "postgresql":
        yield
        return
    with django_db_blocker.unblock():
        sign_in_as_the_web_server()
        yield
        gc.collect()
        sign_in_as_owner()


@pytest.fixture(autouse=True, scope="session")
def every_request_of_a_test_has_the_same_number() -> Iterator[None]:
    """Answers are compared to the byte, and a number of its own is what two of them differ by."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(requests, "new_number", lambda: "the-same-for-every-request")
        yield


@pytest.fixture(autouse=True, scope="session")
def append_only_tables_can_be_emptied_between_tests() -> Iterator[None]:
    """On SQLite the triggers that refuse DELETE stand aside while a transactional test's rows are flushed.

    On PostgreSQL the owner empties them, and they sleep for that moment, as for a replica.
    """
    plain_flush = DatabaseOperations.execute_sql_flush

    def flush_postgresql(self: PostgresqlOperations, sql_list: list[str]) -> None:
        asleep, awake = "SET session_replication_role = replica", "SET session_replication_role = DEFAULT"
        become, be_oneself = in_and_out()
        plain_flush(self, [become, asleep, *sql_list, awake, be_oneself])

    def flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        drops = [f"DROP TRIGGER {name}" for name, _ in triggers]
        plain_flush(self, [*drops, *sql_list, *(sql for _, sql in triggers)])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush)
        patch.setattr(PostgresqlOperations, "execute_sql_flush", flush_postgresql)
        yield
