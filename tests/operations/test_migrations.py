"""From the tables of the version before, with what stands in them, to those of this one, and back: nothing is lost,
and whoever writes meanwhile is told to come back."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import environ
import psycopg2
import pytest
from django.core.management import call_command
from django.db import connections

from operations.backups import rows
from operations.backups.beside import ALIAS, asking
from tests.builders import REPORTED
from tests.depth import FULL, rounds
from tests.lost.conftest import Place, place_of_its_own
from tests.lost.serving import manage

pytestmark = [pytest.mark.battery("B12"), pytest.mark.django_db(transaction=True)]
# The last released: nothing has been released yet, so what stood before the desk kept profiles and words. A reduced run
# goes back over the last ones alone.
BEFORE = {"commitments": "0005", "reporting": "0001"} if FULL else {"commitments": "0011", "reporting": "0003"}
TIMES = rounds(1, 5)
WRITTEN = {"commitments_update", "commitments_event"}  # by the writer


@contextmanager
def beside(place: Place) -> Iterator[str]:
    """The served database, asked from here."""
    one = {"OPTIONS": connections["default"].settings_dict["OPTIONS"]} | environ.Env.db_url_config(place.url)
    connections.settings[ALIAS] = connections.configure_settings({"default": one})["default"]
    try:
        yield ALIAS
    finally:
        connections[ALIAS].close()
        del connections[ALIAS], connections.settings[ALIAS]


def migrate(alias: str, **to: str) -> None:
    with asking(alias):
        for app, name in to.items():
            call_command("migrate", app, name, database=alias, verbosity=0)
        if not to:
            call_command("migrate", database=alias, verbosity=0)


class Writer(threading.Thread):
    """Saves one draft over and over, and reads; notes every status, and every version that was acknowledged.

    A save may be made and answered 503 all the same, where no answer could be given: the next try is told so by 412.
    """

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place, self.is_over = place, threading.Event()
        self.statuses: list[int] = []
        self.acknowledged: list[int] = []

    def run(self) -> None:
        update = self.place.updates[0]
        caller, at, version = self.place.caller(update["focal"]), f"updates/{update['key']}/", 0
        while not self.is_over.is_set() or self.statuses[-1:] != [200]:
            answer = caller.write("PATCH", at, {"results": f"Version {version + 1}."}, version=version)
            self.statuses += [answer.status, caller.get("updates/?limit=5").status]
            if answer.status == 200 or (answer.status == 412 and self.statuses[-4:-3] == [503]):
                version = answer.body["version"]
                self.acknowledged.append(version)

    def stop(self) -> None:
        self.is_over.set()
        self.join(timeout=60)


def submit(place: Place) -> None:
    """There is a revision, with its salt."""
    update = place.updates[1]
    caller, at = place.caller(update["focal"]), f"updates/{update['key']}/"
    assert caller.write("PATCH", at, REPORTED, version=0).status == 200
    assert caller.write("POST", f"{at}submit/", {}, version=1).status == 200


def test_forward_and_back_no_row_changes_and_nobody_who_writes_loses_anything(prepared, databases_beside, tally):
    with place_of_its_own(prepared) as place, beside(place) as alias:
        submit(place)
        now = rows.tallies(alias)
        writer = Writer(place)
        writer.start()
        for _ in range(TIMES):
            migrate(alias, **BEFORE)
            before = rows.tallies(alias)
            migrate(alias)
        writer.stop()
        after = rows.tallies(alias)
        kept = place.ask(f"SELECT sequence FROM commitments_event WHERE subject = 'update:{place.updates[0]['key']}'")
        verified = manage(place.url, place.folder, "verify_chains")

    assert changed(now, after) - {"commitments_reading"} == WRITTEN
    assert changed(now, before), "nothing to migrate: name the version before"
    assert set(writer.statuses) <= {200, 412, 503} and writer.statuses[-1] == 200
    assert sorted(sequence for (sequence,) in kept) == writer.acknowledged
    assert verified.returncode == 0, verified.stderr  # by the same salts as before
    tally(migrations=2 * TIMES, writes=len(writer.acknowledged))


def wait_until(place: Place, question: str) -> None:
    until = time.monotonic() + 30
    while not place.ask(question)[0][0]:
        assert time.monotonic() < until, question
        time.sleep(0.05)


@pytest.mark.second_lock
def test_a_migration_that_postgresql_takes_back_for_a_writer_is_made_again(prepared, databases_beside, capsys):
    """The writer holds what the migration comes to last, and then waits for what it has taken first."""
    taken = "relation = 'commitments_revision'::regclass AND granted AND mode = 'AccessExclusiveLock'"
    read = "SELECT count(*) FROM commitments_"
    with (
        place_of_its_own(prepared) as place,
        beside(place) as alias,
        closing(psycopg2.connect(place.cluster.url())) as writer,
        writer.cursor() as asked,
    ):
        migrate(alias, commitments="0013")  # what is left is one migration
        asked.execute("SET deadlock_timeout = '1h'")  # whoever looks first is taken back
        asked.execute(read + "evidence")
        migration = threading.Thread(target=migrate, args=(alias,), kwargs={"commitments": "0012"})
        migration.start()
        wait_until(place, f"SELECT EXISTS (SELECT FROM pg_locks WHERE {taken})")
        asked.execute(read + "revision")  # goes through, as the migration has let go
        writer.commit()
        migration.join(timeout=60)
        applied = place.ask("SELECT name FROM django_migrations WHERE app = 'commitments' ORDER BY name")
    assert applied[-1][0].startswith("0012")
    assert "made again" in capsys.readouterr().err


def changed(before: dict, after: dict) -> set[str]:
    return {name for name in before | after if before.get(name) != after.get(name)}
