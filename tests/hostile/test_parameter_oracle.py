"""No parameter asks about what is not shown: every path of the models to depth three, with every lookup, as a filter,
an ordering, a search, a choice of fields and an expansion, of every list. It is refused, or it changes nothing."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.db.models import Field, Model
from django.db.models.fields.reverse_related import ForeignObjectRel

from commitments.models import Update
from tests.depth import chance, rounds
from tests.hostile.hidden import MARK
from tests.hostile.places import nouns, routes
from tests.hostile.visitors import Seen, Visitor

pytestmark = [pytest.mark.battery("A4"), pytest.mark.same_on_every_engine]

DEPTH = 3
NAMES = (
    "exact iexact contains icontains startswith istartswith endswith iendswith regex iregex in gt gte lt lte range "
    "isnull year month day week week_day quarter hour minute second date time has_key contained_by unaccent search"
)
LOOKUPS = ("", *(f"__{name}" for name in NAMES.split()))
LIKELY = ("", "__startswith", "__icontains", "__regex", "__iexact")  # half of what is drawn
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


def parameter(kind: str, words: str) -> dict[str, str]:
    """How a list would be asked this; the value of a filter fits nothing that is shown, so it would be another list."""
    return {
        "filter": {words: MARK},
        "ordering": {"ordering": words},
        "descending": {"ordering": f"-{words}"},
        "fields": {"fields": words},
        "expand": {"expand": words},
        "search": {"search_fields": words, "search": MARK},
        "o": {"o": words},
        "list columns": {"only": words, "group_by": words},
    }[kind]


def lists() -> Iterator[tuple[str, type[Model], frozenset[str]]]:
    """Every list with the model of its rows and the names of parameters that it takes: of the API, of the admin, of the
    desk and the public site."""
    for place, noun, actions in nouns():
        if "<" not in place and actions.get("get") == "list":
            own = {"limit", "cursor", "count", "fields", "ordering", "format", *noun.extra_parameters}
            yield (
                place,
                getattr(noun, "model", Update),
                frozenset(own | {*(noun.filterset.base_filters if noun.filterset else ())}),
            )
    for model, page in admin.site._registry.items():
        own = {each.parameter_name for each in page.list_filter}
        yield (
            f"/admin/{model._meta.app_label}/{model._meta.model_name}/",
            model,
            frozenset(own | {"o", "p", "q", "all"}),
        )
    for place, _view in routes():
        if place.startswith(("desk/", "states/", "plan/", "matrix/", "partners/")) and "<" not in place:
            yield f"/{place}", Update, TAKEN_BY_PAGES


TAKEN_BY_PAGES = frozenset(
    "q page state pillar status waiting kind stage agency cycle level support of language item partner role text "
    "objective rating theme states topic preview addressee audience with_ended lang next open".split()
)


def drawn_cells(number: int, by: random.Random) -> Iterator[tuple[str, str, str]]:
    """So many of all (place, kind, words), each list in its turn; none that is a list's own."""
    listed = list(lists())
    for place, model, own in itertools.islice(itertools.cycle(listed), number):
        words = by.choice(known_paths(model)) + by.choice(by.choice((LOOKUPS, LIKELY)))
        kind = by.choice(
            [kind for kind in (*KINDS, "filter", "filter") if not is_own(place, parameter(kind, words), own)]
        )
        yield place, kind, words


def is_own(place: str, asked: dict[str, str], own: frozenset[str]) -> bool:
    """Whether the list takes this by right: a filter of its own, one of its orderings, one of its fields."""
    name, value = next(iter(asked.items()))
    if name not in ("ordering", "fields"):
        return name in own and name != "o"
    noun = next((noun for listed, noun, _actions in nouns() if listed == place), None)
    return noun is not None and value.removeprefix("-") in {*noun.orderings, *noun.shape.names}


@pytest.mark.parametrize("reader", READERS)
def test_no_parameter_asks_about_what_is_not_shown(world, visit, kept, tally, reader):
    visitor, number = visit(reader), rounds(110, 5200)
    senseless: dict[tuple[str, str], Seen] = {}

    told = []
    for place, kind, words in drawn_cells(number, chance("oracle", reader)):
        answer = visitor.see(f"{place}?{urlencode(parameter(kind, words))}")
        if answer.status != 400:
            if (place, kind) not in senseless:
                senseless[place, kind] = in_no_words_of_ours(visitor, place, kind)
            bare, other = answer.without(words), senseless[place, kind].without(words)  # a column may bear the word
            if answer.status >= 500 or bare != other:
                told.append((place, kind, words, bare.apart_from(other)))

    tally(parameters=number)
    assert told == []


def in_no_words_of_ours(visitor: Visitor, place: str, kind: str) -> Seen:
    """The same list asked by a word that means nothing: it shows the rows that it shows when nothing is asked."""
    words = "zzyzx"
    answer = visitor.see(f"{place}?{urlencode(parameter(kind, words))}").without(words)
    plain = visitor.see(place)
    assert len(re.findall(rb"<t[rd]|<li", answer.body)) == len(re.findall(rb"<t[rd]|<li", plain.body)), (place, kind)
    return answer


@pytest.mark.parametrize("words", [LOOKUPS, ELSEWHERE], ids=["lookups", "paths"])
def test_what_is_drawn_from_is_as_wide_as_it_says(words: Sequence[str]) -> None:
    every = [(place, len(known_paths(model))) for place, model, _own in lists()]

    assert len(LOOKUPS) >= 30 and len(every) > 60
    assert min(number for _place, number in every) > 30
    assert len(set(words)) == len(words)
