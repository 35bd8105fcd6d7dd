"""Boxes under one name, of which none may be ticked: what is saved of them is what the page takes for shown."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SAVED

pytestmark = [
    pytest.mark.same_on_every_engine,
    pytest.mark.django_db(transaction=True),
]
PAGE = "/desk/updates/review-2028/KAZ/I.1.1/"
KEPT = "() => Object.keys(localStorage).filter((key) => key.startsWith('desk|'))"


def decide(world, who, withheld):
    update = world.update("KAZ", "I.1.1")
    update.edit(by=world.who(who), version=update.version, values={"withheld_sections": withheld})


@pytest.mark.parametrize("before", [["results"], []], ids=["the last one is unticked", "the first one is ticked"])
def test_what_was_saved_of_boxes_is_not_said_again_over_a_later_decision(world, sign_in, before):
    if before:
        decide(world, "coordinator.kaz", before)
    page = sign_in("focal.kaz")
    page.goto(PAGE)
    page.click("text=About this text")
    page.locator("[name=withheld_sections][value=results]").set_checked(not before)
    expect(page.locator("#saved")).to_contain_text("Saved at", timeout=SAVED)
    expect(page).to_have_title(re.compile("^[^•]"))
    kept = page.evaluate(KEPT)
    decide(world, "coordinator.kaz", before)

    with page.expect_response("**/save/") as answer:
        page.fill("[name=challenges]", "Few judges.")

    assert kept == []
    assert (answer.value.status, "withheld" in answer.value.request.post_data) == (200, False)
    saved = world.update("KAZ", "I.1.1")
    assert (saved.challenges, saved.withheld_sections) == ("Few judges.", before)

    page.goto(PAGE)

    expect(page.locator("[name=withheld_sections][value=results]")).to_be_checked(checked=bool(before))
    expect(page.locator(".put-back")).to_have_count(0)
    assert page.evaluate(KEPT) == []
