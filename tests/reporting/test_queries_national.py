"""What a State's own officers read of it for its national contribution."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from commitments.errors import NotVisible
from commitments.models import Cycle
from reporting.facts import ReviewFacts
from reporting.queries import national_facts
from tests.builders import World
from tests.reporting.worlds import (
    activity,
    attach,
    canaries,
    earlier_cycle,
    move_on,
    noon,
    publish,
    rated,
    revise,
)

READS = 21


def national(world: World, who: str = "coordinator.kaz", state: str = "KAZ") -> ReviewFacts:
    return national_facts(world.cycle.slug, state, now=noon(world), person=world.who(who))


@pytest.mark.parametrize(
    ("status", "audience", "is_told"),
    [
        ("draft", "public", False),
        ("submitted", "public", False),
        ("cleared", "state", True),
        ("cleared", "un", True),
        ("accepted", "public", True),
        ("published", "participants", True),
    ],
)
def test_a_state_reads_what_it_has_cleared_and_how_far_each_has_come(world, status, audience, is_told):
    update = world.walk(status, "KAZ", "I.1.2", audience=audience)

    facts = national(world)

    told = [(one.item, one.status, one.audience, one.revision) for one in facts.updates]
    assert told == ([("I.1.2", status, audience, update.current_revision.hash)] if is_told else [])
    assert [(state.code) for state in facts.states] == ["KAZ"]
    assert facts.audience == "state"


def test_nothing_is_withheld_from_the_state_itself(world):
    update = world.walk("draft", "KAZ", "I.1.2", **canaries(), next_steps_on="2031-05-06")
    attach(world, update, "Paper of the State", audience="state")
    move_on(world, update, "submitted")
    update.clear(by=world.who("coordinator.kaz"), version=update.version, audience="un", withheld_sections=["results"])

    (facts,) = national(world).updates

    assert [section.name for section in facts.sections] == list(canaries())
    assert (facts.next_steps_on, [source.title for source in facts.sources]) == (
        dt.date(2031, 5, 6),
        ["Paper of the State"],
    )


def test_an_update_under_revision_is_told_by_the_words_in_force(world):
    update = world.walk("published", "KAZ", "I.1.2")
    in_force = update.current_revision.hash

    move_on(world, revise(world, update), "submitted")

    (facts,) = national(world).updates
    assert (facts.revision, facts.status, facts.rating) == (in_force, "published", "limited")


def test_a_revision_that_is_cleared_is_told_by_its_own_words(world):
    update = revise(world, world.walk("published", "KAZ", "I.1.2"))

    move_on(world, update, "cleared")

    (facts,) = national(world).updates
    assert (facts.revision, facts.status, facts.rating) == (update.current_revision.hash, "cleared", "not_started")


def test_the_standing_of_a_state_tells_what_is_not_reconfirmed_to_its_coordinator_alone(world):
    for item in ("I.1.1", "I.1.2", "II.1.1"):
        world.walk("published", "KAZ", item)
    day = world.cycle.closes_on + dt.timedelta(days=1)
    days = {name: day + dt.timedelta(days=30) for name in ("submissions_due_on", "clearances_due_on", "closes_on")}
    opens_on = {"opens_on": noon(world).date() - dt.timedelta(days=1)}
    nxt = Cycle.schedule(by=None, plan=world.plan, slug="review-2030", title="Review 2030", **opens_on, **days)
    nxt.open(by=None)
    world = replace(world, cycle=nxt)
    update = world.update("KAZ", "I.1.1")
    update.edit(by=world.who("focal.kaz"), version=update.version, values={"to_be_reconfirmed": False})

    known, unknown = national(world), national(world, "focal.kaz")

    assert [(one.pillar, one.open, one.not_reconfirmed) for one in known.standing] == [("I", 2, 1), ("II", 1, 1)]
    assert {one.not_reconfirmed for one in unknown.standing} == {None}


def test_focal_points_read_the_same_updates_as_their_coordinator(world):
    world.walk("cleared", "KAZ", "I.1.2", audience="state")
    revise(world, world.walk("published", "KAZ", "I.1.1"))
    world.walk("submitted", "KAZ", "II.1.1")

    facts = national(world, "coordinator.kaz")

    for who in ("focal.kaz", "contributor.kaz"):
        assert national(world, who).updates == facts.updates
        assert [replace(one, not_reconfirmed=None) for one in facts.standing] == list(national(world, who).standing)
    assert len(facts.updates) == 2


@pytest.mark.parametrize(
    "who", ["coordinator.tjk", "focal.tjk", "editor", "reviewer", "partner", "observer", "nobody", "administrator"]
)
def test_to_everybody_else_a_states_own_facts_do_not_exist(world, who):
    with pytest.raises(NotVisible):
        national(world, who)


@pytest.mark.parametrize(("cycle", "state"), [("no-such-cycle", "KAZ"), ("review-2028", "KGZ"), ("review-2028", "")])
def test_what_is_not_there_is_not_visible_either(world, cycle, state):
    with pytest.raises(NotVisible):
        national_facts(cycle, state, now=noon(world), person=world.who("coordinator.kaz"))


def test_another_states_updates_are_not_among_them(world):
    world.walk("published", "TJK", "I.1.2")
    before = replace(world, cycle=earlier_cycle(world))
    before.walk("published", "TJK", "I.1.2")
    before.walk("published", "KAZ", "I.1.1", audience="un", **rated("implemented"))

    facts = national(world)

    assert facts.updates == ()
    assert [(one.state, one.item) for one in facts.earlier[0].ratings] == [("KAZ", "I.1.1")]


def test_activities_are_those_that_name_the_state(world):
    activity("Here", world, ["I.1.1"], ["KAZ", "UZB"])
    activity("There", world, ["I.1.1"], ["UZB"])

    assert [one.slug for one in national(world).activities] == ["here"]


# --- In how many reads --------------------------------------------------------------------------------------------


def test_reads_are_as_many_for_one_update_as_for_three(world, django_assert_num_queries):
    earlier_cycle(world)
    activity("Help", world, ["I.1.1"], ["KAZ"])
    world.walk("published", "KAZ", "I.1.1")
    mandate = world.who("coordinator.kaz").mandate

    with django_assert_num_queries(READS):
        national_facts(world.cycle.slug, "KAZ", now=noon(world), person=mandate)
    publish(world, attach(world, world.walk("draft", "KAZ", "I.1.2"), "A law"))
    world.walk("cleared", "KAZ", "II.1.1")

    with django_assert_num_queries(READS):
        facts = national_facts(world.cycle.slug, "KAZ", now=noon(world), person=mandate)
    assert len(facts.updates) == 3
