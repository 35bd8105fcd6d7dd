"""The JSON of a noun, declared once: every name, its type, and where its value is read.

Lists and details read the same declaration as tuples, so a page costs one query however many rows it has, plus
one for each relation read `apart` and one for each `Gathered` column asked for. The OpenAPI document is made from
it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from django.db.models import Model, QuerySet
from rest_framework import serializers

from commitments.api.kept import FIXED, facts
from commitments.mandates import Mandate
from commitments.readings import Words, told

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


@dataclass(frozen=True)
class Telling:
    """Which columns hold a State's words, and whose words a reader of these rows has read."""

    names: frozenset[str]
    of: Callable[[list[Row]], Iterable[Words | None]]
    needs: tuple[str, ...]

    def tell(self, rows: list[Row]) -> None:
        """Of rows that have anything in these columns."""
        told(*self.of([row for row in rows if any(row.get(name) for name in self.names)]))


@dataclass(frozen=True, eq=False)
class Shape:
    """All columns of a noun. `mask` blanks in a row what this reader may not read; it needs the columns named.

    What is read through a relation named in `apart` has a query of its own, for the few rows that stand behind a
    page: PostgreSQL takes several times longer to plan a join of ten tables than to read the page. Through one named
    in `kept`, what never changes comes from memory.
    """

    title: str
    columns: tuple[Column | Gathered, ...]
    mask: Callable[[Row, Mandate], None] | None = None
    mask_needs: tuple[str, ...] = ()
    apart: Mapping[str, type[Model]] = field(default_factory=dict)
    kept: Mapping[str, type[Model]] = field(default_factory=dict)
    telling: Telling | None = None

    def tells(self, names: Iterable[str]) -> Telling | None:
        """How to note who reads these columns, where words are among them."""
        return self.telling if self.telling and not self.telling.names.isdisjoint(names) else None

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if not column.name.startswith("_"))

    @cached_property
    def list_names(self) -> tuple[str, ...]:
        shown = [column for column in self.columns if column.in_list]
        return tuple(column.name for column in shown if not column.name.startswith("_"))

    @cached_property
    def serializer(self) -> type[serializers.Serializer]:
        """For the OpenAPI document only; no row is ever serialized through it. `fields=` may leave anything out."""
        fields = {column.name: _optional(column.type) for column in self.columns if column.name in self.names}
        return type(f"{self.title}Serializer", (serializers.Serializer,), fields)

    def read(
        self, queryset: QuerySet, names: Iterable[str], mandate: Mandate, order: tuple[str, ...] = (),
        *, shown: int | None = None,
    ) -> tuple[list[Row], list[tuple]]:  # fmt: skip
        """The rows as dictionaries, and beside each the values of its `order` paths.

        Who reads words in them is noted: of all rows, or of the first so many that are `shown`.
        """
        plan = _plan(self, tuple(names), order)
        tuples = plan.read(queryset)
        rows = [plan.row(values) for values in tuples]
        for name, gather in plan.gathers:
            for row, value in zip(rows, gather(rows, mandate), strict=True):
                row[name] = value
        if self.mask:
            for row in rows:
                self.mask(row, mandate)
        if telling := self.tells(plan.names):
            telling.tell(rows[:shown])
        return [plan.shown(row) for row in rows], [plan.key(values) for values in tuples]


@dataclass(frozen=True)
class _Beside:
    """What is read through one relation, besides the rows: from memory, or by one query."""

    key_place: int  # of the foreign key among the row's own values
    model: type[Model]
    paths: tuple[str, ...]
    is_kept: bool

    def of(self, rows: list[tuple]) -> dict[int | None, tuple]:
        """{key: values} for all the rows."""
        found: dict[int | None, tuple] = {None: (None,) * len(self.paths)}
        if keys := {row[self.key_place] for row in rows} - {None}:
            found |= self._kept(keys) if self.is_kept else self._read(keys)
        return found

    def _kept(self, keys: set[int]) -> dict[int | None, tuple]:
        known = facts(self.model, keys)
        return {key: tuple([known[key][path] for path in self.paths]) for key in keys}

    def _read(self, keys: set[int]) -> dict[int | None, tuple]:
        read = self.model._default_manager.filter(pk__in=keys).values_list("pk", *self.paths)
        return {key: tuple(values) for key, *values in read}


