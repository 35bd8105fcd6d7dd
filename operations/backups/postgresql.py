"""PostgreSQL's own programs, where they are: pg_dump of one snapshot, pg_restore all or nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections, transaction
from psycopg2.extensions import make_dsn

# Whose tables they are and who may read them is the new server's to say: nobody may until that is set up.
WITHOUT_OWNERS = ("--no-owner", "--no-privileges")


class ProgramFailedError(Exception):
    """What the program said."""


def is_there(program: str) -> bool:
    return shutil.which(program) is not None


@contextmanager
def snapshot(alias: str) -> Iterator[str]:
    """One snapshot for everything that is asked in this block, and its name for other connections.

    Row-level security is off: should it apply to this role, PostgreSQL refuses, where otherwise rows would be missing.
    """
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL row_security = off")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def dump(alias: str, name: str, file: Path) -> None:
    """Write what the snapshot of this name holds, in pg_dump's custom format."""
    _run("pg_dump", alias, "--format=custom", f"--snapshot={name}", *WITHOUT_OWNERS, f"--file={file}")


def restore(alias: str, file: Path) -> None:
    """Bring it back into an empty database, whole or not at all."""
    _run("pg_restore", alias, "--single-transaction", "--exit-on-error", *WITHOUT_OWNERS, str(file))


def empty(alias: str) -> None:
    """Remove everything that stands in the database's own schema."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        cursor.execute(f"DROP SCHEMA {schema} CASCADE; CREATE SCHEMA {schema}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO PUBLIC")  # as a new database has it


def _run(program: str, alias: str, *options: str) -> None:
    parameters, password = _connected(alias)
    command = [program, *options, f"--dbname={make_dsn(**parameters)}"]
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    # A program of PostgreSQL by its name, its words one by one and no shell between.
    done = subprocess.run(  # nosec B603  # noqa: S603
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ProgramFailedError(f"{program}: {done.stderr.strip()}")


def _connected(alias: str) -> tuple[dict[str, Any], str]:
    """How this connection was made; its password apart, for no list of processes to show it."""
    connection = connections[alias]
    connection.ensure_connection()
    return connection.connection.get_dsn_parameters(), connection.settings_dict["PASSWORD"]
