"""A client of the API that knows what it was answered, and when it was not."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any, TypeVar

Done = TypeVar("Done")
LONGEST_WAIT = 60.0


class Lost(Exception):
    """No whole answer came: whether it was done is unknown."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.content)


@dataclass(frozen=True)
class Caller:
    """Somebody of the cast, at one server."""

    port: int
    token: str

    def get(self, place: str) -> Answer:
        return ask(self.port, "GET", place, token=self.token)

    def write(
        self, method: str, place: str, body: Any = None, *, version: int | None = None, key: str | None = None
    ) -> Answer:
        return ask(self.port, method, place, body or {}, token=self.token, version=version, key=key)


def ask(port: int, method: str, place: str, body: Any = None, **words: Any) -> Answer:
    """One request on a connection of its own. Raises Lost."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST_WAIT)
    try:
        content = None if body is None else json.dumps(body)
        connection.request(method, f"/api/v1/{place}", content, headers(**words))
        response = connection.getresponse()
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, told, response.read())
    except (OSError, http.client.HTTPException) as failure:
        raise Lost(repr(failure)) from failure
    finally:
        connection.close()


def headers(*, token: str = "", version: int | None = None, key: str | None = None) -> dict[str, str]:
    found = {"Accept": "application/json", "Content-Type": "application/json", "Connection": "close"}
    found |= {"Authorization": f"Token {token}"} if token else {}
    found |= {"If-Match": f'"{version}"'} if version is not None else {}
    return found | ({"Idempotency-Key": key} if key is not None else {})


def raw(method: str, place: str, body: Any, **words: Any) -> bytes:
    """The same request as it goes over the wire."""
    content = json.dumps(body).encode()
    lines = [f"{method} /api/v1/{place} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(content)}"]
    lines += [f"{name}: {value}" for name, value in headers(**words).items()]
    return "\r\n".join([*lines, "", ""]).encode() + content


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=LONGEST_WAIT)


def at_once(acts: Iterable[Callable[[], Done]]) -> list[Done]:
    """All of them in the same moment, each in a thread; what each gave, in their order."""
    acts = list(acts)
    start = Barrier(len(acts))

    def act(one: Callable[[], Done]) -> Done:
        start.wait()
        return one()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(act, acts))
