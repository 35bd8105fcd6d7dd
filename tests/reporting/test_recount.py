"""Figures counted again by plain SQL: for the baseline as it is loaded, and for a full cycle of invented updates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from benchmarks.cast import build_cast
from benchmarks.dataset import fill
from commitments.models import Cycle
from reporting import figures
from reporting.facts import ReviewFacts
from reporting.queries import review_facts
from tests.standing import load_everything, standing

NOW = dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)
AUDIENCES = {"public": "('public')", "un": "('un', 'participants', 'public')"}

PLACES = """
    FROM commitments_actionitem i
    JOIN commitments_objective o ON o.id = i.objective_id
    JOIN commitments_pillar p ON p.id = o.pillar_id
    JOIN commitments_cycle y ON y.plan_id = p.plan_id
    CROSS JOIN (
        SELECT DISTINCT m.id, m.iso_alpha3, a.plan_id FROM commitments_memberstate m
        JOIN commitments_commitment k ON k.member_state_id = m.id
        JOIN commitments_actionitem a ON a.id = k.action_item_id
    ) s
    LEFT JOIN commitments_commitment c ON c.member_state_id = s.id AND c.action_item_id = i.id
    LEFT JOIN commitments_release r ON r.commitment_id = c.id AND r.cycle_id = y.id AND r.audience IN {audiences}
    WHERE y.slug = %s AND s.plan_id = p.plan_id
"""
COUNTED = "SELECT {group}, r.rating, COUNT(*) {places} AND i.addressee <> 'partner' GROUP BY {group}, r.rating"
BEYOND = "SELECT COUNT(r.id) {places} AND i.addressee = 'partner'"
SILENT = """
    SELECT i.code {places} AND i.addressee <> 'partner' GROUP BY i.code, i.position
    HAVING COUNT(r.id) = 0 ORDER BY i.position
"""
COVERED = "SELECT o.code, COUNT(DISTINCT CASE WHEN r.id IS NOT NULL THEN i.id END) {places} GROUP BY o.code"
MOVED = """
    SELECT SUM(CASE WHEN {now} > {then} THEN 1 ELSE 0 END), SUM(CASE WHEN {now} = {then} THEN 1 ELSE 0 END),
           SUM(CASE WHEN {now} < {then} THEN 1 ELSE 0 END)
    FROM commitments_release r
    JOIN commitments_release e ON e.commitment_id = r.commitment_id
    JOIN commitments_cycle y ON y.id = r.cycle_id AND y.slug = %s
    JOIN commitments_cycle z ON z.id = e.cycle_id AND z.slug = %s
    JOIN commitments_commitment c ON c.id = r.commitment_id
    JOIN commitments_actionitem i ON i.id = c.action_item_id
    WHERE i.addressee <> 'partner' AND r.audience IN {audiences} AND e.audience IN {audiences}
"""
STEP = """
    CASE {row}.rating WHEN 'not_started' THEN 1 WHEN 'limited' THEN 2 WHEN 'substantial' THEN 3
    WHEN 'implemented' THEN 4 END
"""


def sql(statement: str, *values: Any, audience: str, **parts: str) -> list[tuple]:
    """Rows of a statement whose parts are this module's own words."""
    text = statement.replace("{places}", PLACES).format(audiences=AUDIENCES[audience], **parts)
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall()


def recounted(cycle: str, audience: str, group: str) -> dict[str, dict[str, int]]:
    """{code: {rating, or "due": number}} by plain SQL."""
    found: dict[str, dict[str, int]] = {}
    for code, rating, number in sql(COUNTED, cycle, audience=audience, group=group):
        counts = found.setdefault(code, {"due": 0, "reported": 0})
        counts["due"] += number
        if rating:
            counts["reported"] += number
            counts[rating] = number
    return found


def told(partition: dict[str, figures.Figures]) -> dict[str, dict[str, int]]:
    """The same of figures; what is due of nobody has no row."""
    return {
        code: {"due": one.due, "reported": one.reported, **{rating: n for rating, n in one.ratings if n}}
        for code, one in partition.items()
        if one.due
    }


PARTITIONS = {
    "p.code": figures.by_pillar,
    "o.code": figures.by_objective,
    "s.iso_alpha3": figures.by_state,
    "i.addressee": figures.by_addressee,
    "p.plan_id": lambda facts: {Cycle.objects.get(slug=facts.cycle.slug).plan_id: figures.of_all(facts)},
}


@pytest.fixture(scope="module", params=["baseline", "full cycle"])
def cycles(request, django_db_setup, django_db_blocker) -> Iterator[tuple[str, str]]:
    """The names of a cycle and of the one before it, filled once for all tests of it, and gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _loaded() if request.param == "baseline" else _invented()
        transaction.set_rollback(True)


def _loaded() -> tuple[str, str]:
    standing(load_everything)
    return "baseline-2022", ""


def _invented() -> tuple[str, str]:
    """Five States x 190 items x four cycles of every status, rating and audience: the benchmarks' own."""
    fill(build_cast(5, NOW.date()))
    return "review-4", "review-3"


def read(cycle: str, audience: str) -> ReviewFacts:
    return review_facts(cycle, audience, now=NOW)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_due_reported_and_every_rating_are_those_of_plain_sql(cycles, audience):
    facts = read(cycles[0], audience)

    for group, partition in PARTITIONS.items():
        assert told(partition(facts)) == recounted(cycles[0], audience, group), group


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_is_beyond_and_what_nobody_reported_on_are_those_of_plain_sql(cycles, audience):
    facts = read(cycles[0], audience)

    assert [(figures.of_all(facts).beyond,)] == sql(BEYOND, cycles[0], audience=audience)
    assert [(item.code,) for item in figures.unreported(facts)] == sql(SILENT, cycles[0], audience=audience)
    covered = {one.objective.code: one.touched for one in figures.coverage(facts)}
    assert covered == dict(sql(COVERED, cycles[0], audience=audience))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_movement_is_that_of_plain_sql(cycles, audience):
    facts = read(cycles[0], audience)

    movement = figures.movement(facts, facts.items)

    if not cycles[1]:
        assert movement is None
        return
    steps = {"now": STEP.format(row="r"), "then": STEP.format(row="e")}
    (expected,) = sql(MOVED, *cycles, audience=audience, **steps)
    assert (movement.forward, movement.unchanged, movement.backward) == expected
    assert all(expected)
