"""The JSON of a noun, declared once: every name, its type, and where its value is read.

Lists and details read the same declaration as tuples, so a page costs one query however many rows it has, plus
one for each `Gathered` column asked for. The OpenAPI document is made from it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from commitments.mandates import Mandate

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One value of a row, read from one ORM path, or made of several. A name that begins with `_` is never shown."""

    name: str
    path: str | tuple[str, ...]
    type: Any = None  # a DRF field, for the OpenAPI document
    make: Callable[..., Any] | None = None  # the values at the paths -> the value shown
    in_list: bool = True

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,) if isinstance(self.path, str) else self.path


@dataclass(frozen=True)
class Gathered:
    """A value that needs more than the row: found for all rows of a page at once, in a fixed number of queries."""

    name: str
    type: Any
    gather: Callable[[list[Row], Mandate], Sequence[Any]]  # one value for each row, in their order
    needs: tuple[str, ...] = ("_pk",)
    in_list: bool = True


@dataclass(frozen=True, eq=False)
class Shape:
    """All columns of a noun. `mask` blanks in a row what this reader may not read; it needs the columns named."""

    title: str
    columns: tuple[Column | Gathered, ...]
    mask: Callable[[Row, Mandate], None] | None = None
    mask_needs: tuple[str, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if not column.name.startswith("_"))

    @cached_property
    def list_names(self) -> tuple[str, ...]:
        shown = [column for column in self.columns if column.in_list]
        return tuple(column.name for column in shown if not column.name.startswith("_"))

    @cached_property
    def serializer(self) -> type[serializers.Serializer]:
        """For the OpenAPI document only; no row is ever serialized through it."""
        fields = {column.name: column.type for column in self.columns if column.name in self.names}
        return type(f"{self.title}Serializer", (serializers.Serializer,), fields)

    def read(
        self, queryset: QuerySet, names: Iterable[str], mandate: Mandate, order: tuple[str, ...] = ()
    ) -> tuple[list[Row], list[tuple]]:
        """The rows as dictionaries, and beside each the values of its `order` paths."""
        plan = _plan(self, tuple(names), order)
        tuples = list(queryset.values_list(*plan.paths))
        rows = [plan.row(values) for values in tuples]
        for name, gather in plan.gathers:
            for row, value in zip(rows, gather(rows, mandate), strict=True):
                row[name] = value
        if self.mask:
            for row in rows:
                self.mask(row, mandate)
        return [plan.shown(row) for row in rows], [plan.key(values) for values in tuples]


@dataclass
class _Plan:
    """How one selection of columns is read: compiled once, used for every row."""

    names: tuple[str, ...]
    order: tuple[str, ...]
    paths: list[str] = field(default_factory=list)  # each once
    labels: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)  # of the labels' values among the paths
    makes: list[tuple[str, Callable[..., Any], tuple[int, ...]]] = field(default_factory=list)
    gathers: list[tuple[str, Callable[..., Sequence[Any]]]] = field(default_factory=list)

    def place(self, path: str) -> int:
        if path not in self.paths:
            self.paths.append(path)
        return self.paths.index(path)

    def add(self, column: Column) -> None:
        places = tuple(self.place(path) for path in column.paths)
        self.labels.append(column.name)
        self.places.append(places[0])
        if column.make:
            self.makes.append((column.name, column.make, places))

    def row(self, values: tuple) -> Row:
        row = {label: values[place] for label, place in zip(self.labels, self.places, strict=True)}
        for name, make, places in self.makes:
            row[name] = make(*[values[place] for place in places])
        return row

    def key(self, values: tuple) -> tuple:
        return tuple(values[self.paths.index(path)] for path in self.order)

    def shown(self, row: Row) -> Row:
        return {name: row[name] for name in self.names}


@lru_cache(maxsize=512)
def _plan(shape: Shape, names: tuple[str, ...], order: tuple[str, ...]) -> _Plan:
    plan = _Plan(names, order)
    wanted = set(names) | set(shape.mask_needs)
    for column in reversed(shape.columns):  # a gathered column may need one that stands before it
        if isinstance(column, Gathered) and column.name in wanted:
            wanted |= set(column.needs)
    for column in shape.columns:
        if column.name not in wanted:
            continue
        if isinstance(column, Gathered):
            plan.gathers.append((column.name, column.gather))
        else:
            plan.add(column)
    for path in order:
        plan.place(path)
    return plan


def join_key(*parts: Any) -> str:
    """A natural key: its parts with colons between."""
    return ":".join(map(str, parts))
