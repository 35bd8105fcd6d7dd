"""A real browser before the running site: Chromium, as this machine has it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tests.builders import World

FETCHED = Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome")  # by `playwright install chromium`
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, [*map(shutil.which, NAMES), *map(str, FETCHED)]), None)
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PASSWORD = "correct horse battery"
SAVED = 5_000  # milliseconds within which a page has saved what was typed

SignIn = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One for all tests. Its library runs an event loop in this thread, where Django asks the database too."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def sign_in(world: World, live_server: Any, chromium: Browser, settings: Any) -> Iterator[SignIn]:
    """Somebody of the cast at a browser of their own, with a session as signing in gives it, at their desk. What is
    typed is saved after a moment. What the page's policy refuses, or its scripts throw, fails the test."""
    settings.DESK_SAVES_AFTER = 30
    faults: list[str] = []
    contexts = []

    def opened(name: str, **options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda told: faults.append(told.text) if "Security Policy" in told.text else None)
        client = Client()
        client.force_login(world.who(name), backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page.goto("/desk/")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
