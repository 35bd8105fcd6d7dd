"""A battery is trusted only if it fails when it should: faults are planted one by one into a copy of the project, and a
run of the reduced batteries must find each.

A list is TOML: `[[fault]]` with `what` it is, the `file` it is planted in, what `was` there exactly once, what it `is`
then, and the `engine` where SQLite would not tell.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

Fault = dict[str, str]
ROOT = Path(__file__).resolve().parents[2]
ENGINES = {"SQLite": "pytest", "PostgreSQL": "tests.postgres"}
SET = ("PYTEST_", "TALLY", "BATTERY", "ROWS", "TEST_DATABASE_URL")  # for this run, not for those that it makes
NO_LONGER_RUNS = r"^E +(ImportError|SyntaxError|IndentationError|NameError|AttributeError|TypeError)"
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis", "node_modules")


@dataclass(frozen=True)
class Planted:
    """A list of faults, and the tests that are asked to find them, the quickest first."""

    row: str  # of docs/trust.md
    name: str
    least: int
    asked: tuple[str, ...]

    @property
    def faults(self) -> list[Fault]:
        return tomllib.loads((ROOT / "tests" / self.name).read_text())["fault"]


LISTS = (
    Planted("A8", "hostile/seeded_leaks.toml", 60, (
        "tests/reporting/test_taken_back.py",
        "tests/hostile/test_second_lock.py",
        *(f"tests/hostile/test_{name}.py"
          for name in ("guesses", "canaries", "canaries_of_reports", "two_offices", "existing_looks_absent",
                       "permissions", "drawn_worlds", "revocation", "shared_cache", "two_worlds", "parameter_oracle",
                       "readings", "two_worlds_of_mail")),
    )),
    Planted("B13", "lost/seeded_losses.toml", 30, (
        *(f"tests/lost/test_{name}.py"
          for name in ("audit_chain", "receipts", "races", "races_of_the_rest", "races_of_forms", "retries",
                       "state_machine", "report_snapshot", "order_of_sync", "kills")),
        *(f"tests/operations/test_{name}.py" for name in ("backups", "round_trip")),
        "tests/desk/work/test_no_word_is_lost.py",
        "tests/hostile/test_second_lock.py",
    )),
)  # fmt: skip
pytestmark = pytest.mark.same_on_every_engine


@pytest.mark.parametrize(
    "planted", [pytest.param(one, id=one.row, marks=pytest.mark.battery(one.row)) for one in LISTS]
)
def test_every_fault_still_fits_the_code_that_it_is_planted_in(planted):
    faults = planted.faults
    unfit = [fault["what"] for fault in faults if (ROOT / fault["file"]).read_text().count(fault["was"]) != 1]

    assert unfit == []
    assert len(faults) == len({fault["what"] for fault in faults}) >= planted.least
    assert all(fault["was"] != fault["is"] for fault in faults)


@pytest.mark.in_full
@pytest.mark.parametrize(
    ("fault", "asked"),
    [
        pytest.param(fault, one.asked, id=fault["what"], marks=pytest.mark.battery(one.row))
        for one in LISTS
        for fault in one.faults
    ],
)
def test_a_planted_fault_is_found(copy, fault, asked, tally):
    """A run of the reduced batteries for each of them, so in full alone."""
    file = copy / fault["file"]
    sound = file.read_text()
    file.write_text(sound.replace(fault["was"], fault["is"]))
    try:
        told = _run(copy, fault.get("engine", "SQLite"), asked)
    finally:
        file.write_text(sound)

    assert told.returncode == pytest.ExitCode.TESTS_FAILED, told.stdout[-2000:]
    assert not re.search(NO_LONGER_RUNS, told.stdout, re.MULTILINE), told.stdout[-2000:]
    tally(planted=1)


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole project once more, to be broken."""
    return Path(shutil.copytree(ROOT, tmp_path_factory.mktemp("planted") / "project", ignore=NOT_COPIED))


def _run(copy: Path, engine: str, asked: Sequence[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", ENGINES[engine], "-x", "--tb=short", *asked]
    plain = {name: value for name, value in os.environ.items() if not name.startswith(SET)}
    return subprocess.run(command, cwd=copy, env=plain, capture_output=True, text=True, check=False)
