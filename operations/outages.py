"""When the database is away, full, read-only or out of connections: an answer that asks to come back, never a bug."""

from __future__ import annotations

import sqlite3

from django.db import DatabaseError, Error, InterfaceError, InternalError, OperationalError

# PostgreSQL's codes
READ_ONLY = "25006"  # its driver counts it among internal errors
DEADLOCK = "40P01"
COME_BACK_AFTER = 5  # seconds


def is_outage(exception: BaseException | None) -> bool:
    """Whether the database could not answer, and may when asked again. A wrong question is no outage.

    On SQLite a missing table is an operational error like a full disk: its general code tells them apart. Of a
    connection that breaks in mid-answer psycopg2 says so by the bare DatabaseError: no server gave it a code.
    """
    if isinstance(exception, InternalError):
        return _code_of(exception) == READ_ONLY
    if isinstance(exception, OperationalError):
        return getattr(exception.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR
    return isinstance(exception, InterfaceError) or type(exception) is DatabaseError


def is_deadlock(exception: BaseException) -> bool:
    """Whether two waited for each other, and this one was taken back: it has changed nothing."""
    return _code_of(exception) == DEADLOCK


def _code_of(exception: BaseException) -> str | None:
    return getattr(exception.__cause__, "pgcode", None)


def reason_of(exception: BaseException | None) -> str:
    """What the database says of itself: the first line, without the rows that may stand below it."""
    return str(exception).partition("\n")[0] if isinstance(exception, Error) else ""
