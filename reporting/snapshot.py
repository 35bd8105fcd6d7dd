"""One consistent view of the database for everything a report reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see the database as it was at the first of them; writers are neither seen nor held up.

    Inside a transaction that runs already its view is taken as it is: isolation cannot be changed half-way.
    """
    if connection.in_atomic_block:
        yield
        return
    opened = _repeatable if connection.vendor == "postgresql" else _deferred
    with opened():
        yield


@contextmanager
def _repeatable() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def _deferred() -> Iterator[None]:
    """SQLite: the project's transactions are IMMEDIATE, which would take the write lock only to read."""
    connection.ensure_connection()  # connecting sets the mode
    database: Any = connection
    usual, database.transaction_mode = database.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            database.transaction_mode = usual
            yield
    finally:
        database.transaction_mode = usual
