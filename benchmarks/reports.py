"""`python -m benchmarks.reports`: how long a report of a full cycle takes in each format, and how much memory.

States x 176 updates with full text are made in memory, and each format is rendered in a process of its own, so that
no figure holds another's memory. No database, and nothing is written. `--states 193` measures the bigger one,
`--growth` half of the updates, all of them and twice as many: cost should grow in proportion.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

FORMATS = ("html", "docx", "pdf", "xlsx", "json", "csv")
HEAD = "| Format | States | Updates | Seconds | Peak MB | File MB |\n|---|---:|---:|---:|---:|---:|"
# States, and the share of their updates that are there.
Size = tuple[int, float]
BOTH: tuple[Size, ...] = ((5, 1.0), (193, 1.0))
QUICK: tuple[Size, ...] = ((5, 0.1), (12, 0.1))  # small enough to see whether it works at all


@dataclass(frozen=True)
class Made:
    """One file, and the peak of memory of all processes that made it, together."""

    name: str
    states: int
    updates: int
    seconds: float
    memory: float
    size: float

    def line(self) -> str:
        figures = f"{self.seconds:.1f} | {self.memory:,.0f} | {self.size:.1f}"
        return f"| {self.name.upper()} | {self.states} | {self.updates:,} | {figures} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reports", description=__doc__)
    parser.add_argument("--states", type=int, default=5, help="how many Member States (5)")
    parser.add_argument("--only", nargs="+", choices=FORMATS, default=FORMATS, metavar="FORMAT")
    parser.add_argument("--language", choices=["en", "ru"], default="en")
    parser.add_argument("--growth", action="store_true", help="half, all and twice as many updates")
    parser.add_argument("--rounds", type=int, default=1, help="rounds, of which the fastest counts (1)")
    options = parser.parse_args()
    sizes = [(options.states, 0.5), (options.states, 1.0), (2 * options.states, 1.0)]
    print(HEAD, flush=True)
    for line in lines(sizes if options.growth else sizes[1:2], options.only, options.language, options.rounds):
        print(line, flush=True)


def lines(
    sizes: Iterable[Size], formats: Iterable[str] = FORMATS, language: str = "en", rounds: int = 1
) -> Iterator[str]:
    """A line of the table for each format of each size: the fastest of some rounds, since others were disturbed."""
    for states, share in sizes:
        for name in formats:
            made = (measure(name, states, share, language) for _ in range(rounds))
            yield min(made, key=lambda one: one.seconds).line()


def measure(name: str, states: int, share: float = 1.0, language: str = "en") -> Made:
    """One format, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.one_report", name, str(states), language, str(share)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise SystemExit(f"{name} for {states} States has failed; see above.")
    return Made(name, states, int(states * 176 * share), **json.loads(done.stdout))


if __name__ == "__main__":
    main()
