"""B5: what is acknowledged is on the disk before its answer leaves: the order of system calls, as the kernel saw it."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.depth import rounds
from tests.lost.conftest import Place, Prepared, place_of_its_own

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("strace") is None, reason="there is no strace on this machine"),
]
CALLS = "trace=fsync,fdatasync,pwrite64,pwritev,write,sendto,recvfrom"
LINE = re.compile(r"(?P<pid>\d+) +(?P<rest>.*)")
ANSWER = re.compile(r'sendto\(\d+<[^>]*>, "HTTP/1\.1 (?P<status>\d+)')
COMMITTED = r'"C\\0\\0\\0\\vCOMMIT'  # "CommandComplete" of PostgreSQL's protocol


@contextmanager
def traced(pids: list[int], log: Path) -> Iterator[None]:
    """These processes and their children, every call in the one order in which the tracer saw them."""
    names = [word for pid in pids for word in ("-p", str(pid))]
    command = ["strace", "-f", "-y", "-s", "64", "-e", CALLS, "-e", "signal=none", "-o", log, *names]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        for _ in pids:
            assert "attached" in tracer.stderr.readline()
        yield
        time.sleep(0.2)
    finally:
        tracer.send_signal(signal.SIGINT)
        tracer.communicate(timeout=30)


def calls(log: Path) -> Iterator[tuple[str, str]]:
    """Who made it and each call once, at the moment it was done; what was interrupted is put together again."""
    begun: dict[str, str] = {}
    for line in log.read_text(errors="replace").splitlines():
        found = LINE.match(line)
        pid, rest = found["pid"], found["rest"]
        if rest.endswith("<unfinished ...>"):
            begun[pid] = rest.removesuffix("<unfinished ...>")
            if "sendto(" in rest:  # an answer counts from the moment at which it begins to leave
                yield pid, begun.pop(pid)
        elif rest.startswith("<..."):
            if pid in begun:
                yield pid, begun.pop(pid) + rest.partition("resumed>")[2]
        else:
            yield pid, rest


def answers_too_early(log: Path, steps: list[str]) -> tuple[int, int]:
    """How many answers 200 there were, and before how many of them these steps were not all made, in their order."""
    found, early, since = 0, 0, []
    for pid, call in calls(log):
        since.append((pid, call))
        if (answer := ANSWER.match(call)) and answer["status"] == "200":
            found, early, since = found + 1, early + (not all_made(since, steps)), []
    return found, early


def all_made(since: list[tuple[str, str]], steps: list[str]) -> bool:
    """Whether these calls end with what was written being on the disk, and told to be, before the answer.

    What others write meanwhile is not of this answer: whoever says COMMIT is watched, or all where it wrote nothing
    itself.
    """
    committed = [pid for pid, call in since if call.startswith("sendto") and re.search(COMMITTED, call)]
    writers = {pid for pid, call in since if WRITTEN.match(call)}
    watched, made = set(committed[-1:]) & writers or writers, 0
    for pid, call in since:
        if made < len(steps) and re.search(steps[made], call):
            made += 1
        elif made <= 1 and pid in watched and WRITTEN.match(call):
            made = 0  # written after it was synced
    return made == len(steps)


WRITTEN = re.compile(r"(pwrite64|pwritev|write)\(\d+<[^>]*(-wal|/pg_wal/)")
WAL = r"^(fdatasync|fsync)\(\d+<[^>]*-wal>\) += 0"
PG_WAL = r"^(fdatasync|fsync)\(\d+<[^>]*/pg_wal/[0-9A-F]+>\) += 0"
STEPS = {"sqlite": [WAL], "postgresql": [PG_WAL, f"^sendto.*{COMMITTED}", f"^recvfrom.*{COMMITTED}"]}


def write(place: Place, number: int) -> None:
    """One after the other, so that every sync belongs to the answer that follows it."""
    update = place.updates.pop()
    hand, where = place.caller(update["focal"]), f"updates/{update['key']}/"
    for version in range(number):
        answer = hand.write("PATCH", where, {"results": f"Text {version}"}, version=version)
        assert answer.status == 200


def trace_of(place: Place, number: int) -> tuple[int, int]:
    """How many of so many answers were given, and how many too early."""
    log, pids = place.folder / "calls", place.served.workers()
    if place.cluster:
        pids += [place.cluster.process.pid, *place.cluster.children()]
    with traced(pids, log):
        write(place, number)
    return answers_too_early(log, STEPS["postgresql" if place.cluster else "sqlite"])


@pytest.mark.battery("B5")
def test_the_disk_has_it_before_its_writer_is_told(place: Place, tally) -> None:
    number = rounds(15, 200)

    found, early = trace_of(place, number)

    assert (found, early) == (number, 0)
    tally(writes=number)


def test_a_database_that_does_not_wait_for_the_disk_is_noticed(prepared: Prepared) -> None:
    """The battery's own sensitivity, where the setting can be had without touching the app's."""
    if not prepared.cluster:
        return
    with place_of_its_own(prepared, synchronous_commit="off", wal_writer_delay="10s") as careless:
        found, early = trace_of(careless, 10)

    assert found == 10
    assert early >= 8  # PostgreSQL may fill a page, or put things in order, of its own accord
