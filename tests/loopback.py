"""No test reaches beyond this machine: every connection of this interpreter, and every name that is looked up for one,
is told to an audit hook. It refuses what is not loopback or a socket in a folder, and the test in which it was tried
fails even where the refusal was caught.

A hook sees what a patched `socket.socket` does not: connections made in C, by another thread, by a library's own class.
The tests of PostgreSQL sign in through libpq, which no hook sees: at the socket of a server of their own.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

NAMES = {"", "localhost", socket.gethostname()}  # its own name a machine asks of itself, for letters it writes
INTERNET = (socket.AF_INET, socket.AF_INET6)
CONNECTS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOKS_UP = {"socket.getaddrinfo", "socket.gethostbyname"}
watched: Counter[str] = Counter()
refused: list[str] = []


def is_here(host: Any) -> bool:
    """Whether an address, or a name, is of this machine alone."""
    host = host.decode() if isinstance(host, bytes) else host or ""
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host in NAMES


def _hook(event: str, facts: tuple[Any, ...]) -> None:
    if event in LOOKS_UP:
        host = facts[0]
    elif event in CONNECTS and facts[0].family in INTERNET and facts[1]:
        host = facts[1][0]
    else:
        return
    watched["connections" if event in CONNECTS else "names"] += 1
    if not is_here(host):
        refused.append(f"{event} {host}")
        raise ConnectionRefusedError(f"No test reaches beyond this machine: {event} {host}")


@pytest.fixture(autouse=True, scope="session")
def _watching() -> None:
    """For good: an audit hook cannot be taken off."""
    if not watched["hooks"]:
        watched["hooks"] = 1
        sys.addaudithook(_hook)


@pytest.fixture(autouse=True)
def nothing_reaches_beyond_this_machine(request: pytest.FixtureRequest) -> Iterator[None]:
    refused.clear()
    before = watched["connections"]
    yield
    request.node.user_properties.append(("watched", watched["connections"] - before))
    assert not refused, f"a test reached beyond this machine: {refused}"
