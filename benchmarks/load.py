"""Eight clients, each a small process of its own with one connection at a time, for a few seconds and no longer.

Loopback only. A client sends its next request when it has read the last answer to the end; an answer that is not
200 ends the run, so that nothing is ever measured that did not work.
"""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, field
from math import ceil
from multiprocessing import get_context
from multiprocessing.pool import Pool

CLIENTS = 8
HOST = "127.0.0.1"
LONGEST_WAIT = 60.0  # seconds for one answer
HEAD_START = 0.2  # seconds between giving the word and the first request


@dataclass(frozen=True)
class Question:
    """One request, repeated. With `paths`, each client writes to a row of its own, naming the version it has read."""

    path: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    """Answers per second, and the time that 99 of 100 answers stayed within, in milliseconds."""

    per_second: float
    p99: float


class Clients:
    """The processes are started once and wait between rounds."""

    def __init__(self) -> None:
        self._pool: Pool = get_context("spawn").Pool(CLIENTS)

    def ask(self, port: int, question: Question, seconds: float) -> Measured:
        """One round: all clients at once, for `seconds`. Raises RuntimeError at the first unexpected answer."""
        self._pool.starmap(_warm, [(port, question)] * CLIENTS, chunksize=1)
        start = time.monotonic() + HEAD_START
        tasks = [(port, question, number, start, seconds) for number in range(CLIENTS)]
        results = self._pool.starmap(_client, tasks, chunksize=1)
        times = sorted(took for times, _ in results for took in times)
        until = max(end for _, end in results)
        return Measured(len(times) / (until - start), 1000 * times[ceil(0.99 * len(times)) - 1])

    def close(self) -> None:
        self._pool.terminate()
        self._pool.join()


def _warm(port: int, question: Question) -> None:
    """The first answers find nothing imported and nothing connected: they are not counted."""
    for _ in range(2):
        ask(port, request("GET", question.path or question.paths[0], question.headers))


def _client(port: int, question: Question, number: int, start: float, seconds: float) -> tuple[list[float], float]:
    """The time of each answer, and the instant of the last one."""
    write = _Writer(port, question, number) if question.paths else None
    asked = request("GET", question.path, question.headers)
    time.sleep(max(0.0, start - time.monotonic()))
    times = []
    now = time.monotonic()
    while now < start + seconds:
        ask(port, write.next() if write else asked)
        before, now = now, time.monotonic()
        times.append(now - before)
    return times, now


class _Writer:
    """Edits one draft over and over, each time with the version after the last one."""

    def __init__(self, port: int, question: Question, number: int) -> None:
        self.path, self.headers = question.paths[number], question.headers
        head = ask(port, request("GET", self.path, self.headers))
        tag = next(line for line in head.decode().split("\r\n") if line.lower().startswith("etag:"))
        self.version = int(tag.split('"')[1].rsplit("-", 1)[-1])

    def next(self) -> bytes:
        headers = {**self.headers, "If-Match": f'"{self.version}"', "Content-Type": "application/json"}
        self.version += 1
        return request("PATCH", self.path, headers, f'{{"results": "Written as version {self.version}."}}')


def request(method: str, path: str, headers: dict[str, str], body: str = "") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", "Accept: application/json", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", body]).encode()


def ask(port: int, sent: bytes) -> bytes:
    """Send, read to the end, answer the head. The body is counted and thrown away."""
    with socket.create_connection((HOST, port), timeout=LONGEST_WAIT) as connection:
        connection.sendall(sent)
        first = part = connection.recv(65536)
        length = len(first)
        while part:
            part = connection.recv(262144)
            length += len(part)
    head = first.split(b"\r\n\r\n", 1)[0]
    whole = len(head) + 4 + int(head.lower().split(b"\r\ncontent-length: ", 1)[-1].split(b"\r\n", 1)[0])
    if not head.startswith(b"HTTP/1.1 200 ") or length != whole:
        raise RuntimeError(f"{sent[:200]!r} was answered {first[:600]!r}")
    return head
