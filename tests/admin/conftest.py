"""Signed-in browsers, and the addresses of pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from commitments.content import SECTIONS
from commitments.models import Update
from tests.builders import World

LIST = "/admin/commitments/update/"
Page = Callable[[str], Client]


def page_of(update: Update) -> str:
    return f"{LIST}review-2028/{update.commitment.member_state.iso_alpha3}/{update.commitment.action_item.code}/change/"


def move_of(update: Update, name: str) -> str:
    return page_of(update).replace("change/", f"move/{name}/")


def typed(update: Update, **words: Any) -> dict[str, Any]:
    """The form as a browser sends it: every field as it was shown, with what was typed over it."""
    shown = {name: getattr(update, name) for name in (*SECTIONS, "rating", "trend", "adopted", "applied")}
    shown |= {"original_language": update.original_language, "next_steps_on": update.next_steps_on or ""}
    initial = {f"initial-{name}": value for name, value in shown.items()}
    return initial | shown | {"version": update.version, "press": "save"} | words


@pytest.fixture
def browser(world: World) -> Page:
    """A browser in which somebody of the cast is signed in."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(world.who(name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
