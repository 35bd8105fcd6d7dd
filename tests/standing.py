"""What many tests stand on is built once, by the moves of its people; every later test is given the same rows again.

Building a world takes some 150 questions to the database, putting the rows back one statement for each table, written
once. Keys are kept: on PostgreSQL a sequence never goes back, and SQLite counts on from the highest key.
"""

from __future__ import annotations

import datetime as dt
import io
import pickle
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Field, Model
from django.db.models.sql import InsertQuery, UpdateQuery
from django.utils import timezone

from reporting.management.loading.demonstration import load_demonstration_reports
from reporting.models import Report

Built = TypeVar("Built")
Statement = tuple[str, Any]  # and its values
Rows = dict[type[Model], dict[Any, Model]]
THERE_ALREADY = {"contenttypes", "auth", "sites"}  # Django fills these as the tables are made
_standing: dict[tuple[Callable[..., Any], tuple[str, ...], dt.date], tuple[bytes, list[Statement]]] = {}


def standing(build: Callable[..., Built], world: Any = None, *words: str) -> Built:
    """What `build` builds today, of these words, in an empty database; or upon a world that `standing` has put there.

    Its answer is copied, so no test sees another's.
    """
    built_on = build, words, timezone.now().date()
    if built_on not in _standing:
        before = _rows() if world else {}
        built = build(world, *words) if world else build(*words)
        _standing[built_on] = pickle.dumps(built), list(_changes(before, _rows()))
        return built
    pickled, changes = _standing[built_on]
    with transaction.atomic(), connection.cursor() as cursor:  # a row may stand before the one it points at
        for statement, values in changes:
            cursor.execute(statement, values)
    return pickle.loads(pickled)


def load_everything() -> str:
    """The plan, the baseline, partner activities and the demonstration's people. What the command prints."""
    out = io.StringIO()
    call_command("load_all", stdout=out)
    return out.getvalue()


def load_the_demonstration() -> list[Report]:
    """Everything, and the reports in the making on which the demonstration's people work, as `make run` begins."""
    standing(load_everything)
    return load_demonstration_reports()


def _rows() -> Rows:
    """Every row that stands now, by its table and key."""
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.app_label not in THERE_ALREADY]
    return {model: {row.pk: row for row in model._base_manager.order_by("pk")} for model in models}


def _changes(before: Rows, after: Rows) -> Iterator[Statement]:
    """What makes of the rows before those after. Nothing is ever deleted by a move."""
    for model, rows in after.items():
        stood = before.get(model, {})
        assert stood.keys() <= rows.keys()
        yield from _insertions([row for key, row in rows.items() if key not in stood])
        for key, row in stood.items():
            if changed := [one for one in model._meta.local_concrete_fields if _of(row, one) != _of(rows[key], one)]:
                yield _change(rows[key], changed)


def _of(row: Model, field: Field) -> Any:
    return getattr(row, field.attname)


def _insertions(rows: list[Model]) -> Iterator[Statement]:
    if not rows:
        return
    model = type(rows[0])
    fields = model._meta.local_concrete_fields
    size = max(connection.ops.bulk_batch_size(fields, rows), 1)
    for first in range(0, len(rows), size):
        query = InsertQuery(model)
        query.insert_values(fields, rows[first : first + size], raw=True)
        yield from query.get_compiler(connection=connection).as_sql()


def _change(row: Model, fields: list[Field]) -> Statement:
    query = UpdateQuery(type(row))
    query.add_filter("pk", row.pk)
    query.add_update_fields([(field, None, _of(row, field)) for field in fields])
    return query.get_compiler(connection=connection).as_sql()
