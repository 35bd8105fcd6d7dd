"""A database beside the site's own, for as long as a block lasts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections, router

ALIAS = "backup"


@contextmanager
def opened(file: Path, *, writable: bool = False) -> Iterator[str]:
    """The alias of this SQLite file. Read, nothing is written beside it; written, nothing waits for the disk."""
    name = str(file) if writable else f"{file.resolve().as_uri()}?immutable=1"
    pragma = "PRAGMA synchronous=OFF; PRAGMA recursive_triggers=ON;" if writable else "PRAGMA query_only=ON;"
    options = {"init_command": pragma, **({"transaction_mode": "IMMEDIATE"} if writable else {})}
    one = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}}
    connections.settings[ALIAS] = connections.configure_settings(one)["default"]
    try:
        yield ALIAS
    finally:
        connections[ALIAS].close()
        del connections[ALIAS], connections.settings[ALIAS]


@contextmanager
def asking(alias: str) -> Iterator[None]:
    """Every question goes to this database, that of a migration and that of the chains too, which name none."""
    usual, router.routers = router.routers, [_One(alias)]
    try:
        yield
    finally:
        router.routers = usual


class _One:
    def __init__(self, alias: str) -> None:
        self.alias = alias

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return self.alias

    db_for_write = db_for_read
