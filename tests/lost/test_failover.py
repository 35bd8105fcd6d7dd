"""B8: the primary dies under load, its synchronous standby takes over, and no acknowledged word is lost."""

from __future__ import annotations

import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection

from reporting.management.securing import WEB_ROLE
from tests.depth import chance, rounds
from tests.lost.checker import faults
from tests.lost.clusters import DATABASE, Cluster, free_port, running
from tests.lost.conftest import Place, Prepared
from tests.lost.serving import Served, manage
from tests.lost.writing import Journal, Writers

IS_LITE = connection.vendor == "sqlite"
WITHOUT = pytest.mark.skipif(IS_LITE, reason="there is no standby of SQLite on this machine, or on any")
pytestmark = [pytest.mark.django_db, WITHOUT]
WRITERS, BEFORE, AFTER = 6, rounds(40, 150), 20
BACK_WITHIN = 15.0  # seconds


@dataclass
class Pair:
    """A primary, its standby, and the app that knows of both."""

    place: Place
    primary: Cluster
    standby: Cluster

    def fail_over(self) -> None:
        """The primary is gone without a word; whoever watches it promotes the standby."""
        self.primary.stop(signal.SIGKILL)
        self.standby.ask("SELECT pg_promote()", database="postgres")


@contextmanager
def pair_of(prepared: Prepared, *, is_synchronous: bool) -> Iterator[Pair]:
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="pair-", dir=prepared.folder))
        folder.chmod(0o755)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        programs = prepared.programs
        clusters = [Cluster(programs, programs.new_folder(folder, name), free_port()) for name in ("one", "two")]
        primary, standby = clusters
        stack.enter_context(running(primary.copy_of(prepared.cluster)))
        stack.enter_context(running(standby.follow(primary)))
        while not primary.ask("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'", database="postgres"):
            time.sleep(0.02)
        wait_for_standby(primary, "ANY 1 (*)" if is_synchronous else "")
        hosts = ",".join(f"127.0.0.1:{one.port}" for one in clusters)
        url = f"postgres://{{}}@{hosts}/{DATABASE}?target_session_attrs=read-write&connect_timeout=3"
        served, url = stack.enter_context(Served(url.format(WEB_ROLE), folder)), url.format("postgres")
        yield Pair(Place(folder, prepared.facts, url, served, standby), primary, standby)


def wait_for_standby(primary: Cluster, names: str) -> None:
    primary.ask(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'", database="postgres")
    primary.ask("SELECT pg_reload_conf()", database="postgres")
    while primary.ask("SHOW synchronous_standby_names", database="postgres") != [(names,)]:
        time.sleep(0.02)


def one_round(prepared: Prepared, turn: int, *, is_synchronous: bool) -> tuple[int, float, list[str]]:
    """Writes acknowledged, seconds until the next one after the primary's end, and what is not there."""
    with pair_of(prepared, is_synchronous=is_synchronous) as pair:
        journal = Journal(pair.place.folder / "journal")
        with Writers(pair.place, journal, WRITERS) as writers:
            writers.wait_for(BEFORE)
            time.sleep(chance("B8", turn).uniform(0, 0.05))
            gone_at = time.monotonic()
            pair.fail_over()
            told = journal.told
            writers.wait_for(1)
            back = time.monotonic() - gone_at
            writers.wait_for(AFTER)
        assert journal.told > told
        assert not writers.failures
        missing = faults(journal.path, pair.standby.url())
        verified = manage(pair.place.url, pair.place.folder, "verify_chains")
        assert verified.returncode == 0, verified.stdout + verified.stderr
        return journal.told, back, missing


@pytest.mark.battery("B8")
def test_the_synchronous_standby_has_every_acknowledged_write(prepared: Prepared, tally) -> None:
    for turn in range(rounds(1, 20)):
        told, back, missing = one_round(prepared, turn, is_synchronous=True)
        assert missing == []
        assert back <= BACK_WITHIN
        tally(failovers=1, writes=told, milliseconds_until_back=round(1000 * back))


@pytest.mark.in_full
@pytest.mark.battery("B8")
def test_what_an_asynchronous_standby_loses_is_measured_and_not_claimed(prepared: Prepared, tally) -> None:
    for turn in range(5):
        told, _back, missing = one_round(prepared, turn, is_synchronous=False)
        lost = sum("acknowledged and lost" in fault for fault in missing)
        tally(asynchronous_failovers=1, asynchronous_writes=told, asynchronous_writes_lost=lost)


@pytest.mark.in_full
@pytest.mark.battery("B8")
def test_without_its_standby_nothing_is_acknowledged_until_it_is_released(prepared: Prepared, tally) -> None:
    """As docs/failover.md tells whoever is called at night."""
    with pair_of(prepared, is_synchronous=True) as pair:
        update, answers = pair.place.updates[0], []
        hand, where = pair.place.caller(update["focal"]), f"updates/{update['key']}/"
        writing = Thread(target=lambda: answers.append(hand.write("PATCH", where, {"results": "One."}, version=0)))
        pair.standby.stop(signal.SIGKILL)
        writing.start()
        writing.join(timeout=3)
        assert answers == []

        wait_for_standby(pair.primary, "")
        writing.join(timeout=BACK_WITHIN)
        assert [answer.status for answer in answers] == [200]
    tally(releases=1)
