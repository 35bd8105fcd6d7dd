"""What a battery has tried, counted: `@pytest.mark.battery("B1")` names a row, `tally(rounds=100)` adds to its figures.

With TALLY naming a file, the sums of a run are written there as JSON, for the table that `make trust` prints.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.depth import FULL, SEED

Tally = Callable[..., None]
WATCHED = "C7"
_sums: dict[str, Counter[str]] = defaultdict(Counter)


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Adds to the figures of this test's row, whichever worker it runs in."""

    def add(**figures: int) -> None:
        request.node.user_properties.extend(figures.items())

    return add


def name_rows(items: list[pytest.Item]) -> list[pytest.Item]:
    """Each test is told of which rows it is; those of none that ROWS asks for, where it is set, are handed back."""
    wanted, others = set(os.environ.get("ROWS", "").split()), []
    for item in items:
        rows = rows_of(item)
        item.user_properties.extend(("row", row) for row in sorted(rows))
        if wanted and not wanted & rows:
            others.append(item)
    return others


def rows_of(item: pytest.Item) -> set[str]:
    return {row for mark in item.iter_markers("battery") for row in mark.args}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Of each test its outcome, and at its end its figures, in the process that collects what the workers report."""
    if report.when == "teardown":  # of every test, whatever it is for: tests/loopback.py
        _sums[WATCHED].update(watched=1, connections=dict(report.user_properties).get("watched", 0))
    for row in [row for name, row in report.user_properties if name == "row"]:
        _sums[row]["milliseconds"] += round(report.duration * 1000)
        if report.when == "call" or report.outcome != "passed":
            _sums[row][report.outcome] += 1
        if report.when == "teardown":
            _sums[row].update(_figures(report))


def _figures(report: pytest.TestReport) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, figure in report.user_properties:
        if name not in ("row", "watched"):
            found[name] += int(figure)
    return found


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Last of all, so that whoever sees a failure sees by what it is asked again."""
    terminalreporter.write_line(f"Batteries {'in full' if FULL else 'reduced'}. The same again: SEED={SEED}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    is_worker: Any = hasattr(session.config, "workerinput")
    if (path := os.environ.get("TALLY")) and not is_worker:
        Path(path).write_text(json.dumps({"seed": SEED, "rows": _sums}, indent=1))
