"""The batteries in full, on both engines, and a table of what they tried: `python -m tests.trust [--save]`.

Takes hours. `--reduced` asks the counts of `make test`, `--rows B1 B4` these rows alone, `--engine SQLite` that engine
alone; SEED=... repeats a run. What is saved replaces the lines of the same rows and engine, and leaves the others.
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

from tests import gates

PAGE = Path(__file__).resolve().parents[1] / "docs" / "trust.md"
MARK = "<!-- figures -->"
FOLDERS = ("tests/hostile", "tests/lost", "tests/operations", "tests/browser/test_nothing_typed_is_run.py")
ENGINES = {"SQLite": ["-m", "pytest"], "PostgreSQL": ["-m", "tests.postgres"]}
ROWS = {
    "A1": "Who may do what: one reviewed table, asked of everybody, at every stage, on every channel",
    "A2": "Two worlds that differ in one State's unreleased words look the same to everybody else",
    "A3": "A word of its own in every unreleased field shows in no answer, file, mail or log",
    "A4": "No path of the models, with any lookup, as a parameter of any list, tells what is not shown",
    "A5": "What exists and may not be seen answers as what never existed, by every method, body and parameter",
    "A6": "A name that is not the body's own is refused, and nothing is written",
    "A7": "The second lock alone: every rule of the querysets off",
    "A8": "Leaks planted one by one into the code are found",
    "A9": "A cache shared by all hands nobody what was made for another",
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
    "B13": "Lost updates, broken chains and bad backups planted one by one into the code are found",
    "C1": "Whatever the OpenAPI document allows or forbids, by everybody: every answer is one that it describes",
    "C2": "Odd values in every field, path, parameter and header",
    "C3": "Harmful files by every door",
    "C4": "No text becomes a formula, in no table and no program",
    "C5": "What means something to a typesetter, a template or XML stands in documents as it was written",
    "C6": "What is typed is shown and never run, on every page of a real browser",
    "C7": "Every test is watched: none reaches beyond this machine",
    "C8": "What is meant to take the server down is refused, bounded or left to a worker",
    "C9": "Tries are counted once over all workers",
    "C10": "Sessions, cookies, headers, forged requests",
    "C11": "Deadlines to the second in every zone, whatever the clock does",
    "C12": "The gates of `make check` close when they should",
}
HEAD = "| | What | Engine | Tests | Tried | Failed | Seconds | Measured |\n|---|---|---|---:|---|---:|---:|---|"
OUTCOMES = ("passed", "failed", "skipped", "milliseconds")


def main() -> int:
    options = _options()
    lines, verdict = kept() if options.save else {}, gates.main(strict=True)
    for engine in options.engine:
        told, code = run(engine, options)
        verdict |= code
        lines |= measured(engine, told, options)
    machine = f"On {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}.\n"
    text = "\n".join([machine, HEAD, *sorted(lines.values(), key=_by_row)])
    print(text)
    if options.save:
        page = PAGE.read_text()
        PAGE.write_text(page[: page.index(MARK)] + f"{MARK}\n\n{text}\n")
    return verdict


def run(engine: str, options: argparse.Namespace) -> tuple[dict[str, Any], int]:
    with tempfile.TemporaryDirectory() as name:
        tally = Path(name) / "tally.json"
        environment = os.environ | {"TALLY": str(tally), "ROWS": " ".join(options.rows)}
        environment |= {} if options.reduced else {"BATTERY": "full"}
        print(f"{engine} ...", file=sys.stderr, flush=True)
        asked = [sys.executable, *ENGINES[engine], "-n", "2", "--dist", "worksteal", *FOLDERS]
        done = subprocess.run(asked, env=environment, stdout=sys.stderr, check=False)
        return json.loads(tally.read_text()), done.returncode


def measured(engine: str, told: dict[str, Any], options: argparse.Namespace) -> dict[tuple[str, str], str]:
    """A line for each row that was asked on this engine."""
    counts = "reduced" if options.reduced else "full"
    when = f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {counts}, SEED={told['seed']}"
    rows = [row for row in ROWS if row in told["rows"] and (not options.rows or row in options.rows)]
    return {(row, engine): f"{_line(row, engine, told['rows'][row])} {when} |" for row in rows}


def kept() -> dict[tuple[str, str], str]:
    """The lines that the page has, by row and engine."""
    lines = [line for line in PAGE.read_text().partition(MARK)[2].splitlines() if line.startswith("| ")]
    cells = {line: [cell.strip() for cell in line.split("|")] for line in lines}
    return {(cell[1], cell[3]): line for line, cell in cells.items() if cell[1] in ROWS}


def _line(row: str, engine: str, sums: dict[str, int]) -> str:
    tried = ", ".join(f"{sums[name]:,} {name}" for name in sums if name not in OUTCOMES)
    failed, seconds = sums.get("failed", 0), sums.get("milliseconds", 0) / 1000
    tests = sums.get("passed", 0) + failed
    return f"| {row} | {ROWS[row]} | {engine} | {tests} | {tried} | {failed} | {seconds:.0f} |"


def _by_row(line: str) -> tuple[str, int, str]:
    row, engine = line.split(" | ", maxsplit=1)[0].strip("| "), line.split(" | ")[2]
    return row[0], int(row[1:]), engine


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__)
    parser.add_argument("--reduced", action="store_true", help="the counts of `make test`")
    parser.add_argument("--rows", nargs="*", default=[], choices=ROWS, help="ask only these rows")
    parser.add_argument("--engine", nargs="*", default=list(ENGINES), choices=ENGINES, help="on these engines")
    parser.add_argument("--save", action="store_true", help="put the table into docs/trust.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
