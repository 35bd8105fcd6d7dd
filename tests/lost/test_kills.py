"""B4: whatever is killed under load, every acknowledged write is there afterwards, and nobody repairs anything."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from random import Random

import pytest

from tests.depth import chance, rounds
from tests.lost.checker import faults
from tests.lost.conftest import Place
from tests.lost.serving import manage
from tests.lost.writing import Journal, Writers

pytestmark = pytest.mark.django_db
WRITERS = 6
BEFORE, AFTER = rounds(60, 240), 20  # writes acknowledged around each kill
KILLS = rounds(2, 100)  # on each engine
VERIFIED = 10  # every how many kills the whole record is verified


def worker(place: Place, chance: Random) -> None:
    place.served.kill_worker(chance)


def master(place: Place, chance: Random) -> None:
    place.served.kill_master()
    place.served.start()


def backend(place: Place, chance: Random) -> None:
    if backends := place.cluster.backends():
        with suppress(ProcessLookupError):
            os.kill(chance.choice(backends), signal.SIGKILL)


def whole_database(how: int) -> Callable[[Place, Random], None]:
    def kill(place: Place, chance: Random) -> None:
        place.cluster.stop(how)
        place.cluster.start()

    return kill


KINDS = {"worker": worker, "master": master}
OF_POSTGRESQL = {"backend": backend, "immediate": whole_database(signal.SIGQUIT), "all": whole_database(signal.SIGKILL)}


@pytest.mark.battery("B4")
def test_what_was_acknowledged_outlives_every_kill(own_place: Place, tally) -> None:
    draw, journal = chance("B4"), Journal(own_place.folder / "journal")
    kinds = KINDS | (OF_POSTGRESQL if own_place.cluster else {})
    order = [kind for _ in range(KILLS) for kind in draw.sample(sorted(kinds), len(kinds))][:KILLS]
    refusals: set[int] = set()

    for number, kind in enumerate(order, 1):
        with Writers(own_place, journal, WRITERS) as writers:
            writers.wait_for(BEFORE)
            time.sleep(draw.uniform(0, 0.05))
            kinds[kind](own_place, draw)
            writers.wait_for(AFTER)
        assert not writers.failures
        refusals |= {status for writer in writers.writers for status in writer.refusals}
        assert faults(journal.path, own_place.url) == [], kind
        if number % VERIFIED == 0 or number == KILLS:
            verified = manage(own_place.url, own_place.folder, "verify_chains")
            assert verified.returncode == 0, verified.stdout + verified.stderr

    check_files(own_place)
    assert refusals <= {503}
    tally(kills=KILLS, writes=journal.told)


def check_files(place: Place) -> None:
    """The engine's own word that nothing in its files is broken; it ends PostgreSQL, whose checksums are read at rest.

    The wheel of PostgreSQL that the tests bring has no amcheck.
    """
    if place.cluster:
        place.cluster.stop()
        place.cluster.programs.run("pg_checksums", "--check", "-D", place.cluster.files, cwd=place.cluster.folder)
        return
    with closing(sqlite3.connect(place.file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
