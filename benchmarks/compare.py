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
from benchmarks.load import HOST, Question  # noqa: E402
from benchmarks.questions import DERIVED, ask_of  # noqa: E402
from benchmarks.table import CAREFUL, LIMIT, SUBJECT  # noqa: E402


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
        content, queries[system] = _answer(question)
        rows[system] = _rows(content)
    if name != "write":
        rows[LIMIT] = _rows(limit.ask(f"/{name}/"))
        _check(name, rows[SUBJECT], rows[CAREFUL])
        bare = [{key: value for key, value in row.items() if key not in DERIVED} for row in rows[SUBJECT]]
        _check(name, bare, rows[LIMIT])
    return queries


def _answer(question: Question) -> tuple[Any, int]:
    """What comes back, and the queries that it took. An edit names the version that a GET has told."""
    client, headers = Client(SERVER_NAME=HOST), question.headers
    path = question.path or question.paths[0]
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path, headers=headers)
    if question.paths and response.status_code == 200:
        values, headers = {"results": f"Compared with {response['ETag']}."}, {**headers, "If-Match": response["ETag"]}
        with CaptureQueriesContext(connection) as captured:
            response = client.patch(path, values, content_type="application/json", headers=headers)
    if response.status_code != 200:
        raise SystemExit(f"{path} was answered {response.status_code}: {response.content[:500]!r}")
    return response.json(), len(captured)


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
