"""No parameter asks about what is not shown: every path of the models to depth three, with every lookup, as a filter,
an ordering, a search, a choice of fields and an expansion, of every list. It is refused, or it changes nothing."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.db.models import Field, Model
from django.db.models.fields.reverse_related import ForeignObjectRel

from tests.depth import chance, rounds
from tests.hostile.hidden import MARK
from tests.hostile.places import nouns, routes
from tests.hostile.visitors import Seen, Visitor

pytestmark = [pytest.mark.battery("A4"), pytest.mark.same_on_every_engine]

DEPTH = 3
LOOKUPS = ("", *(f"__{name}" for name in (
    "exact iexact contains icontains startswith istartswith endswith iendswith regex iregex in gt gte lt lte range isnull "
    "year month day week week_day quarter hour minute second date time has_key contained_by unaccent search").split()))  # fmt: skip
# What asks in other systems, whatever our models are called.
ELSEWHERE = ("password", "-password", "item__updates__narrative", "user__password", "created_by__email", "pk", "id__in")
KINDS = ("filter", "ordering", "descending", "fields", "expand", "search", "o", "list columns")
READERS = ("coordinator.tjk", "partner", "editor")


@pytest.fixture
def kept() -> str:
    """Asked for by who needs a world with something to hide."""
    return MARK


def paths(model: type[Model], depth: int = DEPTH) -> Iterator[str]:
    """Every way along the relations of a model, forth and back, and every field at its end."""
    for field in model._meta.get_fields():
        yield field.name
        related = field.related_model if isinstance(field, Field | ForeignObjectRel) else None
        if depth > 1 and isinstance(related, type):
            yield from (f"{field.name}__{rest}" for rest in paths(related, depth - 1))


@cache
def known_paths(model: type[Model]) -> tuple[str, ...]:
    return (*ELSEWHERE, *paths(model))


def parameter(kind: str, path: str, lookup: str) -> dict[str, str]:
    """How a list would be asked this; its value fits nothing that is shown, so that an answer to it is another list."""
    return {
        "filter": {f"{path}{lookup}": MARK},
        "ordering": {"ordering": f"{path}{lookup}"},
        "descending": {"ordering": f"-{path}{lookup}"},
        "fields": {"fields": f"{path}{lookup}"},
        "expand": {"expand": f"{path}{lookup}"},
        "search": {"search_fields": path, "search": MARK},
        "o": {"o": f"{path}{lookup}"},
        "list columns": {"only": path, "group_by": path},
    }[kind]


def lists() -> Iterator[tuple[str, type[Model], frozenset[str]]]:
    """Every list with the model of its rows and the names of parameters that it takes: of the API, of the admin, of the
    desk and the public site."""
    for place, noun, actions in nouns():
        if "<" not in place and actions.get("get") == "list":
            own = {"limit", "cursor", "count", "fields", "ordering", "format", *noun.extra_parameters}
            yield place, noun.model, frozenset(own | {*(noun.filterset.base_filters if noun.filterset else ())})
    for model, page in admin.site._registry.items():
        own = {each.parameter_name for each in page.list_filter}
        yield f"/admin/{model._meta.app_label}/{model._meta.model_name}/", model, frozenset(own | {"o", "p", "q", "all"})
    rows = next(model for model in admin.site._registry if model._meta.model_name == "update")
    for place, _view in routes():
        if place.startswith(("desk/", "states/", "plan/", "matrix/", "partners/")) and "<" not in place:
            yield f"/{place}", rows, TAKEN_BY_PAGES


TAKEN_BY_PAGES = frozenset(
    "q page state pillar status waiting kind stage agency cycle level support of language item partner role text "
    "objective rating theme states topic preview addressee audience with_ended lang next open".split()
)


def drawn_cells(number: int, by: random.Random) -> list[tuple[str, dict[str, str], frozenset[str]]]:
    """So many of all, each list in turn, none that is a parameter of its list's own."""
    found, listed = [], list(lists())
    for turn in itertools.count():
        place, model, own = listed[turn % len(listed)]
        if turn == 0 or turn % len(listed) == 0:
            by.shuffle(listed)
        asked = parameter(by.choice(KINDS), by.choice(known_paths(model)), by.choice(LOOKUPS))
        if is_own(place, asked, own):
            continue
        found.append((place, asked, own))
        if len(found) == number:
            return found
    return found


def is_own(place: str, asked: dict[str, str], own: frozenset[str]) -> bool:
    """Whether the list takes this by right: a filter of its own, or one of its orderings or fields."""
    if place.startswith("/api/"):
        noun = next(noun for listed, noun, _actions in nouns() if listed == place)
        by_right = {*noun.orderings, *noun.shape.names}
        return any(name in own and (value.removeprefix("-") in by_right or name not in ("ordering", "fields"))
                   for name, value in asked.items())  # fmt: skip
    return any(name in own and name != "o" for name in asked)


def shown(visitor: Visitor, place: str, asked: dict[str, str]) -> Seen:
    """The answer, without what repeats the question."""
    return visitor.see(f"{place}?{urlencode(asked)}")


@pytest.mark.parametrize("reader", READERS)
def test_no_parameter_asks_about_what_is_not_shown(world, visit, kept, tally, reader):
    visitor, cells = visit(reader), drawn_cells(rounds(140, 5200), chance("oracle", reader))
    plain: dict[str, Seen] = {}

    told = [(place, asked) for place, asked, _own in cells if not is_silent(visitor, place, asked, plain)]

    tally(parameters=len(cells))
    assert told == []


def is_silent(visitor: Visitor, place: str, asked: dict[str, str], plain: dict[str, Seen]) -> bool:
    """Refused, or the same page as without it."""
    answer = shown(visitor, place, asked)
    if answer.status == 400:
        return True
    if place not in plain:
        plain[place] = visitor.see(place)
    return same_list(plain[place], answer, asked)


def same_list(plain: Seen, answer: Seen, asked: dict[str, str]) -> bool:
    repeated = [urlencode({name: value}) for name, value in asked.items()]
    return plain.without("?", "&amp;") == answer.without(*repeated, *asked.values(), "?", "&amp;")


@pytest.mark.parametrize("words", [LOOKUPS, ELSEWHERE], ids=["lookups", "paths"])
def test_what_is_drawn_from_is_as_wide_as_it_says(words: Sequence[str]) -> None:
    every = [(place, len(known_paths(model))) for place, model, _own in lists()]

    assert len(LOOKUPS) >= 30 and len(every) > 60
    assert min(number for _place, number in every) > 30
    assert len(set(words)) == len(words)
