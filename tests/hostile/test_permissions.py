"""Who may do what: every line of docs/permissions.csv, asked of everything, by everybody, on every channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection

from tests.depth import FULL, chance, some
from tests.hostile.permissions import CAST, METHODS, Cell, Place, addresses, expected, places, rules
from tests.hostile.things import Thing

pytestmark = pytest.mark.battery("A1")

REDUCED, NEAR = 30, 1  # cells by chance, and of each line that keep out who is near
OUTSIDE = ("", "suspended")
FEW = ("coordinator.kaz", "editor", "administrator", "")  # ask by methods that no line names


def test_every_address_has_a_line_every_line_an_address_and_a_rule_and_every_rule_a_line():
    spelled = {spelling for spelling, _route in addresses()}
    named, actions = {place.route for place in places()}, {(place.what, place.action) for place in places()}

    assert sorted(spelled - named) == [], "addresses, or verbs of them, without a line in tests/hostile/places.csv"
    assert sorted(named - spelled - {route for _spelling, route in addresses()}) == [], "lines of no address"
    assert sorted(actions - set(rules())) == [], "without a rule in docs/permissions.csv"
    assert sorted(set(rules()) - actions) == [], "rules that nothing is held to"


def test_everybody_is_answered_as_the_table_says(asker, tally):
    cells = list(every_cell(asker.things))
    counts = Counter(cell.expected for cell in cells)
    asked = cells if FULL else some_of(cells)
    by_answer = Counter(cell.expected for cell in asked)
    tally(cells=len(asked), **{name: by_answer[name] for name in ("allowed", "refused", "absent")})

    problems = [f"{cell}: {problem}" for cell in asked if (problem := asker.problem(cell))]

    assert problems == [], "\n".join(problems)
    assert len(cells) >= 10_000
    assert counts["allowed"] >= 0.15 * len(cells), counts


@pytest.mark.same_on_every_engine
def test_a_method_that_no_line_names_is_refused_to_everybody_and_does_nothing(asker, tally):
    cells = list(beside_the_lines(asker.things))
    asked = some(cells, 200, "methods")
    tally(methods=len(asked))

    problems = [f"{cell}: {problem}" for cell in asked if (problem := asker.problem(cell))]

    assert problems == [], "\n".join(problems)


def every_cell(found: list[Thing]) -> Iterator[Cell]:
    for place in places():
        own = [thing for thing in found if thing.kind == place.what and (place.holds or not place.is_list)]
        cast = [who for who in CAST if may_ask(who, place)]
        for thing in own or [Thing("")]:
            yield from (Cell(who, place, thing, expected(who, place, thing)) for who in cast)


def may_ask(who: str, place: Place) -> bool:
    """A token opens the API alone, and who is suspended is signed in nowhere: elsewhere they ask what anybody asks."""
    return {"token of coordinator.kaz": place.is_api, "suspended": place.method == "GET"}.get(who, True)


def beside_the_lines(found: list[Thing]) -> Iterator[Cell]:
    """Every address by every method that it has no line for."""
    first = {thing.kind: thing for thing in reversed(found)}
    by_route = {place.route: place for place in places()}
    named = {(place.method, place.route) for place in places()}
    for route, place in by_route.items():
        for method in METHODS:
            if (method, route) not in named:
                other = Place(place.what, "by no line", method, route, "", "")
                thing = first.get(place.what, Thing("")) if not place.is_list else Thing("")
                yield from (Cell(who, other, thing, "refused") for who in FEW)


def some_of(cells: list[Cell]) -> list[Cell]:
    """Of each line one cell that lets in, of every other on PostgreSQL; on SQLite also some where another is let in
    than who asks: there a forgotten permission shows first. Of a line that lets nobody in, one. And more by chance."""
    source, chosen, taken = chance("permissions"), [], Counter()
    lets_in = {(id(cell.place), id(cell.thing)) for cell in cells if cell.expected == "allowed"}
    is_open = {place for place, _thing in lets_in}
    for cell in source.sample(cells, len(cells)):
        place, is_allowed = id(cell.place), cell.expected == "allowed"
        is_near = is_allowed or ((place, id(cell.thing)) in lets_in and cell.who not in OUTSIDE)
        limit = NEAR if place in is_open and not is_allowed else 1
        if (is_near or place not in is_open) and taken[place, is_allowed] < limit:
            taken[place, is_allowed] += 1
            chosen.append(cell)
    if connection.vendor == "postgresql":
        return [cell for cell in chosen if cell.expected == "allowed"][::2]
    return chosen + source.sample(cells, REDUCED)
