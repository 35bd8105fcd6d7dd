"""The rows of a database, table by table, in a form in which every engine says the same.

Tables are those of the migrations that the database itself has had, so an older backup is read as what it was. The
table of the shared cache is none of them: counters of limits are no record.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from typing import Any, TypedDict

from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from django.db.models.sql import InsertQuery

AT_ONCE = 500  # rows in memory
Models = list[type[Model]]


class Tally(TypedDict):
    """What a table adds up to."""

    rows: int
    sha256: str


def applied(alias: str) -> list[tuple[str, str]]:
    """The migrations this database has had, of the apps that are known here."""
    loader = MigrationLoader(connections[alias])
    return sorted(key for key in loader.applied_migrations if key in loader.graph.nodes)


def is_of_this_version(migrations: list[tuple[str, str]]) -> bool:
    """Whether these are all the migrations that are known here."""
    return set(migrations) == set(MigrationLoader(None).graph.nodes)


def tables(alias: str) -> Models:
    """Its tables as models, by name: with those between two of them, without those that nobody manages."""
    loader = MigrationLoader(connections[alias])
    nodes = [key for key in loader.applied_migrations if key in loader.graph.nodes]
    models = loader.project_state(nodes).apps.get_models(include_auto_created=True) if nodes else []
    own = (model for model in models if model._meta.managed and not model._meta.proxy)
    return sorted(own, key=lambda model: model._meta.db_table)


def tallies(alias: str) -> dict[str, Tally]:
    """Every table's number of rows, and the digest of them in the order of their keys."""
    return {model._meta.db_table: _tally(model, alias) for model in tables(alias)}


def copy(source: str, target: str) -> None:
    """Put all rows of one database into another of the same migrations, with their keys, all or none of them.

    What the migrations themselves had written there gives way. No field is given a chance to write its own value,
    and nothing is updated: the append-only tables take rows as at any time.
    """
    with transaction.atomic(using=target):
        pairs = list(zip(tables(source), tables(target), strict=True))
        for _, to in pairs:
            if to._base_manager.using(target).exists():
                to._base_manager.using(target).all()._raw_delete(target)
        for of, to in pairs:
            for rows in _in_parts(of, source):
                _insert(to, rows, target)
        with connections[target].cursor() as cursor:
            for statement in connections[target].ops.sequence_reset_sql(no_style(), [to for _, to in pairs]):
                cursor.execute(statement)


def _tally(model: type[Model], alias: str) -> Tally:
    digest, count = hashlib.sha256(), 0
    names = [field.attname for field in model._meta.local_concrete_fields]
    digest.update(json.dumps(names).encode())
    rows = model._base_manager.using(alias).order_by("pk").values_list(*names)
    for count, row in enumerate(rows.iterator(AT_ONCE), 1):  # noqa: B007
        digest.update(json.dumps(row, default=_plain, sort_keys=True).encode() + b"\n")
    return {"rows": count, "sha256": digest.hexdigest()}


def _plain(value: Any) -> str:
    """What JSON has no form for. An instant is the same in every zone."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def _in_parts(model: type[Model], alias: str) -> Iterator[list[Model]]:
    part: list[Model] = []
    for row in model._base_manager.using(alias).order_by("pk").iterator(AT_ONCE):
        part.append(row)
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _insert(model: type[Model], rows: list[Model], alias: str) -> None:
    fields = model._meta.local_concrete_fields
    size = max(connections[alias].ops.bulk_batch_size(fields, rows), 1)
    for first in range(0, len(rows), size):
        query = InsertQuery(model)
        query.insert_values(fields, rows[first : first + size], raw=True)
        query.get_compiler(using=alias).execute_sql()
