"""A partner finds what nobody supports and tells of what it does; a visitor without scripts finds what was released."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.same_on_every_engine,
    pytest.mark.django_db(transaction=True),
]
ASKED = "Trainers for judges."


def test_a_partner_supports_what_nobody_supported(world, sign_in):
    world.walk("published", "UZB", "I.1.2", assistance_needed=ASKED)
    page = sign_in("partner")

    page.click("main >> text=What is asked for")
    expect(page.locator("article.asked")).to_contain_text(ASKED)
    page.click("text=Add an activity on it")
    page.select_option("[name=kind]", "project")
    page.fill("[name=title]", "A course for judges")
    page.fill("[name=summary]", "Judges of all regions learn together.")
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_contain_text("A course for judges")
    page.goto("/desk/partner/requests/")

    expect(page.locator("article.asked")).to_have_count(0)
    page.goto("/desk/partner/requests/?support=some")
    expect(page.locator("article.asked")).to_contain_text("A course for judges")


def test_a_visitor_without_scripts_finds_what_a_state_released(world, live_server, chromium):
    world.walk("published", "UZB", "I.1.2", measures_taken="Two courses were held.")
    world.walk("submitted", "KAZ", "I.1.2", measures_taken="A zebrafinch was counted.")
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()

    page.goto("/")
    page.fill("main [name=q]", "I.1.2")
    page.press("main [name=q]", "Enter")
    page.click("main a:has-text('Do I.1.2')")

    expect(page.locator("main")).to_contain_text("Two courses were held.")
    expect(page.locator("main")).not_to_contain_text("zebrafinch")
    page.click("header >> text=Русский")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    context.close()
