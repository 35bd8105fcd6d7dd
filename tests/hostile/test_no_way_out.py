"""What watches every test (tests/loopback.py) sees each way out, and lets what stays on this machine pass."""

from __future__ import annotations

import asyncio
import contextlib
import smtplib
import socket
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests import loopback

pytestmark = [pytest.mark.battery("C7"), pytest.mark.same_on_every_engine]

# Addresses kept for documentation (RFC 5737, RFC 3849), and names that no server answers to (RFC 2606).
OUTSIDE = ("192.0.2.1", "2001:db8::1", "tracker.example.org", "localhost.example.org", "0.0.0.0", "169.254.169.254",
           "10.0.0.1", "::ffff:c000:201")  # fmt: skip
HERE = ("127.0.0.1", "127.8.9.1", "::1", "localhost")


def by_socket(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as line:
        line.settimeout(1)
        line.connect((host, 9))


def by_datagram(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as line:
        line.sendto(b"x", (host, 9))


def by_letter(host: str) -> None:
    smtplib.SMTP(host, 9, timeout=1).close()


def by_page(host: str) -> None:
    bracketed = f"[{host}]" if ":" in host else host
    urllib.request.urlopen(f"http://{bracketed}:9/", timeout=1).close()


def by_library(host: str) -> None:
    bracketed = f"[{host}]" if ":" in host else host
    requests.get(f"http://{bracketed}:9/", timeout=1).close()


def by_loop(host: str) -> None:
    async def connect() -> None:
        _reader, writer = await asyncio.wait_for(asyncio.open_connection(host, 9), 1)
        writer.close()

    with ThreadPoolExecutor(1) as apart:  # a browser of other tests keeps a loop in this thread
        apart.submit(lambda: asyncio.run(connect())).result()


BARE = (by_socket, by_datagram)  # a name that means nothing ends here before anything is sent
WAYS = (*BARE, by_letter, by_page, by_library, by_loop)
CASES = [(way, host) for way in WAYS for host in OUTSIDE if way not in BARE or "example" not in host]


def tried(way: Callable[[str], None], host: str) -> list[str]:
    """What was refused on this way; the test is not failed by it."""
    loopback.refused.clear()
    with contextlib.suppress(OSError, TimeoutError, RuntimeError):  # as a library would
        way(host)
    refused, loopback.refused[:] = list(loopback.refused), []
    return refused


@pytest.mark.parametrize(("way", "host"), CASES)
def test_every_way_out_is_seen_even_where_the_refusal_is_caught(way, host, tally):
    tally(ways=1)

    assert tried(way, host)


@pytest.mark.parametrize("host", HERE)
def test_what_stays_on_this_machine_passes(host):
    assert [way.__name__ for way in WAYS if tried(way, host)] == []


def test_a_socket_in_a_folder_passes(tmp_path):
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as line:
        server.bind(str(tmp_path / "here"))
        server.listen()
        line.connect(str(tmp_path / "here"))

    assert loopback.refused == []
