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
from pathlib import Path

import pytest

Fault = dict[str, str]
ROOT = Path(__file__).resolve().parents[1]
ENGINES = {"SQLite": "pytest", "PostgreSQL": "tests.postgres"}
SET = ("PYTEST_", "TALLY", "BATTERY", "ROWS", "TEST_DATABASE_URL")  # for this run, not for those that it makes
NO_LONGER_RUNS = r"^E +(ImportError|SyntaxError|IndentationError|NameError|AttributeError|TypeError)"
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis", "node_modules")


def listed(name: str) -> list[Fault]:
    """The faults of a list, by its place in tests/."""
    return tomllib.loads((ROOT / "tests" / name).read_text())["fault"]


def check(faults: Sequence[Fault], least: int) -> None:
    """Fail where one no longer fits the code, stands twice or changes nothing, or where they are too few."""
    unfit = [fault["what"] for fault in faults if (ROOT / fault["file"]).read_text().count(fault["was"]) != 1]
    assert unfit == []
    assert len(faults) == len({fault["what"] for fault in faults}) >= least
    assert all(fault["was"] != fault["is"] for fault in faults)


def copied(folder: Path) -> Path:
    """The whole project once more, to be broken."""
    return Path(shutil.copytree(ROOT, folder / "project", ignore=NOT_COPIED))


def check_is_found(copy: Path, fault: Fault, asked: Sequence[str]) -> None:
    """Fail unless one of the tests `asked`, the quickest first, fails on what the fault does."""
    file = copy / fault["file"]
    sound = file.read_text()
    file.write_text(sound.replace(fault["was"], fault["is"]))
    try:
        told = _run(copy, fault.get("engine", "SQLite"), asked)
    finally:
        file.write_text(sound)
    assert told.returncode == pytest.ExitCode.TESTS_FAILED, told.stdout[-2000:]
    assert not re.search(NO_LONGER_RUNS, told.stdout, re.MULTILINE), told.stdout[-2000:]


def _run(copy: Path, engine: str, asked: Sequence[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", ENGINES[engine], "-x", "--tb=short", *asked]
    plain = {name: value for name, value in os.environ.items() if not name.startswith(SET)}
    return subprocess.run(command, cwd=copy, env=plain, capture_output=True, text=True, check=False)
