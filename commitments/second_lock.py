"""For whom the database is being read. On PostgreSQL it hides by itself the rows of which they may see nothing.

`visible_to(person)` is the first lock, this is the second: it holds where somebody forgot the first. Whoever reads is
named to the database with every statement and for that statement's transaction alone; while nobody is named, it shows
what is released to everybody. The rules themselves are in `reporting/management/second_lock.sql`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Row = TypeVar("Row")
NOBODY, SYSTEM = "nobody", "system"  # besides these a reader is the key of a person
_reader: ContextVar[str] = ContextVar("reader", default="")


def reader() -> str:
    """Who reads now; empty outside of any request."""
    return _reader.get()


@contextmanager
def reading_as(name: str) -> Iterator[None]:
    token = _reader.set(name)
    try:
        yield
    finally:
        _reader.reset(token)


def recognise(person_id: int) -> None:
    """From here to the end of the request this person reads."""
    _reader.set(str(person_id))


@contextmanager
def unlocked(why: str) -> Iterator[None]:
    """Read or write beyond what the reader may see, as the domain itself must here and there.

    Each place says why; `tests/hostile/test_second_lock.py` lists them all. What was read so never leaves the domain.
    Outside of a request nothing is locked in the first place.
    """
    if not reader():
        yield
        return
    with reading_as(SYSTEM):
        yield


def for_the_same_reader(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows that are sent one by one after the request has ended are read for whoever reads now."""
    name, left = reader(), iter(rows)
    while True:
        with reading_as(name):
            try:
                row = next(left)
            except StopIteration:
                return
        yield row
