"""A backup is put back: read through first, written whole or not at all, and compared to the last row after."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from knox.models import get_token_model

from commitments.verification import broken_links
from operations.backups import files, postgresql, rows, sums
from operations.backups.beside import asking, opened
from operations.backups.manifest import FILES, FORM_NOW, NAME, Manifest
from operations.backups.rows import Tally

# What migrations write by themselves, and counters of limits: nobody's work.
NOBODY_S_WORK = {"django_migrations", "django_content_type", "auth_permission", "cache"}


class NotRestoredError(Exception):
    """Why not, in a sentence. Nothing has been changed."""


class NotEqualError(Exception):
    """What is there now is not what the backup says: it must not be used."""


def read(folder: Path) -> Manifest:
    """What the backup says of itself, once every byte of it has been read and is what it was."""
    if not (folder / sums.NAME).is_file() or not (folder / NAME).is_file():
        raise NotRestoredError(_("%(folder)s is no backup, or not a whole one.") % {"folder": folder})
    if altered := list(sums.wrong(folder)):
        raise NotRestoredError(_("Not as they were written: %(files)s.") % {"files": ", ".join(altered)})
    manifest = Manifest.read(folder)
    known = MigrationLoader(None).graph.nodes
    if manifest.form_of_backup != FORM_NOW or any(key not in known for key in manifest.migrations):
        raise NotRestoredError(_("A newer version made this backup: restore it with that one."))
    return manifest


def restore(folder: Path, manifest: Manifest, *, overwrite: bool = False) -> None:
    """Put the database back as the backup has it, bring it to this version's migrations, and put the files back.

    Raises NotRestoredError before anything is written, and NotEqualError where what is there then does not add up.
    """
    _refuse_to_overwrite(folder) if not overwrite else None
    if manifest.form == "pg_dump":
        _from_dump(manifest.database(folder))
        expected = manifest.tables
    elif connection.vendor == "sqlite":
        _from_file(manifest.database(folder))
        expected = manifest.tables
    else:
        expected = _from_rows(folder, manifest)
    compare(expected, rows.tallies(DEFAULT_DB_ALIAS))
    call_command("migrate", verbosity=0)
    files.bring_back(folder / FILES)
    if broken := [str(found) for found in broken_links()]:
        raise NotEqualError("; ".join(broken))


def compare(expected: dict[str, Tally], found: dict[str, Tally]) -> None:
    """Raise NotEqualError naming each table whose rows are not those of the backup."""
    if different := sorted(name for name in expected | found if expected.get(name) != found.get(name)):
        raise NotEqualError(_("Other rows than in the backup: %(tables)s.") % {"tables": ", ".join(different)})


def end_sign_ins() -> None:
    """A session or token that was ended since the backup would open doors again; counters of limits are past."""
    Session.objects.all().delete()
    get_token_model().objects.all().delete()
    cache.clear()


def _refuse_to_overwrite(folder: Path) -> None:
    if filled := [table for table in connection.introspection.table_names() if _has_rows(table)]:
        named = ngettext("The database is not empty: %(count)d table has rows.",
                         "The database is not empty: %(count)d tables have rows.", len(filled))  # fmt: skip
        raise NotRestoredError(named % {"count": len(filled)})
    if names := files.in_the_way(folder / FILES):
        raise NotRestoredError(_("Other files stand in their place: %(files)s.") % {"files": ", ".join(names)})


def _has_rows(table: str) -> bool:
    if table in NOBODY_S_WORK:
        return False
    with connection.cursor() as cursor:
        # The name is that of a table of ours, and quoted.
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # nosec B608  # noqa: S608
        return cursor.fetchone() is not None


def _from_dump(file: Path) -> None:
    if connection.vendor != "postgresql" or not postgresql.is_there("pg_restore"):
        raise NotRestoredError(_("This is a dump of PostgreSQL: it needs PostgreSQL, and pg_restore on this machine."))
    postgresql.empty(DEFAULT_DB_ALIAS)
    postgresql.restore(DEFAULT_DB_ALIAS, file)


def _from_file(file: Path) -> None:
    """SQLite's own copying, page by page, in one transaction of the database that is written over."""
    connection.ensure_connection()
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True)) as copy:
        copy.backup(connection.connection)


def _from_rows(folder: Path, manifest: Manifest) -> dict[str, Tally]:
    """Row by row into empty tables of PostgreSQL. Returns what they have to add up to, at this version's migrations."""
    with _of_this_version(manifest.database(folder), manifest) as alias:
        postgresql.empty(DEFAULT_DB_ALIAS)
        call_command("migrate", verbosity=0)
        rows.copy(alias, DEFAULT_DB_ALIAS)
        return rows.tallies(alias)


@contextmanager
def _of_this_version(file: Path, manifest: Manifest) -> Iterator[str]:
    """The backup's own file; an older one as a copy that has had the migrations since."""
    if rows.is_of_this_version(manifest.migrations):
        with opened(file) as alias:
            yield alias
        return
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / file.name
        sums.copied(file, copy)
        with opened(copy, writable=True) as alias:
            with asking(alias):
                call_command("migrate", database=alias, verbosity=0)
            yield alias
