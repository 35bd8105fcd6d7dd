"""Denied by default: within a request, rows with an audience are read through a door, or a test fails.

A door is a method of a queryset that says for whom it reads (`visible_to` before all). What the domain itself must read
besides, it reads in the named places; a page, a noun of the API or a template is none of them. Every test that asks for
a page or an answer is a test of this too.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from commitments import querysets
from commitments.second_lock import SYSTEM, reader
from reporting.management.securing import locked_tables
from reporting.models import querysets as report_querysets

ROOT = Path(querysets.__file__).parents[2]
OWN = tuple(f"{ROOT / folder}/" for folder in ("commitments", "reporting", "jpoa"))
DOORS = ("visible_to", "released_to", "shown_with_releases", "shown_with_updates", "checked_by", "coordinated_by",
         "returned_by_secretariat")  # fmt: skip
# Where rows are read without a door, and why no page tells of them what it may not.
NAMED_PLACES = {
    "commitments/models/": "the domain, under its own locks: what it hands out was asked for through a door",
    "reporting/models/": "the same of reports",
    "reporting/queries/": "for an audience, not for a person: its doors are released_to and in_force",
    "reporting/signing.py": "what a coordinator signs for, once their mandate is known: the State's own",
    "commitments/readings.py": "which evidence everybody may see, and the log itself, which is only added to",
    "reporting/readings.py": "which comments stand in a file that the reader is given",
    "commitments/telling/deadlines.py": "how often the dates of a cycle were set",
    "commitments/screens/comparing.py": "evidence of two revisions that the reader reads whole",
    "commitments/desk/batches.py": "of which State the rows are that the secretariat chose itself",
}
# Rows of agencies, of reports in the making and of what one person was sent hang on others that were asked for.
HANGING_ON = "agency batchrow passage passageversion recommendation reportfile reminder reading invitation storedreply"
TABLES = frozenset(table for table in locked_tables() if table.partition("_")[2] not in HANGING_ON.split())
seen: set[str] = set()


def _scoped(door: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(door)
    def through(*args: Any, **options: Any) -> Any:
        found = door(*args, **options)
        found.query.goes_through_a_door = True  # clones of a query take it along
        return found

    return through


def _place() -> str:
    """The innermost line of the project's own that asks."""
    frame: Any = sys._getframe(2)
    while frame and not frame.f_code.co_filename.startswith(OWN):
        frame = frame.f_back
    return f"{Path(frame.f_code.co_filename).relative_to(ROOT)}:{frame.f_lineno}" if frame else ""


def _watch(query: Any) -> None:
    if reader() in ("", SYSTEM) or getattr(query, "goes_through_a_door", False):
        return
    tables = {one.table_name for name, one in query.alias_map.items() if query.alias_refcount[name]} & TABLES
    if tables and (place := _place()) and not place.startswith(tuple(NAMED_PLACES)):
        seen.add(f"{place} reads {', '.join(sorted(tables))}")


@pytest.fixture(autouse=True, scope="session")
def _tripwire() -> Iterator[None]:
    plain = SQLCompiler.execute_sql

    def execute_sql(self: SQLCompiler, *args: Any, **options: Any) -> Any:
        _watch(self.query)
        return plain(self, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        for module in (querysets, report_querysets):
            for one in vars(module).values():
                if isinstance(one, type) and issubclass(one, QuerySet):
                    for name in vars(one).keys() & set(DOORS):
                        patch.setattr(one, name, _scoped(getattr(one, name)))
        patch.setattr(SQLCompiler, "execute_sql", execute_sql)
        yield


@pytest.fixture(autouse=True)
def nothing_is_read_but_through_a_door() -> Iterator[None]:
    seen.clear()
    yield
    assert not seen, "read without a door: " + "; ".join(sorted(seen))
