"""Whatever is asked, in worlds that differ only in what the asker may not know the answers are the same, to the byte.

Questions are drawn by hypothesis and asked in batches, the same in each world. Each is asked by itself, so one that is
answered otherwise is a reproduction already; it is made as short as it goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.builders import World
from tests.depth import FULL, SEED, rounds
from tests.hostile.desk_places import uids
from tests.hostile.questions import Pool, Question, questions
from tests.hostile.test_two_worlds import admin_keys, api_keys
from tests.hostile.visitors import Seen, Visitor
from tests.hostile.worlds import CIRCLES, WORLDS, in_a_world, standing_world

pytestmark = [
    pytest.mark.battery("A2"),
    pytest.mark.filterwarnings("ignore:Generating overly large repr"),  # of all the keys and addresses drawn from
]

BATCH = rounds(30, 50)
# Batches of each circle: reduced on SQLite, reduced on PostgreSQL, in full.
BATCHES = {
    "another State and the public": (2, 1, 40),
    "observers and who runs the system": (1, 1, 16),
    "the secretariat": (1, 1, 26),
    "another agency": (1, 1, 20),
}


@pytest.mark.parametrize("circle", CIRCLES)
def test_no_drawn_question_tells_what_its_asker_may_not_know(world, tally, circle):
    readers = {name: Visitor(world, name) for name in CIRCLES[circle].readers}
    asking, before = what_can_be_asked(world, circle), set[str]()  # what was asked is not asked again

    @seed(SEED)
    @settings(
        max_examples=BATCHES[circle][2 if FULL else connection.vendor == "postgresql"],
        phases=(Phase.generate,),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(asked=st.lists(asking, min_size=BATCH, max_size=BATCH, unique_by=repr))
    def all_worlds_answer_alike(asked: list[Question]) -> None:
        asked = [question for question in asked if repr(question) not in before]
        told = differences(world, circle, list(readers.values()), asked)
        tally(pairs=len(asked) * len(readers) * (len(WORLDS) - 1))
        if told:
            number, without, beside = told[0]
            who = list(readers)[number % len(readers)]
            short = reduced(world, circle, readers[who], asked[number // len(readers)])
            raise AssertionError(f"{who} is answered otherwise: {short}\n{without.apart_from(beside)}")

        before.update(map(repr, asked))

    all_worlds_answer_alike()


def what_can_be_asked(world: World, circle: str) -> st.SearchStrategy[Question]:
    """With the keys of what is hidden."""
    with standing_world(world, circle, "beside"):
        return questions(Pool(api_keys(world), admin_keys(), uids()))


def differences(
    world: World, circle: str, visitors: Sequence[Visitor], asked: Sequence[Question]
) -> list[tuple[int, Seen, Seen]]:
    """By the number of the answer: as it is without the hidden rows, and as it is with them."""
    without, *others = (in_a_world(world, circle, which, visitors, asked) for which in WORLDS)
    return [
        (number, before, after)
        for answered in others
        for number, (before, after) in enumerate(zip(without, answered, strict=True))
        if before != after
    ]


def reduced(world: World, circle: str, visitor: Visitor, question: Question) -> Question:
    """The question without whatever it tells as much without."""
    for shorter in _shorter(question):
        if differences(world, circle, [visitor], [shorter]):
            return reduced(world, circle, visitor, shorter)
    return question


def _shorter(question: Question) -> Iterator[Question]:
    place, _, query = question.address.partition("?")
    parameters = query.split("&") if query else []
    for one in parameters:
        rest = "&".join(other for other in parameters if other != one)
        yield replace(question, address=f"{place}?{rest}" if rest else place)
    for header in question.headers:
        yield replace(question, headers=tuple(other for other in question.headers if other != header))
    for name in question.body or ():
        yield replace(question, body={other: value for other, value in question.body.items() if other != name})
