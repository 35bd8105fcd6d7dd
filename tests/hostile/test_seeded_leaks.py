"""Leaks, planted one by one: each must be found (tests/planting.py)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.planting import check, check_is_found, copied, listed

pytestmark = [pytest.mark.battery("A8"), pytest.mark.same_on_every_engine]
LEAKS = listed("hostile/seeded_leaks.toml")
ASKED = tuple(
    f"tests/hostile/test_{name}.py"
    for name in ("canaries", "canaries_of_reports", "two_offices", "existing_looks_absent", "permissions",
                 "drawn_worlds", "revocation", "shared_cache", "two_worlds", "parameter_oracle", "readings",
                 "two_worlds_of_mail")
)  # fmt: skip


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("leaking"))


def test_every_leak_still_fits_the_code_that_it_is_planted_in():
    check(LEAKS, least=60)


@pytest.mark.in_full
@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak["what"])
def test_a_planted_leak_is_found(copy, leak, tally):
    """A run of the reduced battery for each of them, so in full alone."""
    check_is_found(copy, leak, ASKED)
    tally(leaks=1)
