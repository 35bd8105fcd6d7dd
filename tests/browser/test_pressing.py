"""A button is pressed while what was typed is being saved: on a slow line that is when it is pressed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SAVED

pytestmark = [
    pytest.mark.same_on_every_engine,
    pytest.mark.django_db(transaction=True),
]
ITSELF = "hx-request"  # a header of what the page saves by itself


@pytest.fixture
def page(world, sign_in):
    world.walk("draft", "KAZ", "I.1.1")
    opened = sign_in("focal.kaz")
    opened.goto("/desk/updates/review-2028/KAZ/I.1.1/")
    return opened


@pytest.fixture
def held(page):
    """(route, answer) of the first save: it is made, and its answer is under way."""
    found = []

    def hold(route):
        if ITSELF in route.request.headers and not found:
            found.append((route, route.fetch()))
        else:
            route.continue_()

    page.route("**/save/", hold)
    return found


def type_and_press(page, held, button):
    page.fill("[name=results]", "The law")
    for _turn in range(SAVED // 20):
        if held:
            break
        page.wait_for_timeout(20)
    page.fill("[name=results]", "The law of 2027.")
    page.click(f"button[value={button}]")


@pytest.mark.parametrize(("button", "status"), [("submit", "submitted"), ("save", "draft")])
def test_a_press_waits_for_the_save_that_is_under_way_and_nothing_is_taken_for_somebody_else_s(
    world, page, held, button, status
):
    type_and_press(page, held, button)
    route, answer = held[0]
    route.fulfill(response=answer)

    if button == "submit":
        expect(page.locator("h1")).to_have_text("Receipt")
    else:
        expect(page.locator(".desk-messages")).to_contain_text("Saved.")
    update = world.update("KAZ", "I.1.1")
    assert (update.status, update.results) == (status, "The law of 2027.")


def test_where_the_line_breaks_meanwhile_the_page_stays_with_every_word(world, page, held):
    type_and_press(page, held, "submit")
    page.context.set_offline(True)
    held[0][0].abort()

    expect(page.locator("#saved")).to_have_class("saved lost")
    expect(page.locator("[name=results]")).to_have_value("The law of 2027.")
    assert world.update("KAZ", "I.1.1").status == "draft"


def test_no_press_waits_for_ever_and_words_that_are_typed_on_are_no_other_s(world, page, held):
    page.clock.install()
    page.reload()
    type_and_press(page, held, "submit")

    page.clock.fast_forward("00:10")

    expect(page.locator("h1")).to_have_text("Receipt")
    update = world.update("KAZ", "I.1.1")
    assert (update.status, update.results) == ("submitted", "The law of 2027.")
