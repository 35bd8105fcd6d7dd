"""Callers of the API: each person of the cast by name, and whoever has no token."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from commitments.api import kept
from tests.builders import World


class Caller(APIClient):
    """A client that speaks JSON and knows where the API begins."""

    def generic(self, method: str, path: str, *args: Any, **kwargs: Any) -> Any:
        path = path.removeprefix("http://testserver")  # as `next` has it
        return super().generic(method, path if path.startswith("/") else f"/api/v1/{path}", *args, **kwargs)

    def write(self, method: str, path: str, body: Any = None, *, version: int | None = None, **headers: str) -> Any:
        """Send JSON, naming the version that was read."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        content = json.dumps({} if body is None else body)
        return getattr(self, method)(path, content, content_type="application/json", headers=headers)

    def download(self, path: str) -> tuple[int, bytes]:
        """The status and the bytes of a file."""
        answer = self.get(path)
        return answer.status_code, answer.getvalue()


@pytest.fixture
def known_codes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes are in memory as they are between transactions; a test runs within one."""
    monkeypatch.setattr(kept, "may_keep", lambda: True)
    for model in kept.FIXED:
        kept.facts(model, ())


@pytest.fixture
def call(world: World) -> Callable[[str | None], Caller]:
    """A caller for a person of the cast, or for nobody."""

    def caller(name: str | None = None) -> Caller:
        client = Caller()
        if name:
            client.force_login(world.who(name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return caller
