"""C1: whatever the OpenAPI document allows or forbids is asked, by everybody; every answer is one that it describes."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation

from tests.depth import SEED, chance, rounds, some
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
        for operation in operations(share):
            for mode in GenerationMode:
                ask_all(asking, operation.as_strategy(mode))

    tally(cases=sum(asking.statuses.values()))
    print(asking.statuses)  # with -s
    assert not asking.broken, "\n\n".join(f"{kind}: {told}" for kind, told in asking.broken.items())


def operations(share: int) -> list[APIOperation]:
    """Of this share: all of them in full, or else a quarter, another one in the next run; on PostgreSQL a tenth."""
    found = [one.ok() for one in fuzzing.document().get_all_operations()][share::SHARES]
    fewer = len(found) // (10 if connection.vendor == "postgresql" else 4)
    return some(found, fewer, "C1", "operations", share)


def ask_all(asking: fuzzing.Asking, cases: st.SearchStrategy[Case]) -> None:
    depth = settings(max_examples=rounds(10, 450), deadline=None, database=None, phases=[Phase.generate],
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
