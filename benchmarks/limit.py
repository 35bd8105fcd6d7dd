"""The limit: the same JSON, built by the database itself, behind a bare WSGI function.

No framework, no token, no negotiation; one connection for each worker; the reader's keys are known beforehand.
What only the domain can say of an update (when it is due, whether that is past, what may be done with it) is left
out of the rows. Nothing that keeps the rules can be faster, so the share of this limit says what the rules cost.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from benchmarks.limit_sql import WRITE, event_statement, row_query, statements

KEYS = json.loads(Path(os.environ["BENCHMARK_KEYS"]).read_text())
URL = os.environ["DATABASE_URL"]
IS_POSTGRESQL = URL.startswith("postgres")
STATEMENTS = statements(KEYS, is_postgresql=IS_POSTGRESQL)
EVENT = event_statement(is_postgresql=IS_POSTGRESQL)
ROW = row_query(KEYS, is_postgresql=IS_POSTGRESQL)
MARK = "%s" if IS_POSTGRESQL else "?"
_open: dict[int, Any] = {}


def connection() -> Any:
    """This worker's one connection, made at its first request."""
    if os.getpid() not in _open:
        _open[os.getpid()] = _connect()
    return _open[os.getpid()]


def _connect() -> Any:
    if IS_POSTGRESQL:
        import psycopg2  # noqa: PLC0415

        connection = psycopg2.connect(URL, options="-c join_collapse_limit=1 -c jit=off")
        connection.autocommit = True
        return connection
    import sqlite3  # noqa: PLC0415

    connection = sqlite3.connect(urlsplit(URL).path.removeprefix("/"), isolation_level=None, timeout=20)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;")
    return connection


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """GET /<question>/ answers it; GET and PATCH /write/<id>/ read and write one update."""
    question, *rest = environ["PATH_INFO"].strip("/").split("/")
    cursor = connection().cursor()
    if environ["REQUEST_METHOD"] == "PATCH":
        values = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        body, headers = _write(cursor, int(rest[0]), values["results"], int(environ["HTTP_IF_MATCH"].strip('"')))
    elif question == "write":
        body, headers = _read(cursor, int(rest[0]))
    else:
        cursor.execute(STATEMENTS[question])
        body, headers = cursor.fetchone()[0].encode(), []
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body))), *headers])
    return [body]


def _read(cursor: Any, pk: int) -> tuple[bytes, list[tuple[str, str]]]:
    cursor.execute(ROW.replace("?", MARK), [pk])
    text, version = cursor.fetchone()
    return text.encode(), [("ETag", f'"{version}"')]


def _write(cursor: Any, pk: int, results: str, version: int) -> tuple[bytes, list[tuple[str, str]]]:
    """The row with its next version, and a line in the log, in one transaction. A stale version fails."""
    cursor.execute("BEGIN" if IS_POSTGRESQL else "BEGIN IMMEDIATE")
    cursor.execute(WRITE.replace("?", MARK), [results, pk, version])
    if cursor.fetchone() is None:
        raise ValueError("stale")
    cursor.execute(EVENT.replace("?", MARK), [os.urandom(16).hex(), json.dumps({"results": results}), pk])
    answer = _read(cursor, pk)
    cursor.execute("COMMIT")
    return answer


def ask(path: str) -> Any:
    """The answer to one GET without a server, for comparing."""
    url = urlsplit(path)
    environ = {"PATH_INFO": url.path, "QUERY_STRING": parse_qs(url.query), "REQUEST_METHOD": "GET"}
    return json.loads(b"".join(application(environ, lambda *_: None)))
