"""Signing out leaves nothing on a device that others use too, and takes nothing away unasked."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.test_a_focal_point_s_day import NEVER, PAGE, pytestmark, typed  # noqa: F401


def test_nobody_signs_out_of_unsaved_words_unasked(world, sign_in, settings):
    page = sign_in("focal.kaz")
    settings.DESK_SAVES_AFTER = NEVER
    page.goto(PAGE)
    typed(page, "results", "Not saved.")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))

    page.click("text=Sign out")
    expect(page.locator("[name=results]")).to_have_value("Not saved.")
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("text=Sign out")

    expect(page).to_have_url(re.compile("/accounts/login/"))
    assert asked[0].startswith("Something that you typed")
    assert page.evaluate("localStorage.length") == 0
