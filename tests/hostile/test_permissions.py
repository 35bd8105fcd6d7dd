"""Who may do what: every line of docs/permissions.csv, asked of everything, by everybody, on every channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection

from tests.depth import FULL, chance
from tests.hostile.permissions import CAST, METHODS, Cell, Place, addresses, expected, places, rules
from tests.hostile.things import Thing

pytestmark = pytest.mark.battery("A1")

REDUCED = 450  # cells, besides one of each place that lets somebody in and one that does not
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
    asked = cells if FULL else chance("methods").sample(cells, 300)
    tally(methods=len(asked))

    problems = [f"{cell}: {problem}" for cell in asked if (problem := asker.problem(cell))]

    assert problems == [], "\n".join(problems)


def every_cell(found: list[Thing]) -> Iterator[Cell]:
    for place in places():
        own = [] if place.is_list else [thing for thing in found if thing.kind == place.what]
        for thing in own or [Thing("")]:
            yield from (Cell(who, place, thing, expected(who, place, thing)) for who in CAST)


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
    """Of each place one cell that lets in, on every engine; on SQLite also one that does not, and more by chance."""
    source, of_place = chance("permissions"), {}
    for cell in source.sample(cells, len(cells)):
        of_place.setdefault((id(cell.place), cell.expected == "allowed"), cell)
    if connection.vendor == "postgresql":
        return [cell for (_place, is_allowed), cell in of_place.items() if is_allowed]
    return [*of_place.values(), *source.sample(cells, REDUCED)]
