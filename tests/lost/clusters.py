"""PostgreSQL clusters that keep what they say they keep: started, copied, killed, and followed by a standby."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2

from tests.postgres import COLLATION, programs_in

# What production has: an answered commit is on the disk. Checksums are on by themselves from PostgreSQL 18.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "max_connections": "60"}
DATABASE = "tracker"
PATIENCE = 60.0


class Programs:
    """Where PostgreSQL's programs are, and the account that they run under."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.account = programs_in(folder)

    def run(self, name: str, *arguments: Any, cwd: Path, **options: Any) -> subprocess.CompletedProcess[str]:
        command = [self.folder / name, *map(str, arguments)]
        options |= {"cwd": cwd, "user": self.account, "capture_output": True, "text": True}
        told = subprocess.run(command, check=False, **options)
        assert told.returncode == 0, f"{name}: {told.stderr}"
        return told

    def new_folder(self, above: Path, name: str) -> Path:
        """A folder that this account may write to, and reach."""
        folder = above / name
        folder.mkdir()
        if self.account:
            shutil.chown(folder, self.account)
        return folder


class Cluster:
    """One cluster, in a folder of its own with its socket; reached by that socket, or with a port over loopback."""

    def __init__(self, programs: Programs, folder: Path, port: int = 5432, **settings: str) -> None:
        self.programs, self.folder, self.port = programs, folder, port
        self.files = folder / "cluster"
        self.settings = DURABLE | settings
        self.process: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        own = ["--auth=trust", "--username=postgres", "--no-sync", "--no-instructions", *COLLATION]
        self.programs.run("initdb", *own, "-D", self.files, cwd=self.folder)

    def copy_of(self, other: Cluster) -> Cluster:
        """The files of a cluster that is not running."""
        subprocess.run(["cp", "-a", other.files, self.files], check=True)
        return self

    def follow(self, other: Cluster) -> Cluster:
        """A standby of a cluster that is running: its files as they are now, and from then on what it writes."""
        where = f"host={other.folder} port={other.port} user=postgres application_name=standby"
        fetch = ["-d", where, "-D", self.files, "--write-recovery-conf", "--checkpoint=fast", "--no-sync"]
        self.programs.run("pg_basebackup", *fetch, cwd=self.folder)
        return self

    def url(self, database: str = DATABASE, *, user: str = "postgres") -> str:
        return f"postgres://{user}@/{database}?host={quote(str(self.folder), safe='')}&port={self.port}"

    def start(self) -> None:
        """Starts, as often as it takes until those of an earlier life are gone; and answers."""
        until = time.monotonic() + PATIENCE
        while not self._try_to_start():
            if time.monotonic() > until:
                raise AssertionError(self.log())
            time.sleep(0.1)

    def _try_to_start(self) -> bool:
        options = [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        listens = ["-k", self.folder, "-p", str(self.port)]
        listens += ["-h", "127.0.0.1" if self.port != 5432 else ""]
        command = [self.programs.folder / "postgres", "-D", self.files, *listens, *options]
        with (self.folder / "postgres.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self.folder, user=self.programs.account, start_new_session=True
            )
        while self.process.poll() is None:
            try:
                psycopg2.connect(self.url("postgres")).close()
            except psycopg2.OperationalError:
                time.sleep(0.02)
            else:
                return True
        return False

    def stop(self, how: int = signal.SIGINT) -> None:
        """SIGINT lets commits end, SIGQUIT is PostgreSQL's own "immediate", SIGKILL tells it nothing at all."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def backends(self) -> list[int]:
        """Processes that serve somebody of the database just now."""
        asked = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
        return [pid for (pid,) in self.ask(asked, DATABASE, database="postgres")]

    def children(self) -> list[int]:
        """All that the cluster's first process has started."""
        first = self.process.pid
        return [int(pid) for pid in Path(f"/proc/{first}/task/{first}/children").read_text().split()]

    def ask(self, question: str, *values: Any, database: str = DATABASE) -> list[tuple]:
        with closing(psycopg2.connect(self.url(database))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(question, values)
                return cursor.fetchall() if cursor.description else []

    def log(self) -> str:
        return (self.folder / "postgres.log").read_text(errors="replace")[-4000:]


@contextmanager
def running(cluster: Cluster) -> Iterator[Cluster]:
    """Until the end of the block, whatever happens in it."""
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop(signal.SIGQUIT)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]
