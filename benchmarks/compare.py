"""Before anything is measured: do the three systems answer alike, and with how many queries?

`python -m benchmarks.compare --only list filter --write-to queries.json`. Ends with an error where a row differs.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks import limit  # noqa: E402
from benchmarks.load import Question  # noqa: E402
from benchmarks.questions import ask_of  # noqa: E402
from benchmarks.table import CAREFUL, LIMIT, SUBJECT  # noqa: E402

# What the domain says of an update, beyond what any database holds: the limit goes without.
DERIVED = ("due_at", "is_overdue", "allowed_moves")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", nargs="+", required=True)
    parser.add_argument("--write-to", type=Path, required=True)
    options = parser.parse_args()
    queries = {name: compare(name) for name in options.only}
    options.write_to.write_text(json.dumps(queries))


def compare(name: str) -> dict[str, int]:
    """The queries that each framework needs. Raises SystemExit where the answers differ."""
    queries, rows = {}, {}
    for system in (SUBJECT, CAREFUL):
        question = ask_of(name, system, limit.KEYS)
        _answer(question)  # the first time, a framework also reads what it keeps
        with CaptureQueriesContext(connection) as captured:
            rows[system] = _rows(_answer(question))
        queries[system] = len(captured)
    if name != "write":
        rows[LIMIT] = _rows(limit.ask(f"/{name}/"))
        _check(name, rows[SUBJECT], rows[CAREFUL])
        bare = [{key: value for key, value in row.items() if key not in DERIVED} for row in rows[SUBJECT]]
        _check(name, bare, rows[LIMIT])
    return queries


def _answer(question: Question) -> Any:
    """GET, or one edit with the version that a GET has told."""
    client, headers = Client(SERVER_NAME="127.0.0.1"), question.headers
    response = client.get(question.path or question.paths[0], headers=headers)
    if question.paths and response.status_code == 200:
        headers = {**headers, "If-Match": response["ETag"]}
        values = {"results": f"Compared with version {response['ETag']}."}
        response = client.patch(question.paths[0], values, content_type="application/json", headers=headers)
    if response.status_code != 200:
        raise SystemExit(f"{question.path or question.paths[0]} was answered {response.status_code}: {response.content[:500]!r}")
    return response.json()


def _rows(content: Any) -> Any:
    """The rows of a page or of a matrix, whatever they are wrapped in."""
    if isinstance(content, dict):
        return content.get("results", content.get("rows", content))
    return content


def _check(name: str, ours: Any, theirs: Any) -> None:
    if len(ours) != len(theirs):
        raise SystemExit(f"{name}: {len(ours)} rows against {len(theirs)}")
    for mine, other in zip(ours, theirs, strict=True):
        different = sorted(key for key in {*mine, *other} if mine.get(key) != other.get(key))
        if different:
            pairs = {key: (mine.get(key), other.get(key)) for key in different[:3]}
            raise SystemExit(f"{name}: the answers differ: {pairs}")


if __name__ == "__main__":
    main()