class _Plan:
    """How one selection of columns is read: compiled once, used for every row."""

    def __init__(self, shape: Shape, names: tuple[str, ...], order: tuple[str, ...], chosen: list[Any]) -> None:
        columns = [column for column in chosen if isinstance(column, Column)]
        self.gathers = [(column.name, column.gather) for column in chosen if isinstance(column, Gathered)]
        paths = list(dict.fromkeys([*chain(*[column.paths for column in columns]), *order]))
        relations = {**shape.kept, **shape.apart}
        beside = {name: found for name in relations if (found := _beyond(name, shape, paths))}
        moved = [f"{name}__{path}" for name, found in beside.items() for path in found]
        own = [path for path in paths if path not in moved] + [f"{name}_id" for name in beside]
        self.own = list(dict.fromkeys(own))
        self.beside = [
            _Beside(self.own.index(f"{name}_id"), relations[name], found, name in shape.kept)
            for name, found in beside.items()
        ]
        place = {path: number for number, path in enumerate([*self.own, *moved])}
        self.column_names = [column.name for column in columns]
        self.values = _picker([place[column.paths[0]] for column in columns])
        self.makes = [(one.name, one.make, _picker([place[path] for path in one.paths])) for one in columns if one.make]
        self.key = _picker([place[path] for path in order])
        self.names = names
        self.hidden = [column.name for column in chosen if column.name not in names]
        self.row_names = (*names, *self.hidden)

    def read(self, queryset: QuerySet) -> list[tuple]:
        """The values of every path, the row's own first."""
        rows = list(queryset.values_list(*self.own))
        found = [(beside.key_place, beside.of(rows)) for beside in self.beside]
        return [(*row, *chain(*[values[row[place]] for place, values in found])) for row in rows] if found else rows

    def row(self, values: tuple) -> Row:
        row = dict.fromkeys(self.row_names)  # so that they stand in the order asked for
        row.update(zip(self.column_names, self.values(values), strict=True))
        for name, make, picked in self.makes:
            row[name] = make(*picked(values))
        return row

    def shown(self, row: Row) -> Row:
        for name in self.hidden:
            del row[name]
        return row


def _beyond(name: str, shape: Shape, paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that lead through this relation and need not be joined, without its name."""
    found = [path.removeprefix(f"{name}__") for path in paths if path.startswith(f"{name}__")]
    fixed = FIXED[shape.kept[name]] if name in shape.kept else found
    return tuple(path for path in found if path in fixed)


def _picker(places: list[int]) -> Callable[[tuple], tuple]:
    """The values at these places, always as a tuple."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple([values[place] for place in places])


@lru_cache(maxsize=512)
def _plan(shape: Shape, names: tuple[str, ...], order: tuple[str, ...]) -> _Plan:
    telling = shape.tells(names)
    wanted = set(names) | set(shape.mask_needs) | set(telling.needs if telling else ())
    for column in reversed(shape.columns):  # a gathered column may need one that stands before it
        if isinstance(column, Gathered) and column.name in wanted:
            wanted |= set(column.needs)
    chosen = [column for column in shape.columns if column.name in wanted]
    return _Plan(shape, names, order, chosen)


def _optional(field: Any) -> Any:
    """The same field, of a value that may be left out. A field is copied by what it was made of."""
    copied = deepcopy(field)
    copied._kwargs = {**copied._kwargs, "required": False}
    return copied


def join_key(*parts: Any) -> str:
    """A natural key: its parts with colons between."""
    return ":".join(map(str, parts))
