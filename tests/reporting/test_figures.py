"""Figures: counted once, those of plain SQL, and adding up."""

from __future__ import annotations

import pytest
from django.db import connection

from commitments.content import Rating
from reporting import figures
from tests.builders import World
from tests.reporting.released import facts_for


@pytest.fixture
def reported(world) -> World:
    """Updates of several ratings, one of them on an item of partners, and some that are not released to all."""
    reasons = {"rating_reason": "A reason.", "measures_taken": ""}
    world.walk("published", "KAZ", "I.1.1", rating="implemented")
    world.walk("published", "KAZ", "I.1.2", rating="not_applicable", **reasons)
    world.walk("published", "TJK", "I.1.1", rating="substantial")
    world.walk("published", "TJK", "II.1.1", rating="no_information", **reasons)
    world.walk("published", "UZB", "II.1.2", rating="limited")
    world.walk("published", "UZB", "I.1.1", rating="not_started", audience="un", **reasons)
    world.walk("accepted", "UZB", "I.1.2")
    return world


COUNTED = """
    SELECT r.rating, COUNT(*)
    FROM commitments_release r
    JOIN commitments_commitment c ON c.id = r.commitment_id
    JOIN commitments_memberstate s ON s.id = c.member_state_id
    JOIN commitments_actionitem i ON i.id = c.action_item_id
    JOIN commitments_objective o ON o.id = i.objective_id
    JOIN commitments_pillar p ON p.id = o.pillar_id
    WHERE r.cycle_id = %s AND i.addressee <> 'partner' AND ({audiences}) AND {place} = %s
    GROUP BY r.rating
"""
OWED = """
    SELECT COUNT(*)
    FROM commitments_actionitem i
    JOIN commitments_objective o ON o.id = i.objective_id
    JOIN commitments_pillar p ON p.id = o.pillar_id
    CROSS JOIN commitments_memberstate s
    WHERE i.addressee <> 'partner' AND {place} = %s
"""
AUDIENCES = {"public": "r.audience = 'public'", "un": "r.audience IN ('un', 'participants', 'public')"}


def _sql(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


@pytest.mark.parametrize("audience", ["public", "un"])
def test_figures_are_those_of_plain_sql(reported, audience):
    facts = facts_for(reported, audience)
    objectives = [one for pillar in facts.pillars for one in pillar.objectives]
    counted = [
        *(("p.code", pillar.code, figures.of_items(facts, pillar.items)) for pillar in facts.pillars),
        *(("o.code", one.code, figures.of_items(facts, one.items)) for one in objectives),
        *(("s.iso_alpha3", state.code, figures.of_state(facts, state.code)) for state in facts.states),
    ]

    for place, code, figure in counted:
        rows = _sql(COUNTED.format(audiences=AUDIENCES[audience], place=place), reported.cycle.pk, code)
        assert {rating: number for rating, number in figure.ratings if number} == dict(rows), code
        assert figure.due == _sql(OWED.format(place=place), code)[0][0], code


@pytest.mark.parametrize("audience", ["public", "participants", "un"])
def test_figures_add_up(reported, audience):
    facts = facts_for(reported, audience)
    total = figures.of_all(facts)
    by_state = [figures.of_state(facts, state.code) for state in facts.states]
    by_pillar = [figures.of_items(facts, pillar.items) for pillar in facts.pillars]

    for parts in (by_state, by_pillar):
        assert sum(part.due for part in parts) == total.due
        assert sum(part.empty for part in parts) == total.empty
        for rating in Rating:
            assert sum(part.rated(rating) for part in parts) == total.rated(rating)
    assert total.reported + total.empty == total.due == 9


def test_an_update_that_nobody_owes_stands_beside_the_figures(reported):
    total = figures.of_all(facts_for(reported))

    assert (total.reported, total.beyond) == (4, 1)


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(0, 9, "0.0"), (1, 8, "12.5"), (1, 16, "6.3"), (9, 9, "100.0")]
)
def test_shares_have_one_decimal_and_round_halves_up(part, whole, expected):
    assert str(figures.share(part, whole)) == expected


def test_nothing_due_has_no_share():
    assert figures.share(0, 0) is None
