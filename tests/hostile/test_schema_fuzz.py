"""C1: whatever the OpenAPI document allows or forbids is asked, by everybody; every answer is one that it describes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode

from tests.depth import SEED, chance, rounds
from tests.hostile import fuzzing

SHARES = 6


@pytest.fixture
def kept() -> None:
    """A world with something in every list."""


@pytest.mark.battery("C1")
@pytest.mark.parametrize("share", range(SHARES))
def test_every_answer_is_one_that_the_document_describes(world, kept, tally, share):
    with fuzzing.one_connection():
        asking = fuzzing.Asking(world, chance("C1", share))
        for operation in list(fuzzing.document().get_all_operations())[share::SHARES]:
            for mode in GenerationMode:
                ask_all(asking, operation.ok().as_strategy(mode))

    tally(cases=sum(asking.statuses.values()))
    print(asking.statuses)
    assert not asking.broken, "\n\n".join(f"{kind}: {told}" for kind, told in asking.broken.items())


def ask_all(asking: fuzzing.Asking, cases: st.SearchStrategy[Case]) -> None:
    depth = settings(max_examples=rounds(5, 450), deadline=None, database=None, phases=[Phase.generate],
                     suppress_health_check=list(HealthCheck))  # fmt: skip

    @seed(SEED)
    @depth
    @given(cases)
    def ask(case: Case) -> None:
        asking.ask(case)

    try:
        ask()
    except Unsatisfiable:  # nothing of what this operation takes can be wrong
        return
