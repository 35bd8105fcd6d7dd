"""A filled database, made once in each process of a run and copied for whoever breaks it; and the app upon it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from reporting.management.securing import WEB_ROLE
from tests.lost.asking import Caller
from tests.lost.clusters import DATABASE, Cluster, Programs, running
from tests.lost.serving import ROOT, Served, environment


@dataclass
class Prepared:
    """The template: who is in it, its files, and (for PostgreSQL) the programs that read them."""

    folder: Path
    facts: dict[str, Any]
    programs: Programs | None = None
    cluster: Cluster | None = None


@dataclass
class Place:
    """A database of one's own on a disk, and the app that is served upon it."""

    folder: Path
    facts: dict[str, Any]
    url: str
    served: Served
    cluster: Cluster | None = None
    updates: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.updates = list(self.facts["updates"])

    def caller(self, email: str) -> Caller:
        return Caller(self.served.port, self.facts["tokens"][email])

    def secretariat(self, role: str) -> Caller:
        return self.caller(self.facts["secretariat"][role])

    @property
    def file(self) -> Path:
        """Of SQLite."""
        return self.folder / "tracker.sqlite3"

    def ask(self, question: str) -> list[tuple]:
        """Straight from the database, past the app."""
        if self.cluster:
            return self.cluster.ask(question)
        with closing(sqlite3.connect(self.file, timeout=20)) as database:
            return database.execute(question).fetchall()


@pytest.fixture(scope="session")
def prepared(django_db_setup: None, django_db_blocker: Any) -> Iterator[Prepared]:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # who ends the run ends all that it has started
    with tempfile.TemporaryDirectory(prefix="lost-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL's account passes through
        with django_db_blocker.unblock():
            yield _on_postgresql(folder) if connection.vendor == "postgresql" else _on_sqlite(folder)


def _on_sqlite(folder: Path) -> Prepared:
    """The tables as the tests have them, so that no migration is made twice."""
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / "tracker.sqlite3")) as copy:
        connection.connection.backup(copy)
    facts = _fill(f"sqlite:///{folder}/tracker.sqlite3", folder)
    with closing(sqlite3.connect(folder / "tracker.sqlite3")) as filled:
        filled.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Prepared(folder, facts)


def _on_postgresql(folder: Path) -> Prepared:
    programs = Programs(folder)
    cluster = Cluster(programs, programs.new_folder(folder, "template"), fsync="off")
    cluster.make()
    with running(cluster):
        cluster.ask(f"CREATE DATABASE {DATABASE}", database="postgres")
        settings = connection.settings_dict
        where = {"PGHOST": settings["HOST"] or settings["OPTIONS"].get("host", ""), "PGUSER": settings["OWNER"]}
        where |= {"PGPORT": str(settings["PORT"] or 5432), "PGPASSWORD": settings["PASSWORD"]}
        whole = ("pg_dump", settings["NAME"], "--no-owner", "--no-privileges")
        dump = programs.run(*whole, cwd=folder, env=os.environ | where).stdout
        programs.run("psql", "-q", "-v", "ON_ERROR_STOP=1", cluster.url(), cwd=folder, input=dump)
        facts = _fill(cluster.url(), folder)
        secured = [sys.executable, "manage.py", "secure_database"]
        subprocess.run(secured, cwd=ROOT, env=environment(cluster.url(), folder), check=True, capture_output=True)
        cluster.stop()
    return Prepared(folder, facts, programs, cluster)


def _fill(url: str, folder: Path) -> dict[str, Any]:
    facts = folder / "facts.json"
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_URL": url}  # for its quick passwords
    command = [sys.executable, "-m", "tests.lost.filling", facts]
    subprocess.run(command, cwd=ROOT, env=environment(url, folder) | settings, check=True)
    return json.loads(facts.read_text())


@contextmanager
def place_of_its_own(prepared: Prepared, **settings: str) -> Iterator[Place]:
    """A copy of the filled database, and the app upon it; both end with the block, and so do their files."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="place-", dir=prepared.folder))
        folder.chmod(0o755)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        cluster = None
        if prepared.cluster:
            cluster = Cluster(prepared.programs, prepared.programs.new_folder(folder, "of"), **settings)
            stack.enter_context(running(cluster.copy_of(prepared.cluster)))
            url = cluster.url()
        else:
            shutil.copy(prepared.folder / "tracker.sqlite3", folder)
            url = f"sqlite:///{folder}/tracker.sqlite3"
        signed_in = cluster.url(user=WEB_ROLE) if cluster else url
        served = stack.enter_context(Served(signed_in, folder))
        yield Place(folder, prepared.facts, url, served, cluster)


@pytest.fixture(scope="session")
def place(prepared: Prepared) -> Iterator[Place]:
    """For all who break nothing: each takes drafts of its own from `updates`."""
    with place_of_its_own(prepared) as found:
        yield found


@pytest.fixture
def own_place(prepared: Prepared) -> Iterator[Place]:
    with place_of_its_own(prepared) as found:
        yield found
