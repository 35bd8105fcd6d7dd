"""No figure tells what is not released: two worlds that differ only in that have the same figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from commitments.content import Rating
from commitments.models import Cycle
from commitments.workflow import Audience
from reporting import figures, placeholders
from reporting.facts import ReviewFacts
from reporting.queries import progress_facts
from tests.builders import ITEMS, STATES, World
from tests.reporting.worlds import attach, canaries, earlier_cycle, facts_for, move_on, noon, rated, revise

PLACES = [(state, item) for state in STATES for item in ITEMS]
# What may be hidden behind a place of which the public reads nothing, and behind one of which it reads something.
BEHIND_NOTHING = ["nothing", "draft", "submitted", "cleared", "accepted", "state", "un", "participants"]
BEHIND_RELEASED = ["nothing", "revised", "resubmitted", "recleared"]
# What of these the secretariat may not know either.
BEHIND_THE_STATE = ["nothing", "draft", "submitted", "state"]
BEHIND_RELEASED_TO_THE_UN = ["nothing", "revised", "resubmitted"]

ratings = st.sampled_from([rating.value for rating in Rating])


@st.composite
def two_worlds(draw: Any, nothing: list[str], released: list[str]) -> tuple[dict, dict, dict]:
    """{place: rating} released in both worlds, and what each of them hides behind every place."""
    shown = draw(st.dictionaries(st.sampled_from(PLACES), ratings, max_size=4))
    hidden = [
        {place: (draw(st.sampled_from(released if place in shown else nothing)), draw(ratings)) for place in PLACES}
        for _world in range(2)
    ]
    return shown, *hidden


def with_the_last_cycle(world: World) -> World:
    """A cycle to compare with, in which something was released, and something not; made once."""
    if not Cycle.objects.filter(slug="review-2026").exists():
        before = replace(world, cycle=earlier_cycle(world))
        before.walk("published", "KAZ", "I.1.2", rating="implemented")
        before.walk("accepted", "TJK", "I.1.2", **canaries())
    return world


def hide(world: World, place: tuple[str, str], what: str, rating: str) -> None:
    """Bring something about that a report's readers may not know, by the moves of real people."""
    state, item = place
    if what == "nothing":
        return
    if what in {"revised", "resubmitted", "recleared"}:
        update = revise(world, world.update(state, item))
        to = {"resubmitted": "submitted", "recleared": "cleared"}.get(what)
        if to:
            move_on(world, update, to)
        return
    words = {**canaries(), **rated(rating)}
    if what in Audience.values:
        world.walk("cleared" if what == "state" else "published", state, item, audience=what, **words)
    else:
        attach(world, world.walk("draft", state, item, **words), "Canary")
        if what != "draft":
            move_on(world, world.update(state, item), what)


def everything(facts: ReviewFacts) -> list[Any]:
    """All figures there are."""
    items = facts.items
    return [
        facts,
        figures.of_all(facts),
        *(by(facts) for by in (figures.by_pillar, figures.by_objective, figures.by_state, figures.by_addressee)),
        figures.by_theme(facts), figures.by_language(facts), figures.coverage(facts), figures.unreported(facts),
        figures.timeliness(facts), figures.movement(facts, items), figures.through_cycles(facts, items),
        [figures.history(facts, item) for item in items], placeholders.names(facts),
    ]  # fmt: skip


def seen_in(world: World, shown: dict, hidden: dict, read: Any) -> list[Any]:
    """What the figures are in one of the worlds, which is gone afterwards."""
    with transaction.atomic():
        for (state, item), rating in shown.items():
            world.walk("published", state, item, **rated(rating))
        before = read(world)
        for place, (what, rating) in hidden.items():
            hide(world, place, what, rating)
        after = read(world)
        transaction.set_rollback(True)
    return [_plain(everything(facts)) for facts in (before, after)]


def _plain(figured: list[Any]) -> list[Any]:
    """Without what differs between two worlds because they were made one after the other: hashes and minutes."""
    facts = figured[0]
    words = [(one.state, one.item, one.rating, one.sections, one.sources, one.is_late) for one in facts.updates]
    return [words, facts.standing, facts.earlier, *figured[1:]]


DRAWN = settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # each world takes a second to build: nothing is made smaller
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@DRAWN
@given(drawn=two_worlds(BEHIND_NOTHING, BEHIND_RELEASED))
def test_two_worlds_that_differ_in_what_is_unreleased_have_the_same_figures(world, drawn):
    shown, one, other = drawn
    world = with_the_last_cycle(world)

    seen = [*seen_in(world, shown, one, facts_for), *seen_in(world, shown, other, facts_for)]

    assert all(each == seen[0] for each in seen)
    assert len(seen[0][0]) == len(shown)


@DRAWN
@given(drawn=two_worlds(BEHIND_THE_STATE, BEHIND_RELEASED_TO_THE_UN))
def test_two_worlds_that_differ_within_the_states_have_the_same_standing(world, drawn):
    shown, one, other = drawn

    def read(world: World) -> ReviewFacts:
        return progress_facts(world.cycle.slug, "un", now=noon(world, 35))

    seen = [*seen_in(world, shown, one, read), *seen_in(world, shown, other, read)]

    assert all(each == seen[0] for each in seen)


@pytest.mark.parametrize("audience", ["public", "participants", "un"])
def test_subtracting_the_states_from_the_region_leaves_nothing(world, audience):
    world.walk("published", "KAZ", "I.1.2")
    world.walk("published", "TJK", "I.1.2", audience="participants", rating="implemented")
    world.walk("published", "UZB", "I.1.2", audience="un", **rated("not_started"))
    world.walk("accepted", "UZB", "I.1.1")

    facts = facts_for(world, audience)

    region, states = figures.of_all(facts), figures.by_state(facts).values()
    for rating in Rating:
        assert region.rated(rating) - sum(one.rated(rating) for one in states) == 0


@pytest.mark.parametrize(
    ("counted_for", "revealing_to"),
    [
        ("state", {"un", "participants", "public"}),
        ("un", {"participants", "public"}),
        ("participants", {"public"}),
        ("public", set()),
    ],
)
def test_a_wider_count_is_revealing_to_every_narrower_reader_whatever_it_is(counted_for, revealing_to):
    assert {reader for reader in Audience.values if figures.is_revealing(counted_for, reader)} == revealing_to
