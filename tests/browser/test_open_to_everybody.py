"""Every page, in both languages: nothing serious by axe, one heading, no sideways scrolling at 320 pixels."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.depth import FULL, SEED
from tests.desk.pages import PAGES

pytestmark = [
    pytest.mark.same_on_every_engine,
    pytest.mark.django_db(transaction=True),
]
SERIOUS = {"serious", "critical"}


def faults_of(page, address):
    """What axe finds serious on the page, and what a reader at 320 pixels would stumble over."""
    answer = page.goto(address)
    yield from [f"{address}: {answer.status}"] if answer.status != 200 else []
    found = Axe().run(page).response["violations"]
    yield from [f"{address}: {one['id']}" for one in found if one["impact"] in SERIOUS]
    yield from [f"{address}: not one h1"] if page.locator("h1").count() != 1 else []
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    yield from [f"{address}: {wide} pixels wide"] if wide > page.viewport_size["width"] else []


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ru", "dark")])
@pytest.mark.parametrize("who", PAGES)
def test_the_desk_is_open_to_everybody(world, sign_in, who, language, scheme):
    world.walk("submitted", "KAZ", "I.1.2")
    world.walk("cleared", "TJK", "I.1.2")
    page = sign_in(who, viewport={"width": 320, "height": 800}, color_scheme=scheme)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])

    turn = (SEED + (language == "ru")) % 2  # each page in one light, in the other by another seed
    asked = PAGES[who] if FULL else PAGES[who][turn::2]

    faults = [fault for address in asked for fault in faults_of(page, f"/desk/{address}")]

    assert faults == []
