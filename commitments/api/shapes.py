"""The JSON of a noun, declared once: every name, its type, and where its value is read.

Lists and details read the same declaration as tuples, so a page costs one query however many rows it has, plus
one for each relation read `apart` and one for each `Gathered` column asked for. The OpenAPI document is made from
it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any

from django.db.models import Model, QuerySet
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
    """All columns of a noun. `mask` blanks in a row what this reader may not read; it needs the columns named.

    What is read through a relation named in `apart` has a query of its own, for the few rows that stand behind a
    page: PostgreSQL takes several times longer to plan a join of ten tables than to read the page.
    """

    title: str
    columns: tuple[Column | Gathered, ...]
    mask: Callable[[Row, Mandate], None] | None = None
    mask_needs: tuple[str, ...] = ()
    apart: Mapping[str, type[Model]] = field(default_factory=dict)

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
        tuples = plan.read(queryset)
        rows = [plan.row(values) for values in tuples]
        for name, gather in plan.gathers:
            for row, value in zip(rows, gather(rows, mandate), strict=True):
                row[name] = value
        if self.mask:
            for row in rows:
                self.mask(row, mandate)
        return [plan.shown(row) for row in rows], [plan.key(values) for values in tuples]


class _Plan:
    """How one selection of columns is read: compiled once, used for every row."""

    def __init__(
        self, names: tuple[str, ...], order: tuple[str, ...], columns: list[Column], apart: Mapping[str, type[Model]]
    ) -> None:
        self.names = names
        self.gathers: list[tuple[str, Callable[..., Sequence[Any]]]] = []
        paths = list(dict.fromkeys([*[path for column in columns for path in column.paths], *order]))
        beside = {name: [path for path in paths if path.startswith(f"{name}__")] for name in apart}
        beside = {name: found for name, found in beside.items() if found}
        moved = {path for found in beside.values() for path in found}
        own = [path for path in paths if path not in moved] + [f"{name}_id" for name in beside]
        self.own = list(dict.fromkeys(own))
        self.beside = [
            (self.own.index(f"{name}_id"), apart[name], [path.removeprefix(f"{name}__") for path in found])
            for name, found in beside.items()
        ]
        place = {path: number for number, path in enumerate([*self.own, *chain(*beside.values())])}
        self.places = [(column.name, place[column.paths[0]]) for column in columns]
        self.makes = [(one.name, one.make, [place[path] for path in one.paths]) for one in columns if one.make]
        self.key_places = [place[path] for path in order]

    def read(self, queryset: QuerySet) -> list[tuple]:
        """The values of every path, the row's own first."""
        rows = list(queryset.values_list(*self.own))
        for place, model, paths in self.beside:
            keys = {row[place] for row in rows} - {None}
            read = model._default_manager.filter(pk__in=keys).values_list("pk", *paths) if keys else ()
            found = {None: (None,) * len(paths)} | {pk: values for pk, *values in read}
            rows = [(*row, *found[row[place]]) for row in rows]
        return rows

    def row(self, values: tuple) -> Row:
        row = {name: values[place] for name, place in self.places}
        for name, make, places in self.makes:
            row[name] = make(*[values[place] for place in places])
        return row

    def key(self, values: tuple) -> tuple:
        return tuple([values[place] for place in self.key_places])

    def shown(self, row: Row) -> Row:
        return {name: row[name] for name in self.names}


@lru_cache(maxsize=512)
def _plan(shape: Shape, names: tuple[str, ...], order: tuple[str, ...]) -> _Plan:
    wanted = set(names) | set(shape.mask_needs)
    for column in reversed(shape.columns):  # a gathered column may need one that stands before it
        if isinstance(column, Gathered) and column.name in wanted:
            wanted |= set(column.needs)
    chosen = [column for column in shape.columns if column.name in wanted]
    plan = _Plan(names, order, [column for column in chosen if isinstance(column, Column)], shape.apart)
    plan.gathers = [(column.name, column.gather) for column in chosen if isinstance(column, Gathered)]
    return plan


def join_key(*parts: Any) -> str:
    """A natural key: its parts with colons between."""
    return ":".join(map(str, parts))
