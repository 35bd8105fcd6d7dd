"""Commitments: the coordinator says who leads and what is planned, for the own State alone."""

from __future__ import annotations

import datetime as dt

import pytest

from commitments.models import Commitment, Event
from tests.domain.attempts import attempt, problems


def commitment(state: str = "KAZ", item: str = "I.1.2") -> Commitment:
    return Commitment.objects.get(member_state__iso_alpha3=state, action_item__code=item)


@pytest.mark.parametrize(
    ("verdict", "names"),
    {
        "made": ["coordinator.kaz"],
        "Forbidden": ["focal.kaz", "contributor.kaz"],
        "NotVisible": ["coordinator.tjk", "focal.tjk", "reviewer", "editor", "partner", "nobody", "administrator"],
    }.items(),
)
def test_changing_a_commitment_is(world, verdict, names):
    verdicts = {
        attempt(lambda name=name: commitment().change(by=world.who(name), version=0, planned_measures="A plan."))
        for name in names
    }

    assert verdicts == {verdict}


def test_what_is_planned_is_kept_and_on_the_record(world):
    changed = commitment().change(
        by=world.who("coordinator.kaz"),
        version=0,
        lead_agency=world.agencies["justice.kaz"],
        contributing_agencies=[world.agencies["interior.kaz"]],
        planned_measures="A strategy.",
        target_on="2027-12-31",
        place_in_strategy="Chapter 3",
        reason="The mandate moved.",
    )

    event = Event.objects.get(subject="commitment:KAZ:I.1.2")
    assert (changed.version, changed.own_plan.target_on) == (1, dt.date(2027, 12, 31))
    assert (event.move, event.sequence, event.reason) == ("assign", 1, "The mandate moved.")
    assert event.changes == {
        "lead_agency": "justice",
        "contributing_agencies": ["interior"],
        "planned_measures": "A strategy.",
        "target_on": "2027-12-31",
        "place_in_strategy": "Chapter 3",
    }


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (lambda world: {"lead_agency": world.agencies["interior.tjk"]}, ("lead_agency", "unknown")),
        (
            lambda world: {"contributing_agencies": [world.agencies["justice.tjk"]]},
            ("contributing_agencies", "unknown"),
        ),
        (lambda world: {"planned_measures": 5}, ("planned_measures", "text")),
        (lambda world: {"planned_measures": "a\x00"}, ("planned_measures", "characters")),
        (lambda world: {"place_in_strategy": "x" * 20_001}, ("place_in_strategy", "length")),
        (lambda world: {"target_on": "soon"}, ("target_on", "date")),
        (lambda world: {"reason": "x" * 2001}, ("reason", "length")),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(world, words, problem):
    coordinator = world.who("coordinator.kaz")

    named = problems(lambda: commitment().change(by=coordinator, version=0, **words(world)))

    assert named == [problem]
    assert (commitment().version, commitment().lead_agency) == (0, world.agencies["interior.kaz"])
    assert list(commitment().contributing_agencies.all()) == []
