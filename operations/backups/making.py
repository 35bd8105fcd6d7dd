"""A backup is made: the database at one instant, then the files, then what both add up to. Writers go on meanwhile."""

from __future__ import annotations

import datetime as dt
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections

from operations.backups import files, postgresql, rows, sums
from operations.backups.beside import asking, opened
from operations.backups.manifest import DATABASES, FILES, Form, Manifest
from operations.backups.rows import Tally

Rows = tuple[Form, list[tuple[str, str]], dict[str, Tally]]


class NotWholeError(Exception):
    """What was written is not what was read."""


def make(folder: Path, made_at: dt.datetime, *, portable: bool = False) -> Manifest:
    """Fill an empty folder. Raises NotWholeError where the copy does not add up."""
    engine = connections[DEFAULT_DB_ALIAS].vendor
    form, migrations, tables = _of_postgresql(folder, portable) if engine == "postgresql" else _of_sqlite(folder)
    (folder / FILES).mkdir(mode=0o700)
    count, size = files.take(folder / FILES)
    lost = _lost(folder, form)
    made = Manifest(
        made_at.isoformat(), _version(), engine, form, migrations, tables, files=count, bytes=size, missing=lost
    )
    made.write(folder)
    sums.write(folder)
    return made


def _of_sqlite(folder: Path) -> Rows:
    """SQLite's own copy of itself, taken while others write; then read as what it is."""
    file = folder / DATABASES["sqlite"]
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        if (found := copy.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            raise NotWholeError(found)
    with opened(file) as alias:
        return "sqlite", rows.applied(alias), rows.tallies(alias)


def _of_postgresql(folder: Path, portable: bool) -> Rows:
    alias = DEFAULT_DB_ALIAS
    with postgresql.snapshot(alias) as name:
        migrations, tables = rows.applied(alias), rows.tallies(alias)
        if not portable and postgresql.is_there("pg_dump"):
            postgresql.dump(alias, name, folder / DATABASES["pg_dump"])
            return "pg_dump", migrations, tables
        return "sqlite", migrations, _into_sqlite(folder / DATABASES["sqlite"], tables)


def _into_sqlite(file: Path, expected: dict[str, Tally]) -> dict[str, Tally]:
    """The same rows in a file of SQLite: every engine can be restored from it, and anybody can read it."""
    with opened(file, writable=True) as alias:
        with asking(alias):
            call_command("migrate", database=alias, verbosity=0)
        rows.copy(DEFAULT_DB_ALIAS, alias)
    with opened(file) as alias:
        written = rows.tallies(alias)
    if different := sorted(name for name in expected | written if written.get(name) != expected.get(name)):
        raise NotWholeError(", ".join(different))
    return expected


def _lost(folder: Path, form: Form) -> list[str]:
    """Files that a row of the copy names and that were not there to be taken."""
    if form == "pg_dump":
        return files.missing(DEFAULT_DB_ALIAS, folder / FILES)
    with opened(folder / DATABASES["sqlite"]) as alias:
        return files.missing(alias, folder / FILES)


def _version() -> str:
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
