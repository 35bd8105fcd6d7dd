"""The app as it is served, while its database is stopped, has no connection to give, takes no writes, or has no room:
no write is answered as done that was not, and nobody has to start the app again."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from tests.depth import rounds
from tests.lost.clusters import DATABASE, Cluster
from tests.lost.conftest import Place, Prepared
from tests.lost.serving import Served

pytestmark = [pytest.mark.battery("B7"), pytest.mark.django_db]
WRITES = rounds(8, 500)
ROOM = 8_000_000  # bytes of the disk that fills


@dataclass
class Writer:
    """Saves one draft, upon the version that it last read, and keeps what was acknowledged."""

    place: Place
    journal: list[int] = field(default_factory=list)

    def write(self, words: str = "It was done.") -> int:
        update = self.place.updates[0]
        caller, at = self.place.caller(update["focal"]), f"updates/{update['key']}/"
        version = self.journal[-1] if self.journal else 0
        answer = caller.write("PATCH", at, {"results": f"{words} {version + 1}"}, version=version)
        if answer.status == 200:
            self.journal.append(answer.body["version"])
        else:
            assert int(answer.headers["retry-after"]) > 0, answer
            assert answer.headers["content-type"] == "application/problem+json"
        return answer.status

    def many(self, words: str = "It was done.") -> set[int]:
        return {self.write(words) for _ in range(WRITES)}

    def kept(self) -> list[int]:
        asked = f"SELECT sequence FROM commitments_event WHERE subject = 'update:{self.place.updates[0]['key']}'"
        return sorted(sequence for (sequence,) in self.place.ask(asked))


@contextmanager
def stopped(cluster: Cluster) -> Iterator[None]:
    cluster.stop()
    yield
    cluster.start()


@contextmanager
def exhausted(cluster: Cluster) -> Iterator[None]:
    """Somebody else holds every connection that there is; those that the app had kept are taken from it."""
    held = []
    try:
        for _ in range(2):
            with pytest.raises(psycopg2.OperationalError, match="too many clients"):
                while True:
                    held.append(psycopg2.connect(cluster.url("postgres")))
            with held[0].cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [DATABASE]
                )
        yield
    finally:
        for one in held:
            one.close()


@contextmanager
def read_only(cluster: Cluster) -> Iterator[None]:
    """As a standby is, and a primary whose disk somebody is saving."""
    for setting in ("on", "off"):
        cluster.ask(f"ALTER SYSTEM SET default_transaction_read_only = {setting}", database="postgres")
        cluster.ask("SELECT pg_reload_conf()", database="postgres")
        if setting == "on":
            yield


def checked(writer: Writer, cause: Callable[[Cluster], AbstractContextManager[None]], cluster: Cluster) -> None:
    assert writer.many() == {200}
    with cause(cluster):
        assert writer.many() == {503}
    assert writer.write() == 200  # the very next, with nothing started again
    assert writer.kept() == writer.journal


@pytest.fixture
def on_a_small_disk(prepared: Prepared) -> Iterator[Place]:
    """The same on a file system of its own, which is soon full."""
    folder = Path(tempfile.mkdtemp())
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", folder], check=False)
    if mounted.returncode:
        pytest.skip("there is no right to mount a disk on this machine")
    try:
        shutil.copy(prepared.folder / "tracker.sqlite3", folder)
        with Served(f"sqlite:///{folder}/tracker.sqlite3", folder) as served:
            yield Place(folder, prepared.facts, served.url, served)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)  # a worker may be ending still
        folder.rmdir()


def test_the_database_goes_and_comes_back_and_nobody_starts_the_app_again(prepared, request, tally):
    if connection.vendor == "sqlite":
        return _a_full_disk(request.getfixturevalue("on_a_small_disk"), tally)
    place, causes = request.getfixturevalue("guarded"), (exhausted, stopped, read_only)
    writer = Writer(place)
    for cause in causes:
        checked(writer, cause, place.cluster)
    return tally(scenarios=len(causes), writes=len(causes) * WRITES)


def _a_full_disk(place: Place, tally: Callable[..., None]) -> None:
    writer, filler = Writer(place), place.folder / "filler"
    assert writer.many() == {200}
    with pytest.raises(OSError, match="No space"), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"0" * 65536)
            file.flush()
    found = [writer.write("Long. " * 3000) for _ in range(WRITES)]
    filler.unlink()

    assert found[-1] == 503 and set(found) <= {200, 503}
    assert writer.many() == {200}
    assert writer.kept() == writer.journal
    tally(scenarios=1, writes=WRITES)
