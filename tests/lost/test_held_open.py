"""C8: who sends slowly, or not at all, takes nobody else's turn: real gunicorn, two workers of four threads."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest

from operations import gathering
from tests.depth import FULL, rounds
from tests.lost.asking import ask

HEAD = b"POST /api/v1/tokens/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
PATIENCE = 4.0  # seconds: gunicorn's own threads wait for five
pytestmark = pytest.mark.django_db
SLOW: dict[str, bytes] = {
    "nothing": b"",
    "a letter": b"G",
    "half a head": b"GET /api/v1/plans/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: a",
    "half a body": HEAD + b'Content-Length: 100\r\n\r\n{"email": "',
    "half a chunk": HEAD + b'Transfer-Encoding: chunked\r\n\r\n40\r\n{"email": "',
    "waiting to be told": HEAD + b"Expect: 100-continue\r\nContent-Length: 100\r\n\r\n",
}
HUGE = b"GET /api/schema/?format=json HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Token %s\r\n\r\n"
EXPORTS = [f"{noun}/?limit=200&count=true" for noun in ("updates", "action-items", "events", "published-updates")]


@contextmanager
def held_open(port: int, sent: bytes, connections: int, takes: int = 0) -> Iterator[list[socket.socket]]:
    held = [socket.create_connection(("127.0.0.1", port)) for _number in range(connections)]
    try:
        for one in held:
            if takes:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, takes)
            one.sendall(sent)
        yield held
    finally:
        for one in held:
            one.close()


def waited(port: int) -> float:
    """Seconds until somebody else was answered."""
    began = time.monotonic()
    assert ask(port, "GET", "plans/?limit=1").status == 200
    return time.monotonic() - began


def p99(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) * 99 // 100]


def is_hardly_slower(beside: list[float], normal: list[float]) -> None:
    """In full alone: of a few turns the slowest says nothing."""
    assert not FULL or p99(beside) <= 3 * max(p99(normal), 0.05), (p99(beside), p99(normal))


def drip(held: list[socket.socket]) -> None:
    for one in held:
        with suppress(OSError):
            one.sendall(b"a")


@pytest.mark.battery("C8")
@pytest.mark.same_on_every_engine
@pytest.mark.parametrize("kind", SLOW)
def test_nobody_waits_for_those_who_send_slowly(place, tally, kind):
    connections, turns = rounds(30, 200), rounds(3, 100)
    normal = [waited(place.served.port) for _turn in range(turns)]
    with held_open(place.served.port, SLOW[kind], connections) as held:
        beside = []
        for turn in range(turns):
            drip(held if kind != "nothing" and turn % 10 == 0 else [])
            beside.append(waited(place.served.port))
    tally(bombs=connections)
    assert max(beside) < PATIENCE
    is_hardly_slower(beside, normal)


@pytest.mark.battery("C8")
@pytest.mark.same_on_every_engine
def test_nobody_waits_for_those_who_take_nothing_of_what_they_asked_for(place, tally):
    """Nor for the rest of what they ask: each worker has two of its four threads for anybody."""
    connections, turns = rounds(16, 100), rounds(6, 100)
    token = place.facts["tokens"][place.facts["secretariat"]["editor"]].encode()
    asked = HUGE % token * 12  # more than waits on the way
    normal = [waited(place.served.port) for _turn in range(turns)]
    with held_open(place.served.port, asked, connections, takes=4096):
        beside = [waited(place.served.port) for _turn in range(turns)]
    tally(bombs=connections)
    assert max(beside) < PATIENCE
    is_hardly_slower(beside, normal)


@pytest.mark.battery("C8")
@pytest.mark.same_on_every_engine
def test_nobody_waits_for_somebody_s_hundred_exports(place, tally):
    editor, number, turns = place.secretariat("editor"), rounds(24, 100), rounds(6, 100)
    normal = [waited(place.served.port) for _turn in range(turns)]
    with ThreadPoolExecutor(number) as many:
        exports = [many.submit(editor.get, EXPORTS[turn % len(EXPORTS)]) for turn in range(number)]
        beside = [waited(place.served.port) for _turn in range(turns)]
        answers = [one.result().status for one in exports]
    tally(bombs=number)
    assert answers == [200] * number
    is_hardly_slower(beside, normal)


@pytest.mark.battery("C8")
@pytest.mark.same_on_every_engine
def test_a_whole_request_in_many_small_parts_is_answered(place):
    body = b'{"email": "nobody@example.org", "password": "wrong"}'
    for how, rest, status in (
        (b"Content-Length: %d\r\n\r\n" % len(body), body, b"401"),
        (b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(body), body, b"401"),
        (
            b"Transfer-Encoding: chunked\r\n\r\n",
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body),
            b"400",
        ),  # Django reads none without a length
    ):
        with held_open(place.served.port, b"", 1) as (one,):
            for letter in HEAD + how + rest:
                one.sendall(bytes([letter]))
            one.settimeout(20)
            told = one.recv(65536)
            while told.startswith(b"HTTP/1.1 100"):
                told = told.partition(b"\r\n\r\n")[2] or one.recv(65536)
            assert told.startswith(b"HTTP/1.1 " + status), told[:100]


@pytest.mark.battery("C8")
@pytest.mark.same_on_every_engine
def test_a_long_body_and_several_requests_on_one_connection_are_answered(place):
    text = b'{"email": "nobody@example.org", "password": "%s"}' % (b"x" * 1_000_000)
    asked = HEAD + b"Content-Length: %d\r\n\r\n" % len(text) + text
    following = b"GET /api/v1/plans/?limit=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with held_open(place.served.port, b"", 1) as (one,), ThreadPoolExecutor() as beside:
        one.settimeout(20)
        sending = beside.submit(one.sendall, asked + following + following)
        told = b""
        while told.count(b"HTTP/1.1 ") < 3 and (part := one.recv(65536)):
            told += part
        sending.result()

    assert re.findall(rb"HTTP/1.1 ([0-9]+)", told) == [b"400", b"200", b"200"]


@pytest.mark.parametrize(
    ("came", "is_whole"),
    [
        (b"GET / HTTP/1.1\r\n", False),
        (b"GET / HTTP/1.1\r\n\r\n", True),
        (b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\na", False),
        (b"POST / HTTP/1.1\r\ncontent-length:2\r\n\r\nab", True),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n" + b"a" * gathering.MOST, True),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n", False),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", True),
        (b"a" * gathering.MOST_HEAD, True),
    ],
)
def test_what_is_whole(came, is_whole):
    assert gathering.is_whole(came) is is_whole
