"""People as programs: each asks over HTTP with their own session, and an answer is compared to the byte."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.test import Client

from tests.builders import World
from tests.hostile.canaries import sweep

BACKEND = "django.contrib.auth.backends.ModelBackend"
# All that is no secret and differs from one answer to the next.
_PASSING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


@dataclass(frozen=True)
class Seen:
    """All that a reader can tell two answers apart by, but for the time they took."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        return dict(self.headers).get(name, "")

    def without(self, *words: str) -> Seen:
        """The same with the reader's own words taken out, in the body and in the headers."""
        body, headers = self.body, list(self.headers)
        for word in words:
            body = body.replace(word.encode(), b"*")
            headers = [(name, value.replace(word, "*")) for name, value in headers]
        headers = [(name, value) for name, value in headers if name != "Content-Length"]
        return Seen(self.status, tuple(headers), body)

    def apart_from(self, other: Seen) -> str:
        """Where two answers part, in one line."""
        if self.status != other.status:
            return f"status {self.status}, {other.status}"
        place = next((n for n, (one, two) in enumerate(zip(self.body, other.body, strict=False)) if one != two), None)
        if place is None:
            return f"{sorted(set(self.headers) ^ set(other.headers))}, {len(self.body)}, {len(other.body)} bytes"
        return " | ".join(repr(one.body[max(place - 60, 0) : place + 80]) for one in (self, other))


asked: Counter[str] = Counter()


class Visitor(Client):
    """Somebody of the cast, or nobody, with a session; an error of the server is an answer, not an exception."""

    def __init__(self, world: World, name: str | None = None) -> None:
        super().__init__(raise_request_exception=False)
        self.name = name
        if name:
            self.force_login(world.who(name), backend=BACKEND)
        self._session = {key: one.value for key, one in self.cookies.items()}

    def request(self, **request: Any) -> Any:
        asked["requests"] += 1
        return super().request(**request)

    def generic(self, method: str, path: str, data: Any = "", *more: Any, **extra: Any) -> Any:
        answer = super().generic(method, path, data, *more, **extra)
        sweep(self.name, f"{method} {path} {data!r} {extra.get('QUERY_STRING', '')}", answer)
        return answer

    def see(self, address: str, **headers: str) -> Seen:
        return seen(self.get(address, headers=headers))

    def ask(self, method: str, address: str, body: Any, headers: Iterable[tuple[str, str]] = ()) -> Seen:
        """As somebody who has just signed in: no cookie of an earlier answer goes along. A form where the address is a
        page's, JSON where it is the API's."""
        self.cookies = SimpleCookie(self._session)
        sent = dict(headers)
        if method == "POST" and not address.startswith("/api/"):
            return seen(self.post(address, body or {}, headers=sent))
        content = b"" if body is None else json.dumps(body).encode()
        return seen(self.generic(method, address, content, "application/json", headers=sent))

    def write(self, method: str, address: str, body: Any, *, version: int | None = None, **headers: str) -> Any:
        """Send JSON, naming the version that was read. Text is sent as it is, fit or not."""
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.generic(method.upper(), address, content, "application/json", headers=headers)


def seen(response: Any) -> Seen:
    body = response.getvalue() if response.streaming else response.content
    return Seen(response.status_code, tuple(sorted(response.headers.items())), _PASSING.sub(b"", body))
