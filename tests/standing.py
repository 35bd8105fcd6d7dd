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
from django.db.models import Model
from django.db.models.sql import InsertQuery
from django.utils import timezone

from reporting.management.loading.demonstration import load_demonstration_reports
from reporting.models import Report

Built = TypeVar("Built")
Statement = tuple[str, Any]  # and its values
THERE_ALREADY = {"contenttypes", "auth", "sites"}  # Django fills these as the tables are made
_standing: dict[tuple[Callable[[], Any], dt.date], tuple[bytes, list[Statement]]] = {}


def standing(build: Callable[[], Built]) -> Built:
    """What `build` builds today in an empty database. Its answer is copied, so no test sees another's."""
    built_on = build, timezone.now().date()
    if built_on not in _standing:
        built = build()
        _standing[built_on] = pickle.dumps(built), _insertions()
        return built
    pickled, insertions = _standing[built_on]
    with transaction.atomic(), connection.cursor() as cursor:  # a row may stand before the one it points at
        for statement, values in insertions:
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


def _insertions() -> list[Statement]:
    """What puts every row that stands now into an empty table."""
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.app_label not in THERE_ALREADY]
    return [statement for model in models for statement in _insertions_of(model)]


def _insertions_of(model: type[Model]) -> Iterator[Statement]:
    fields, rows = model._meta.local_concrete_fields, list(model._base_manager.order_by("pk"))
    size = max(connection.ops.bulk_batch_size(fields, rows), 1)
    for first in range(0, len(rows), size):
        query = InsertQuery(model)
        query.insert_values(fields, rows[first : first + size], raw=True)
        yield from query.get_compiler(connection=connection).as_sql()
