"""Readers of the public site, and every page that they can ask for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.builders import World

Reader = Callable[..., Client]

# Every page of the small world. Those of the whole plan are in `WHOLE`.
PAGES = (
    "/",
    "/plan/",
    "/plan/?q=do",
    "/plan/?pillar=I&addressee=national",
    "/plan/pillars/I/",
    "/plan/objectives/I.1/",
    "/plan/themes/",
    "/plan/items/I.1.1/",
    "/plan/items/I.1.2/",
    "/plan/items/II.1.1/",
    "/plan/items/II.1.2/",
    "/plan/roadmap/",
    "/plan/history/",
    "/states/",
    "/states/KAZ/",
    "/states/KAZ/?cycle=review-2028",
    "/states/TJK/",
    "/matrix/",
    "/matrix/?pillar=II",
    "/partners/",
    "/partners/?state=KAZ",
    "/reports/",
    "/downloads/",
    "/about/",
    "/methodology/",
    "/accessibility/",
    "/sitemap.xml",
    "/robots.txt",
)
WHOLE = (
    "/",
    "/plan/",
    "/plan/?q=prisons",
    "/plan/?pillar=X",
    "/plan/pillars/I/",
    "/plan/objectives/IV.SPRR/",
    "/plan/themes/",
    "/plan/themes/youth/",
    "/plan/items/II.2.1/",
    "/plan/items/IV.SPRR.17/",
    "/plan/roadmap/",
    "/plan/history/",
    "/states/",
    "/states/TJK/",
    "/matrix/",
    "/matrix/?cycle=tenth-review-2028&pillar=III",
    "/partners/",
    "/partners/?pillar=IV",
    "/partners/?state=X",
    "/reports/",
    "/downloads/",
    "/about/",
    "/methodology/",
    "/accessibility/",
    "/never/",
)


@pytest.fixture
def reader(world: World) -> Reader:
    """A browser in which somebody of the cast, or nobody, is signed in."""

    def open_browser(name: str | None = None, language: str = "en") -> Client:
        client = Client(headers={"accept-language": language})
        if name:
            client.force_login(world.who(name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return open_browser
