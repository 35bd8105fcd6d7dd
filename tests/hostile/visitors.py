"""People as programs: each asks over HTTP with their own session, and an answer is compared to the byte."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests.builders import World

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


asked: Counter[str] = Counter()


class Visitor(Client):
    """Somebody of the cast, or nobody, with a session; an error of the server is an answer, not an exception."""

    def __init__(self, world: World, name: str | None = None) -> None:
        super().__init__(raise_request_exception=False)
        if name:
            self.force_login(world.who(name), backend=BACKEND)

    def request(self, **request: Any) -> Any:
        asked["requests"] += 1
        return super().request(**request)

    def see(self, address: str, **headers: str) -> Seen:
        return seen(self.get(address, headers=headers))

    def write(self, method: str, address: str, body: Any, *, version: int | None = None, **headers: str) -> Any:
        """Send JSON, naming the version that was read. Text is sent as it is, fit or not."""
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.generic(method.upper(), address, content, "application/json", headers=headers)


def seen(response: Any) -> Seen:
    body = response.getvalue() if response.streaming else response.content
    return Seen(response.status_code, tuple(sorted(response.headers.items())), _PASSING.sub(b"", body))
