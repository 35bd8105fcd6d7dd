"""Lost updates, broken chains and backups that are none, planted one by one: each must be found (tests/planting.py)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.planting import check, check_is_found, copied, listed

pytestmark = [pytest.mark.battery("B13"), pytest.mark.same_on_every_engine]
LOSSES = listed("lost/seeded_losses.toml")
ASKED = (
    *(f"tests/lost/test_{name}.py" for name in ("audit_chain", "receipts", "races", "races_of_forms", "retries",
                                               "state_machine", "report_snapshot", "order_of_sync", "kills")),
    *(f"tests/operations/test_{name}.py" for name in ("backups", "round_trip")),
    "tests/hostile/test_second_lock.py",
)  # fmt: skip


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("losing"))


def test_every_loss_still_fits_the_code_that_it_is_planted_in():
    check(LOSSES, least=20)


@pytest.mark.in_full
@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss["what"])
def test_a_planted_loss_is_found(copy, loss, tally):
    """A run of the reduced battery for each of them, so in full alone."""
    check_is_found(copy, loss, ASKED)
    tally(losses=1)
