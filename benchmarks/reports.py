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
from collections.abc import Iterable
from dataclasses import dataclass

FORMATS = ("html", "docx", "pdf", "xlsx", "json")
HEAD = (
    "| Format | States | Updates | Seconds | Peak MB | Typesetter's MB | File MB |\n|---|---:|---:|---:|---:|---:|---:|"
)


@dataclass(frozen=True)
class Made:
    """One file, and the peaks of our own process and of the typesetter's, which ends with the file."""

    name: str
    states: int
    updates: int
    seconds: float
    ours: float
    child: float
    size: float

    def line(self) -> str:
        figures = f"{self.seconds:.1f} | {self.ours:.0f} | {self.child:.0f} | {self.size:.1f}"
        return f"| {self.name.upper()} | {self.states} | {self.updates:,} | {figures} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reports", description=__doc__)
    parser.add_argument("--states", type=int, default=5, help="how many Member States (5)")
    parser.add_argument("--only", nargs="+", choices=FORMATS, default=FORMATS, metavar="FORMAT")
    parser.add_argument("--language", choices=["en", "ru"], default="en")
    parser.add_argument("--growth", action="store_true", help="half, all and twice as many updates")
    options = parser.parse_args()
    sizes = [(options.states, 0.5), (options.states, 1.0), (2 * options.states, 1.0)]
    print(table(sizes if options.growth else [(options.states, 1.0)], options.only, options.language))


def table(
    sizes: Iterable[tuple[int, float]] = ((5, 1.0),), formats: Iterable[str] = FORMATS, language: str = "en"
) -> str:
    """A Markdown table: each format for each (States, share of their updates)."""
    made = (measure(name, states, share, language) for states, share in sizes for name in formats)
    return "\n".join([HEAD, *(one.line() for one in made)])


def measure(name: str, states: int, share: float = 1.0, language: str = "en") -> Made:
    """One format, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.one_report", name, str(states), language, str(share)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise SystemExit(f"{name} for {states} States has failed; see above.")
    return Made(name, states, int(states * 176 * share), **json.loads(done.stdout))


if __name__ == "__main__":
    main()
