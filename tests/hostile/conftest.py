"""Fresh limits for each test; the limits of reading stand aside, since a battery asks more in a minute than a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import caches

from commitments.api.throttles import ReadThrottle
from tests.builders import World
from tests.hostile.visitors import Visitor


@pytest.fixture(autouse=True)
def _limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReadThrottle, "allow_request", lambda self, request, view: True)
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def visit(world: World) -> Callable[[str | None], Visitor]:
    def visitor(name: str | None = None) -> Visitor:
        return Visitor(world, name)

    return visitor
