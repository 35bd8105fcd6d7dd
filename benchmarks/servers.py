"""What a sitting needs to run: a database of its own, and gunicorn with two workers. Both end with the sitting."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.load import HOST

WORKERS = 2
DATABASE = "jpoa_benchmark"  # on a server that DATABASE_URL names: never the database that it names
DURABLE = ["fsync=on", "synchronous_commit=on", "max_connections=100"]  # an answered write is on the disk
PATIENCE = 30.0  # seconds for a server to start


@contextmanager
def database(engine: str, states: int, keep: Path | None) -> Iterator[str]:
    """The URL of a database for one sitting. With `keep`, one that stays, for the next sitting to find filled."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as name:
        if engine == "sqlite":
            folder = keep or Path(name)
            folder.mkdir(parents=True, exist_ok=True)
            yield f"sqlite:///{folder.resolve() / f'benchmark-{states}.sqlite3'}"
        elif os.environ.get("DATABASE_URL", "").startswith("postgres"):
            with _database_on(os.environ["DATABASE_URL"], f"{DATABASE}_{states}", keep=keep is not None) as url:
                yield url
        else:
            from tests.postgres import server  # noqa: PLC0415 (needs a wheel that only development installs)

            with server(Path(name), DURABLE) as url:
                yield url


@contextmanager
def _database_on(url: str, database: str, *, keep: bool) -> Iterator[str]:
    import psycopg2  # noqa: PLC0415

    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {database}")
        try:
            yield urlsplit(url)._replace(path=f"/{database}").geturl()
        finally:
            if not keep:
                cursor.execute(f"DROP DATABASE {database} WITH (FORCE)")
            connection.close()


@contextmanager
def gunicorn(application: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    """Serve `application` on this machine alone, until the block ends."""
    command = [sys.executable, "-m", "gunicorn", application, "--workers", str(WORKERS), "--bind", f"{HOST}:{port}"]
    process = subprocess.Popen([*command, "--log-level", "error"], env=os.environ | environment)
    try:
        _wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"gunicorn did not start on port {port}.")
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"Nothing answers on port {port}.")
