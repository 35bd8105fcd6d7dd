"""A coordinator clears several together, explains the rest and signs; the secretariat reviews by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from reporting.models import Contribution

pytestmark = [
    pytest.mark.same_on_every_engine,
    pytest.mark.django_db(transaction=True),
]


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def pressed_on(page, key):
    """A key that leads to another page, once that page is there."""
    with page.expect_navigation():
        press(page, key)


def test_a_coordinator_clears_several_explains_the_rest_and_signs(world, sign_in):
    for item in ("I.1.1", "I.1.2"):
        world.walk("submitted", "KAZ", item)
    page = sign_in("coordinator.kaz")

    page.click("header >> text=To clear")
    page.click("text=Choose all 2 shown")
    page.click("text=Clear those chosen… >> nth=0")
    page.click("button:has-text('(2)')")
    page.click("header >> text=Board")
    page.click("main >> text=National contribution")
    page.check("[name=items][value='II.1.1']")
    page.fill("[name=why]", "The law is being drafted.")
    page.fill("[name=text]", "Kazakhstan reports.")
    page.click("text=Add to the explanation")
    expect(page.locator("[name=explanation]")).to_have_value("- II.1.1: The law is being drafted.")
    page.click("text=Sign for the State")

    expect(page.locator("main")).to_contain_text("Signed. The receipt stands below.")
    signature = Contribution.objects.get().signatures.get()
    expect(page.locator(".digest")).to_contain_text(signature.receipt)
    assert (world.update("KAZ", "I.1.1").status, world.update("KAZ", "I.1.2").status) == ("cleared", "cleared")


def test_a_reviewer_s_queue_by_keyboard_alone(world, sign_in):
    for item in ("I.1.1", "I.1.2"):
        world.walk("cleared", "KAZ", item)
    page = sign_in("reviewer")
    page.goto("/desk/review/")

    press(page, "j")
    pressed_on(page, "Enter")
    press(page, "a")
    pressed_on(page, "Enter")
    press(page, "r")
    page.keyboard.type("jxap? A figure is wrong.")
    pressed_on(page, "Control+Enter")

    expect(page.locator(".nothing")).to_be_visible()
    assert (world.update("KAZ", "I.1.1").status, world.update("KAZ", "I.1.2").status) == ("accepted", "draft")


def test_shortcuts_are_told_and_can_be_switched_off(world, sign_in):
    world.walk("cleared")
    page = sign_in("reviewer")
    page.goto("/desk/review/")

    press(page, "?")
    expect(page.locator("#keys dl")).to_be_visible()
    page.uncheck("[data-keys-on]")
    page.reload()
    press(page, "j", "x")

    expect(page.locator("[data-row]")).not_to_be_focused()
    expect(page.locator("[name=row]")).not_to_be_checked()


def test_an_editor_publishes_all_that_match(world, sign_in):
    for state in ("KAZ", "TJK", "UZB"):
        world.walk("accepted", state)
    page = sign_in("editor")
    page.goto("/desk/review/?status=accepted&pillar=I")

    page.check("[name=scope][value=all]")
    page.click("button[value=publish]")
    expect(page.locator("h1")).to_have_text("Publish: 3 updates?")
    page.click("main .steps button[type=submit]")

    expect(page.locator("#batch-progress")).to_contain_text("3 of 3 made: done 3, refused 0.")
    assert {world.update(state).status for state in ("KAZ", "TJK", "UZB")} == {"published"}
