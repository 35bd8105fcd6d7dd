"""The batteries in full, on both engines, and a table of what they tried: `python -m tests.trust [--save]`.

Takes hours. `--reduced` asks the counts of `make test`; `--rows B1 B4` only these rows; SEED=... repeats a run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "docs" / "trust.md"
MARK = "<!-- figures -->"
FOLDERS = ("tests/hostile", "tests/lost", "tests/operations")
ENGINES = {"SQLite": ["-m", "pytest"], "PostgreSQL": ["-m", "tests.postgres"]}
ROWS = {
    "A1": "Who may open each route: one reviewed table",
    "A2": "Two worlds that differ in one State's unreleased words look the same to everybody else",
    "A3": "A word of its own in every unreleased field shows in no answer, file, mail or log",
    "A4": "No path of the models, with any lookup, as a parameter of any list, tells what is not shown",
    "A5": "What exists and may not be seen answers as what never existed, by every method, body and parameter",
    "A6": "A name that is not the body's own is refused, and nothing is written",
    "A7": "The second lock alone: every rule of the querysets off",
    "A10": "The time of an answer tells neither who has an account nor what exists",
    "A11": "What is taken away is gone with the next request",
    "B1": "Writers at once on one row: one is acknowledged for each version",
    "B2": "Moves at once: what was cleared is what its clearer read",
    "B3": "The workflow as a state machine against a model",
    "B4": "Kill -9 of workers, server and database under load",
    "B5": "On the disk before it is acknowledged",
    "B6": "Dropped connections and repeats: done exactly once",
    "B7": "Disk full, read-only, out of connections, stopped",
    "B8": "Failover to a synchronous standby",
    "B9": "Backup, restore, from engine to engine, to a moment",
    "B10": "A report is of one moment",
    "B11": "The verifier names the first broken link; the web server may only add",
    "B12": "Migrations back and forth with a writer running",
    "C2": "Odd values in every field, path, parameter and header",
    "C3": "Harmful files by every door",
    "C9": "Tries are counted once over all workers",
    "C10": "Sessions, cookies, headers, forged requests",
}
HEAD = "| | What | Engine | Tests | Tried | Failed | Seconds |\n|---|---|---|---:|---|---:|---:|"
OUTCOMES = ("passed", "failed", "skipped", "milliseconds")


def main() -> int:
    options = _options()
    tables, verdict = [], 0
    for engine, command in ENGINES.items():
        told, code = run(engine, command, options)
        verdict |= code
        tables += lines(engine, told["rows"], options.rows)
    text = f"{measured(options.reduced)}\n\n" + "\n".join([HEAD, *sorted(tables, key=_by_row)])
    print(text)
    if options.save:
        page = PAGE.read_text()
        PAGE.write_text(page[: page.index(MARK)] + f"{MARK}\n\n{text}\n")
    return verdict


def run(engine: str, command: list[str], options: argparse.Namespace) -> tuple[dict[str, Any], int]:
    with tempfile.TemporaryDirectory() as name:
        tally = Path(name) / "tally.json"
        environment = os.environ | {"TALLY": str(tally), **({} if options.reduced else {"BATTERY": "full"})}
        print(f"{engine} ...", file=sys.stderr, flush=True)
        asked = [sys.executable, *command, "-n", "2", *FOLDERS]
        done = subprocess.run(asked, env=environment, stdout=sys.stderr, check=False)
        return json.loads(tally.read_text()), done.returncode


def lines(engine: str, rows: dict[str, dict[str, int]], wanted: list[str]) -> list[str]:
    """A line for each row of this engine."""
    return [_line(row, engine, rows[row]) for row in ROWS if row in rows and (not wanted or row in wanted)]


def _line(row: str, engine: str, sums: dict[str, int]) -> str:
    tried = ", ".join(f"{sums[name]:,} {name}" for name in sums if name not in OUTCOMES)
    failed, tests = sums.get("failed", 0), sums.get("passed", 0) + sums.get("failed", 0)
    return f"| {row} | {ROWS[row]} | {engine} | {tests} | {tried} | {failed} | {sums['milliseconds'] / 1000:.0f} |"


def _by_row(line: str) -> tuple[str, int, str]:
    row, engine = line.split(" | ", maxsplit=1)[0].strip("| "), line.split(" | ")[2]
    return row[0], int(row[1:]), engine


def measured(reduced: bool) -> str:
    counts = "reduced counts, as in `make test`" if reduced else "full counts"
    cores = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    seed = os.environ.get("SEED", "drawn")
    return f"Measured on {dt.datetime.now(dt.UTC):%-d %B %Y}: {counts}, SEED={seed}, {cores}."


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__)
    parser.add_argument("--reduced", action="store_true", help="the counts of `make test`")
    parser.add_argument("--rows", nargs="*", default=[], help="print only these rows")
    parser.add_argument("--save", action="store_true", help="put the table into docs/trust.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
