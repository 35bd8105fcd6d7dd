"""The application behind gunicorn as `make run` starts it, in a group of processes that ends with the test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random

from tests.lost.asking import Lost, ask
from tests.lost.clusters import free_port

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
GUNICORN = ["gunicorn", "jpoa.wsgi", "--threads", "4"]
GUNICORN += ["--timeout", "120", "--log-level", "error", "--no-control-socket"]
PLENTY = "1000000/min"
PATIENCE = 60.0


def environment(url: str, folder: Path) -> dict[str, str]:
    """What a process is told that works on this database and not on that of the tests."""
    own = {
        "DEVELOPMENT": "1",
        "DEMONSTRATION": "1",
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(folder / "evidence"),
        "EMAIL_URL": "dummymail://",
        "DJANGO_SETTINGS_MODULE": "jpoa.settings",
        **{f"THROTTLE_{name}": PLENTY for name in ("ANONYMOUS", "PERSON")},
        "THROTTLE_SIGN_IN": PLENTY.removesuffix("in"),
    }
    return {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"} | own


class Served:
    """One gunicorn. Its workers are found as its children."""

    def __init__(self, url: str, folder: Path, workers: int = WORKERS) -> None:
        self.url, self.folder, self.port, self.wanted = url, folder, free_port(), workers
        self.master: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Served:
        try:
            self.start()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def start(self) -> None:
        """As a service manager would: what is left of an earlier life is ended first. Ready once it answers."""
        self.end()
        command = [sys.executable, "-m", *GUNICORN, "--workers", str(self.wanted), "--bind", f"127.0.0.1:{self.port}"]
        with (self.folder / "gunicorn.log").open("ab") as log:
            self.master = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(self.url, self.folder),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait()

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if ask(self.port, "GET", "plans/?limit=1").status == 200:
                    return
            except Lost:
                time.sleep(0.05)
        raise AssertionError((self.folder / "gunicorn.log").read_text(errors="replace")[-4000:])

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children")
        return [int(pid) for pid in children.read_text().split()] if children.exists() else []

    def kill_worker(self, chance: Random) -> None:
        if workers := self.workers():
            os.kill(chance.choice(workers), signal.SIGKILL)

    def kill_master(self) -> None:
        self.master.kill()
        self.master.wait()

    def end(self) -> None:
        """The whole group, without a word; none of it is left when this returns."""
        if self.master is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.master.pid, signal.SIGKILL)
        self.master.wait()
        self.master = None


def manage(url: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=environment(url, folder), capture_output=True, text=True, check=False)
