"""Browsers in which somebody of the cast is signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.builders import World

Page = Callable[[str | None], Client]


@pytest.fixture
def browser(world: World) -> Page:
    """A browser in which somebody of the cast, or nobody, is signed in."""

    def sign_in(name: str | None) -> Client:
        client = Client()
        if name:
            client.force_login(world.who(name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
