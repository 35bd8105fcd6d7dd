"""What every noun of the API has in common: who may ask, a list in pages or as a table, and one by its key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django_filters import FilterSet
from rest_framework import serializers
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSetMixin

from commitments.api.answers import answer, is_known, not_modified, public, table
from commitments.api.asking import CONTROL, Ask, ask, read_parameters
from commitments.api.filters import filtered
from commitments.api.keys import named
from commitments.api.pages import MAX_LIMIT, after, cursor_after, ordered, values_of
from commitments.api.rendering import read_body
from commitments.api.shapes import Row, Shape
from commitments.errors import NotVisible
from commitments.mandates import Mandate
from commitments.models import Person
from commitments.querysets import mandate_of
from commitments.second_lock import recognise


@dataclass(frozen=True)
class Write:
    """What one writing action takes: the names of its body, which of them are needed, whether it names a version."""

    body: type[serializers.Serializer]
    required: tuple[str, ...] = ()
    is_versioned: bool = False
    status: int = 200


class Noun(ViewSetMixin, APIView):
    """One noun. A subclass says what it looks like (`shape`), what may be asked, and which rows a reader sees."""

    model: ClassVar[Any]
    key_paths: ClassVar[tuple[str, ...]] = ("uid",)  # whose values, with colons between, are the key
    shape: ClassVar[Shape]
    filterset: ClassVar[type[FilterSet] | None] = None
    # Names that `ordering=` takes -> the paths; the first is the default. Each ends in what is unique.
    orderings: ClassVar[dict[str, tuple[str, ...]]] = {}
    extra_parameters: ClassVar[dict[str, str]] = {}  # name -> what it means, besides the filters
    detail_parameters: ClassVar[dict[str, str]] = {}
    public_actions: ClassVar[frozenset[str]] = frozenset()  # what may be asked without a token
    max_age = 0  # seconds that anybody may keep a public answer without asking again
    is_known_by_version = True  # whether nothing that a detail shows changes while its version stays
    file_types: ClassVar[tuple[str, ...]] = ()  # of the action `file`
    own_refusals: ClassVar[dict[str, tuple[str, ...]]] = {}  # action -> codes besides those of every such action
    writes: ClassVar[dict[str, Write]] = {}  # action -> what it takes and answers
    move_name = ""  # of the route, where one action serves several
    tag: ClassVar[str] = ""

    # --- Who asks ---------------------------------------------------------------------------------

    def get_permissions(self) -> list[Any]:
        return [AllowAny() if self.action in self.public_actions else IsAuthenticated()]

    @property
    def person(self) -> Person:
        """The caller, in an action that is closed to the anonymous."""
        return cast(Person, self.request.user)

    @cached_property
    def mandate(self) -> Mandate:
        return mandate_of(self.request.user)

    def perform_authentication(self, request: Request) -> None:
        """By session or by token: from here on everything is read for them."""
        super().perform_authentication(request)
        if request.user.is_authenticated:
            recognise(request.user.pk)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if any(isinstance(value, str) and CONTROL.search(value) for value in kwargs.values()):
            raise NotVisible()
        if self.write:
            read_parameters(request, self.detail_parameters)

    @property
    def write(self) -> Write | None:
        """What this action takes, if it writes."""
        return self.writes.get(self.move_name or self.action)

    def body(self) -> dict[str, Any]:
        """What was sent to this writing action, with none but its own names."""
        write = self.writes[self.move_name or self.action]
        return read_body(self.request, write.body, required=write.required)

    # --- What a subclass says ------------------------------------------------------------------------

    def rows(self) -> QuerySet:
        """All that this reader may see: through the one door."""
        return self.model._default_manager.visible_to(self.mandate)

    def narrowed(self, queryset: QuerySet, parameters: dict[str, str]) -> QuerySet:
        """By parameters that are no filters of a column; after the filters."""
        return queryset

    def by_key(self, key: str, parameters: dict[str, str]) -> QuerySet:
        """At most one of the rows."""
        return named(self.rows(), self.key_paths, key)

    def version_of(self, row: Row) -> int | None:
        """The version that a write of this row must name, if it has one."""
        return None

    # --- Reading ----------------------------------------------------------------------------------

    def list(self, request: Request) -> HttpResponseBase:
        known = {*self.extra_parameters, *(self.filterset.base_filters if self.filterset else ())}
        wanted = ask(
            request,
            known,
            names=self.shape.names,
            default_names=self.shape.list_names,
            orderings=self.orderings,
        )
        queryset = filtered(self.filterset, self.rows(), wanted.parameters, request)
        queryset = self.narrowed(queryset, wanted.parameters)
        if request.accepted_renderer.format == "csv":
            response = self._table(queryset, wanted)
        else:
            page, following = self._page(queryset, wanted, wanted.limit, wanted.cursor)
            content: Row = {"next": self._link(following), "results": page}
            if wanted.wants_count:
                content["count"] = queryset.count()
            response = answer(content)
        return public(request, response, self.max_age) if "list" in self.public_actions else response

    def retrieve(self, request: Request, key: str) -> HttpResponseBase:
        wanted = ask(
            request, self.detail_parameters, names=self.shape.names, default_names=self.shape.names, orderings=()
        )
        row = self.read_one(self.by_key(str(key), wanted.parameters), wanted.names)
        version = self.version_of(row)
        if version is not None and self.is_known_by_version and is_known(request, f'"{version}"'):
            return not_modified(f'"{version}"')
        response = answer({name: row[name] for name in wanted.names}, version=version)
        return public(request, response, self.max_age) if "retrieve" in self.public_actions else response

    def read_one(self, queryset: QuerySet, names: tuple[str, ...] = ()) -> Row:
        """One row as a detail shows it, or NotVisible."""
        names = names or self.shape.names
        if "version" in self.shape.names:
            names = (*names, "version")
        rows, _keys = self.shape.read(queryset[:1], names, self.mandate)
        if not rows:
            raise NotVisible()
        return rows[0]

    # --- Private ----------------------------------------------------------------------------------

    def _page(self, queryset: QuerySet, wanted: Ask, limit: int, cursor: str) -> tuple[Sequence[Row], str]:
        """One page, and the cursor of the next; one row more is read instead of counting."""
        order = self.orderings[wanted.ordering]
        place = f"{self.request.path}?{'-' if wanted.descending else ''}{wanted.ordering}"
        if cursor:
            queryset = after(queryset, order, values_of(place, cursor), descending=wanted.descending)
        queryset = ordered(queryset, order, descending=wanted.descending)
        rows, keys = self.shape.read(queryset[: limit + 1], wanted.names, self.mandate, order, shown=limit)
        following = cursor_after(place, keys[limit - 1]) if len(rows) > limit else ""
        return rows[:limit], following

    def _table(self, queryset: QuerySet, wanted: Ask) -> HttpResponseBase:
        """The whole list as a table, read page by page; with `limit`, one page and a link to the next."""
        page, following = self._page(queryset, wanted, wanted.limit if wanted.has_limit else MAX_LIMIT, wanted.cursor)

        def rest() -> Iterator[Row]:
            rows, cursor = page, following
            yield from rows
            while cursor and not wanted.has_limit:
                rows, cursor = self._page(queryset, wanted, MAX_LIMIT, cursor)
                yield from rows

        response = table(wanted.names, rest(), self.request.path.strip("/").rsplit("/", 1)[-1])
        if wanted.has_limit and following:
            response["Link"] = f'<{self._link(following)}>; rel="next"'
        return response

    def _link(self, cursor: str) -> str | None:
        if not cursor:
            return None
        query = self.request.GET.copy()
        query["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")


class PublicNoun(Noun):
    """A noun that everybody may read, in full."""

    public_actions = frozenset({"list", "retrieve"})
    max_age = 60

    def rows(self) -> QuerySet:
        return self.model._default_manager.all()
