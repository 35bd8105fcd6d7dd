"""`python -m benchmarks`: fill, check that all three systems answer alike, measure, print a table; then desk, reports.

Writes nothing but its own temporary files, unless `--save` is given.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import desk, reports
from benchmarks.load import Clients
from benchmarks.questions import FIVE_STATES, QUESTIONS, ask_of
from benchmarks.servers import WORKERS, database, gunicorn
from benchmarks.table import SYSTEMS, Sitting, measured, report, save

PORTS = {"tracker": 8021, "careful": 8021, "limit": 8022}
DESK, REPORTS = "desk", "reports"
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def main() -> None:
    options = _options()
    measures = {"figures": _of_the_api, DESK: _of_the_desk, REPORTS: _of_reports}
    asked = {"figures": set(options.only) & set(QUESTIONS), **{name: name in options.only for name in (DESK, REPORTS)}}
    for mark in (mark for mark in measures if asked[mark]):
        text = measures[mark](options)
        print(text, flush=True)
        if options.save:
            save(text, mark)


def _of_the_api(options: argparse.Namespace) -> str:
    engines = list(ENGINES) if options.engine == "both" else [options.engine]
    clients = Clients()
    try:
        sittings = [sit(engine, options, clients) for engine in engines]
    finally:
        clients.close()
    return report(sittings, options.rounds, options.seconds)


def _of_the_desk(options: argparse.Namespace) -> str:
    """Pages for one reader at a time, of a full cycle of five States and of as many as are asked for."""
    parts = [f"{measured()}; gunicorn with {WORKERS} workers, one reader at a time, {20 * options.rounds} times."]
    for engine in [*ENGINES] if options.engine == "both" else [options.engine]:
        lines = [line for states in dict.fromkeys((5, options.states)) for line in _desk_lines(engine, states, options)]
        parts += [f"### {ENGINES[engine]}", "\n".join([desk.HEAD, *lines])]
    return "\n\n".join(parts)


def _desk_lines(engine: str, states: int, options: argparse.Namespace) -> list[str]:
    _say(f"Desk, {ENGINES[engine]}, {states} States")
    with database(engine, states, options.keep) as url, tempfile.TemporaryDirectory(prefix="bench-") as name:
        keys, environment = _fill(states, url, Path(name))
        with gunicorn("benchmarks.wsgi", PORTS["tracker"], environment):
            return list(desk.lines(PORTS["tracker"], keys, options.rounds))


def _of_reports(options: argparse.Namespace) -> str:
    """Both sizes: the smaller one in rounds, of which the fastest counts, the larger one once."""
    _say("Reports")
    small, large = reports.QUICK if options.quick else reports.BOTH
    lines = [*reports.lines([small], rounds=options.rounds), *reports.lines([large])]
    how = f"of the smaller size the fastest of {options.rounds} rounds, of the larger one a single round."
    return f"{measured()}; {how}\n\n" + "\n".join([reports.HEAD, *lines])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--states", type=int, default=193, help="how many Member States (193)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which the median counts (5)")
    parser.add_argument("--seconds", type=float, default=3, help="how long one question is put in a round (3)")
    parser.add_argument("--engine", choices=[*ENGINES, "both"], default="both")
    choices = [*QUESTIONS, DESK, REPORTS]
    parser.add_argument("--only", nargs="+", choices=choices, default=choices, metavar="QUESTION")
    parser.add_argument("--quick", action="store_true", help="12 States, one short round: does it work at all?")
    parser.add_argument("--keep", type=Path, help="a folder where filled databases stay for the next time")
    parser.add_argument("--save", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    if options.quick:
        options.states, options.rounds, options.seconds = 12, 1, 0.5
    return options


def sit(engine: str, options: argparse.Namespace, clients: Clients) -> Sitting:
    """One engine: the large database, and a second one with five States for what is asked of five."""
    sitting = Sitting(ENGINES[engine])
    for states, questions in ((options.states, set(QUESTIONS) - FIVE_STATES), (5, FIVE_STATES)):
        if asked := [name for name in options.only if name in questions]:
            _say(f"{ENGINES[engine]}, {states} States: filling")
            with database(engine, states, options.keep) as url, tempfile.TemporaryDirectory(prefix="bench-") as name:
                keys, environment = _prepare(sitting, asked, states, url, Path(name))
                with (
                    gunicorn("benchmarks.wsgi", PORTS["tracker"], environment),
                    gunicorn("benchmarks.limit", PORTS["limit"], environment),
                ):
                    _measure(sitting, asked, keys, options, clients)
    return sitting


def _prepare(
    sitting: Sitting, asked: list[str], states: int, url: str, folder: Path
) -> tuple[dict[str, Any], dict[str, str]]:
    """Fill the database and compare the answers. What the questions need to know, and the servers' environment."""
    queries_file = folder / "queries.json"
    keys, environment = _fill(states, url, folder)
    _run(environment, "benchmarks.compare", "--only", *asked, "--write-to", queries_file)
    sitting.queries.update(json.loads(queries_file.read_text()))
    sitting.updates = max(sitting.updates, keys["updates"])
    return keys, environment


def _fill(states: int, url: str, folder: Path) -> tuple[dict[str, Any], dict[str, str]]:
    keys_file = folder / "keys.json"
    environment = {"DATABASE_URL": url, "BENCHMARK_KEYS": str(keys_file), "MEDIA_ROOT": str(folder)}
    _run(environment, "benchmarks.dataset", "--states", states, "--write-to", keys_file)
    return json.loads(keys_file.read_text()), environment


def _measure(
    sitting: Sitting, asked: list[str], keys: dict[str, Any], options: argparse.Namespace, clients: Clients
) -> None:
    """Round after round, system after system, so that a busy moment of the machine hits all of them."""
    for number in range(options.rounds):
        for question in asked:
            for system in SYSTEMS:
                measured = clients.ask(PORTS[system], ask_of(question, system, keys), options.seconds)
                sitting.rounds.setdefault(question, {}).setdefault(system, []).append(measured)
        _say(f"  round {number + 1} of {options.rounds}")


def _run(environment: dict[str, str], module: str, *arguments: Any) -> None:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    if subprocess.run(command, env=os.environ | environment, check=False).returncode:
        raise SystemExit(f"{module} has failed; see above.")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
