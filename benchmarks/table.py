"""The figures of a sitting as a Markdown table, and its place in docs/benchmarks.md."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.load import CLIENTS, Measured
from benchmarks.servers import WORKERS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
SUBJECT, CAREFUL, LIMIT = SYSTEMS = ("tracker", "careful", "limit")
HEAD = (
    "| Question | Tracker/s | p99 ms | queries | Careful/s | p99 ms | queries | Limit/s | p99 ms "
    "| x careful | % of limit |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)


@dataclass
class Sitting:
    """What was measured on one engine: every round of every question to every system, and the queries it took."""

    engine: str
    updates: int = 0
    rounds: dict[str, dict[str, list[Measured]]] = field(default_factory=dict)
    queries: dict[str, dict[str, int]] = field(default_factory=dict)

    def table(self) -> str:
        """Medians of the rounds; ratios are of these medians."""
        return "\n".join([HEAD, *(self._line(question) for question in self.rounds)])

    def _line(self, question: str) -> str:
        speed = {name: median(one.per_second for one in self.rounds[question][name]) for name in SYSTEMS}
        late = {name: median(one.p99 for one in self.rounds[question][name]) for name in SYSTEMS}
        cells = [question]
        for name in SYSTEMS:
            cells += [_short(speed[name]), _short(late[name])]
            cells += [str(self.queries[question][name])] if name != LIMIT else []
        cells += [f"{speed[SUBJECT] / speed[CAREFUL]:.1f}", f"{100 * speed[SUBJECT] / speed[LIMIT]:.0f}"]
        return f"| {' | '.join(cells)} |"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 20 else f"{value:.1f}"


def report(sittings: list[Sitting], rounds: int, seconds: float) -> str:
    """Every table of a run under what it was measured on."""
    how = (
        f"gunicorn with {WORKERS} workers, {CLIENTS} clients on the same machine; "
        f"medians of {rounds} rounds of {seconds:g} s, the three systems in turn."
    )
    parts = [f"{measured()}; {how}"]
    for sitting in sittings:
        parts += [f"### {sitting.engine}, {sitting.updates:,} updates", sitting.table()]
    return "\n\n".join(parts)


def measured() -> str:
    """When, and on what machine."""
    today = dt.datetime.now(dt.UTC).date()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Measured on {today:%-d %B %Y}: {os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def save(text: str, mark: str = "figures") -> None:
    """Put the figures between their marks in docs/benchmarks.md."""
    marks = re.compile(rf"(?<=<!-- {mark} -->\n).*(?=<!-- /{mark} -->)", re.DOTALL)
    page, count = marks.subn(lambda _: f"\n{text}\n\n", PAGE.read_text())
    if count != 1:
        raise SystemExit(f"{PAGE} has lost the marks of its {mark}.")
    PAGE.write_text(page)
