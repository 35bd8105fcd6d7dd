"""The process in which Typst works, as it is seen from outside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

_ROOT = Path(__file__).resolve().parents[2]
_WORKER = "reporting.renderers.typesetter_worker"
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
_SECONDS = 300


class Process:
    """Does one job after another, each in a fork of its own, which gives back all memory when it ends."""

    def __init__(self) -> None:
        self._said, self._is_killed = tempfile.TemporaryFile(), False  # noqa: SIM115 - closed by close()
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        # Our own interpreter and module, nothing from outside.
        self._process = subprocess.Popen(  # nosec B603  # noqa: S603
            [sys.executable, "-m", _WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            cwd=_ROOT,
            env={**environment, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
            start_new_session=True,  # it and its forks are ended together
        )

    def do(self, job: dict[str, Any], data: str) -> tuple[bytes, str]:
        """Return the file and no failure, or nothing and what Typst said. Raises RuntimeError when the process dies."""
        watch = threading.Timer(_SECONDS, self._kill)
        watch.start()
        try:
            return self._answer(job, data)
        except BaseException:
            self._kill()
            self.close()
            raise
        finally:
            watch.cancel()

    def close(self) -> None:
        """Let it end."""
        with self._said, suppress(BrokenPipeError), self._process:
            pass

    def _answer(self, job: dict[str, Any], data: str) -> tuple[bytes, str]:
        asked, answered = cast(IO[bytes], self._process.stdin), cast(IO[bytes], self._process.stdout)
        with suppress(BrokenPipeError):
            asked.write(f"{json.dumps(job)}\n{data}\n".encode())
            asked.flush()
        line = answered.readline()
        head: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {"size": 1}
        content = answered.read(head["size"])
        if len(content) < head["size"]:
            raise RuntimeError(self._last_words())
        return content, head["failure"]

    def _last_words(self) -> str:
        if self._is_killed:
            return f"The typesetter took more than {_SECONDS} seconds."
        self._process.wait()
        self._said.seek(0)
        return f"The typesetter failed: {self._said.read().decode(errors='replace').strip()}"

    def _kill(self) -> None:
        self._is_killed = True
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
