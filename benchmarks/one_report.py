"""One report of a full cycle in one format, measured in this process: `python -m benchmarks.one_report pdf 5 en 1`."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from threading import Event, Thread

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
django.setup()

from benchmarks.full_cycle import full_cycle  # noqa: E402
from reporting.renderers import render  # noqa: E402
from reporting.review_report import review_report  # noqa: E402

PROCESSES = Path("/proc")
LOOKS_EVERY = 0.02  # seconds


class Memory:
    """The most that this process and those it has started hold together, looked at fifty times a second.

    A parent's own figures do not tell: to what its children take they add what it took itself before they began.
    """

    def __init__(self) -> None:
        self.most = 0.0
        self._end = Event()
        self._looking = Thread(target=self._look)

    def __enter__(self) -> Memory:
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._looking.join()
        self.most = max(self.most, getrusage(RUSAGE_SELF).ru_maxrss / 1024)

    def _look(self) -> None:
        while not self._end.wait(LOOKS_EVERY):
            self.most = max(self.most, sum(map(_held, ("self", *_started_by("self")))))


def _started_by(process: str) -> list[str]:
    """Those that a process has started, and what they have."""
    own = [one for file in PROCESSES.glob(f"{process}/task/*/children") for one in _read(file).split()]
    return [*own, *(one for child in own for one in _started_by(child))]


def _held(process: str) -> float:
    """Megabytes of one process; none of one that has ended."""
    pages = _read(PROCESSES / process / "statm").split()[1:2]
    return sum(map(int, pages)) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""


def main() -> None:
    """Print seconds, the peak of memory of all processes in MB, and the size of the file in MB."""
    name, states, language, share = sys.argv[1:5]
    facts = full_cycle(int(states))
    facts = replace(facts, updates=facts.updates[: int(len(facts.updates) * float(share))])
    document = review_report(facts, made_on=facts.dated_on, language=language)
    with Memory() as memory:
        begun = time.perf_counter()
        content = render(document, name)
        seconds = time.perf_counter() - begun
    print(json.dumps({"seconds": seconds, "memory": memory.most, "size": len(content) / 2**20}))


if __name__ == "__main__":
    main()
