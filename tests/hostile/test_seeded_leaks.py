"""A battery is trusted only if it fails when it should: leaks are planted one by one, and each must be found."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = [pytest.mark.battery("A8"), pytest.mark.same_on_every_engine]

ROOT = Path(__file__).resolve().parents[2]
LEAKS = tomllib.loads((ROOT / "tests" / "hostile" / "seeded_leaks.toml").read_text())["leak"]
# What a run asks, the quickest first: the first test that fails has found the leak.
ASKED = tuple(
    f"tests/hostile/test_{name}.py"
    for name in ("canaries", "canaries_of_reports", "two_offices", "existing_looks_absent", "permissions",
                 "drawn_worlds", "revocation", "shared_cache", "two_worlds", "parameter_oracle", "readings",
                 "two_worlds_of_mail")
)  # fmt: skip
SET = ("TALLY", "BATTERY", "ROWS")  # for this run, not for those that it makes
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis", "node_modules")


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole project once more, to be broken."""
    return Path(shutil.copytree(ROOT, tmp_path_factory.mktemp("leaking") / "project", ignore=NOT_COPIED))


def test_every_leak_still_fits_the_code_that_it_is_planted_in():
    unfit = [leak["what"] for leak in LEAKS if (ROOT / leak["file"]).read_text().count(leak["was"]) != 1]

    assert unfit == []
    assert len(LEAKS) == len({leak["what"] for leak in LEAKS}) >= 60
    assert all(leak["was"] != leak["is"] for leak in LEAKS)


@pytest.mark.in_full
@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak["what"])
def test_a_planted_leak_is_found(copy, leak, tally):
    """A run of the reduced battery for each of them, so in full alone."""
    file = copy / leak["file"]
    sound = file.read_text()
    file.write_text(sound.replace(leak["was"], leak["is"]))
    try:
        found = run(copy)
    finally:
        file.write_text(sound)

    assert found.returncode == pytest.ExitCode.TESTS_FAILED, found.stdout[-2000:]
    assert re.search(r"^E +(AssertionError|assert )", found.stdout, re.MULTILINE), "the code no longer runs"
    tally(leaks=1)


def run(copy: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-x", "--tb=short", *ASKED]
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", *SET))}
    return subprocess.run(command, cwd=copy, env=plain, capture_output=True, text=True, check=False)
