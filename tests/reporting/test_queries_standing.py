"""Where reporting stands, as the secretariat may know it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from commitments.errors import NotVisible
from reporting.facts import Standing
from reporting.queries import progress_facts
from tests.builders import World
from tests.reporting.worlds import activity, attach, canaries, earlier_cycle, facts_for, move_on, noon, publish, revise

READS = 20


def progress(world: World, after_days: int = 0) -> tuple[Standing, ...]:
    return progress_facts(world.cycle.slug, "un", now=noon(world, after_days)).standing


def of(standing: tuple[Standing, ...], state: str, pillar: str = "I") -> Standing:
    (found,) = [one for one in standing if (one.state, one.pillar) == (state, pillar)]
    return found


@pytest.mark.parametrize(
    ("status", "audience", "known_as"),
    [
        ("draft", "public", "open"),
        ("submitted", "public", "open"),
        ("cleared", "state", "open"),
        ("cleared", "un", "cleared"),
        ("cleared", "public", "cleared"),
        ("accepted", "un", "accepted"),
        ("accepted", "participants", "accepted"),
        ("published", "un", "published"),
        ("published", "public", "published"),
    ],
)
def test_the_secretariat_knows_what_is_cleared_beyond_the_state(world, status, audience, known_as):
    world.walk(status, "KAZ", "I.1.2", audience=audience)

    standing = of(progress(world), "KAZ")

    counts = {name: getattr(standing, name) for name in ("open", "cleared", "accepted", "published")}
    others = {"open": 1, "cleared": 0, "accepted": 0, "published": 0}
    assert counts == {**others, known_as: others[known_as] + 1}
    assert (standing.due, standing.overdue, standing.not_reconfirmed) == (2, 0, None)


def test_standing_is_by_state_and_then_by_pillar_of_what_is_due(world):
    world.walk("published", "UZB", "II.1.2")

    standing = progress(world)

    assert [(one.state, one.pillar, one.due, one.open) for one in standing] == [
        ("KAZ", "I", 2, 2), ("KAZ", "II", 1, 1),
        ("TJK", "I", 2, 2), ("TJK", "II", 1, 1),
        ("UZB", "I", 2, 2), ("UZB", "II", 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("further", ["draft", "submitted"])
def test_a_published_update_under_revision_stays_published(world, further):
    update = revise(world, world.walk("published", "KAZ", "I.1.2"))
    if further != "draft":
        move_on(world, update, further)

    assert of(progress(world), "KAZ").published == 1


@pytest.mark.parametrize(("audience", "known_as"), [("state", "open"), ("un", "cleared")])
def test_a_revision_that_is_cleared_replaces_what_was_published(world, audience, known_as):
    update = revise(world, world.walk("published", "KAZ", "I.1.2"))

    move_on(world, update, "cleared", audience=audience)

    standing = of(progress(world), "KAZ")
    assert (standing.published, standing.cleared, standing.open) == (
        0,
        int(known_as == "cleared"),
        2 - (known_as != "open"),
    )


def test_what_is_open_is_overdue_once_the_window_has_ended(world):
    world.walk("cleared", "KAZ", "I.1.2")
    world.walk("submitted", "KAZ", "I.1.1")

    before, after = of(progress(world, 29), "KAZ"), of(progress(world, 31), "KAZ")

    assert (before.open, before.overdue) == (1, 0)
    assert (after.open, after.overdue) == (1, 1)


@pytest.mark.parametrize(("item", "overdue"), [(None, 0), ("I.1.1", 1)])
def test_extensions_and_reopenings_are_no_delay(world, item, overdue):
    grant = {"ends_on": world.cycle.submissions_due_on + dt.timedelta(days=9), "reason": "An election."}

    world.cycle.extend(
        world.states["KAZ"], by=world.who("editor"), action_item=world.items[item] if item else None, **grant
    )

    standing = progress(world, 35)
    assert (of(standing, "KAZ").overdue, of(standing, "TJK").overdue) == (overdue, 2)


@pytest.mark.parametrize("hidden", ["draft", "submitted", "state", "revised"])
def test_the_secretariat_cannot_tell_what_a_state_keeps_to_itself(world, hidden):
    update = world.walk("published", "KAZ", "I.1.1")
    before = progress_facts(world.cycle.slug, "un", now=noon(world, 31))

    if hidden == "revised":
        revise(world, update)
    elif hidden == "state":
        world.walk("cleared", "KAZ", "I.1.2", audience="state", **canaries())
    else:
        world.walk(hidden, "KAZ", "I.1.2", **canaries())

    assert progress_facts(world.cycle.slug, "un", now=noon(world, 31)) == before


@pytest.mark.parametrize("audience", ["participants", "public"])
def test_a_brief_is_for_the_un_alone(world, audience):
    with pytest.raises(NotVisible):
        progress_facts(world.cycle.slug, audience, now=noon(world))


def test_besides_the_standing_a_brief_has_the_facts_that_the_un_reads(world):
    world.walk("published", "KAZ", "I.1.2", audience="un")
    earlier_cycle(world)

    facts = progress_facts(world.cycle.slug, "un", now=noon(world))

    assert replace(facts, standing=()) == facts_for(world, "un")
    assert len(facts.updates) == 1


# --- In how many reads --------------------------------------------------------------------------------------------


def test_reads_are_as_many_for_one_update_as_for_three(world, django_assert_num_queries):
    earlier_cycle(world)
    activity("Help", world, ["I.1.1"], ["KAZ"])
    world.walk("published", "KAZ", "I.1.1")

    with django_assert_num_queries(READS):
        progress(world)
    publish(world, attach(world, world.walk("draft", "KAZ", "I.1.2"), "A law"))
    world.walk("cleared", "KAZ", "II.1.1")

    with django_assert_num_queries(READS):
        standing = progress(world)
    assert (of(standing, "KAZ").published, of(standing, "KAZ", "II").cleared) == (2, 1)
