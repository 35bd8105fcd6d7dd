"""A focal point at the desk: what is typed is never lost, whatever becomes of the line, the session or the lid."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from commitments.models import Update
from tests.browser.conftest import CHROMIUM, SAVED

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
    pytest.mark.same_on_every_engine,
    pytest.mark.django_db(transaction=True),
]
PAGE = "/desk/updates/review-2028/KAZ/I.1.1/"
SAVED_SIGN = "Saved at"


def now(world):
    return Update.objects.get(pk=world.update("KAZ", "I.1.1").pk)


def sign_of(page):
    return page.locator("#saved")


def typed(page, name, text):
    page.fill(f"[name={name}]", text)


def saved(page):
    expect(sign_of(page)).to_contain_text(SAVED_SIGN, timeout=SAVED)


def test_from_the_list_to_the_receipt(world, sign_in):
    page = sign_in("focal.kaz")
    page.click("text=I.1.2")

    page.locator("#id_rating label", has_text="Limited progress").click()
    page.locator("#id_trend label", has_text="Forward").click()
    page.locator("#id_adopted label", has_text="Yes").click()
    page.locator("#id_applied label", has_text="Partly").click()
    typed(page, "measures_taken", "A law was passed.")
    expect(page.locator("#checklist")).to_contain_text("it can be submitted", timeout=SAVED)
    page.click("button[value=submit]")

    expect(page.locator("h1")).to_have_text("Receipt")
    update = world.update("KAZ", "I.1.2")
    assert (update.status, update.measures_taken) == ("submitted", "A law was passed.")


def test_a_save_sends_only_what_was_touched(world, sign_in):
    page = sign_in("focal.kaz")
    page.goto(PAGE)
    typed(page, "measures_taken", "Long words. " * 200)
    saved(page)

    with page.expect_request(lambda request: request.url.endswith("/save/")) as asked:
        typed(page, "results", "Short.")

    assert len(asked.value.post_data) < 300


def test_what_was_typed_without_a_line_is_saved_when_the_line_is_back(world, sign_in):
    page = sign_in("focal.kaz")
    page.goto(PAGE)

    page.context.set_offline(True)
    typed(page, "results", "Written on a train.")
    expect(sign_of(page)).to_contain_text("No connection", timeout=SAVED)
    page.context.set_offline(False)
    page.evaluate("() => window.dispatchEvent(new Event('online'))")

    saved(page)
    assert now(world).results == "Written on a train."


def test_what_was_typed_comes_back_after_a_closed_lid(world, sign_in):
    page = sign_in("focal.kaz")
    page.goto(PAGE)

    typed(page, "results", "Half a sentence")
    page.goto("/desk/")
    page.goto(PAGE)

    expect(page.locator("[name=results]")).to_have_value("Half a sentence")
    saved(page)
    assert now(world).results == "Half a sentence"


def test_what_was_typed_comes_back_after_signing_in_again(world, sign_in):
    page = sign_in("focal.kaz")
    page.goto(PAGE)

    page.context.clear_cookies(name="sessionid")
    typed(page, "results", "After the session.")
    expect(sign_of(page)).to_contain_text("You have been signed out", timeout=SAVED)
    sign_of(page).locator("a").click()
    page.fill("[name=login]", world.emails["focal.kaz"])
    page.fill("[name=password]", "correct horse battery")
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"**{PAGE}")

    expect(page.locator("[name=results]")).to_have_value("After the session.")
    saved(page)
    assert now(world).results == "After the session."


def test_two_in_one_field_see_both_texts_and_nobody_s_is_lost(world, sign_in):
    first, second = sign_in("focal.kaz"), sign_in("contributor.kaz")
    first.goto(PAGE)
    second.goto(PAGE)

    typed(first, "results", "The first text.")
    saved(first)
    typed(second, "results", "The second text.")

    expect(second.locator(".theirs")).to_contain_text("The first text.", timeout=SAVED)
    expect(second.locator("[name=results]")).to_have_value("The second text.")
    assert now(world).results == "The first text."


def test_two_in_different_fields_do_not_disturb_each_other(world, sign_in):
    first, second = sign_in("focal.kaz"), sign_in("contributor.kaz")
    first.goto(PAGE)
    second.goto(PAGE)

    typed(first, "results", "Results.")
    saved(first)
    typed(second, "challenges", "Challenges.")
    saved(second)

    assert (now(world).results, now(world).challenges) == ("Results.", "Challenges.")


def test_words_typed_before_a_closed_lid_never_overwrite_what_was_saved_meanwhile(world, sign_in):
    page = sign_in("focal.kaz")
    page.goto(PAGE)
    typed(page, "results", "Typed first, not saved.")
    page.goto("about:blank")
    other = world.who("contributor.kaz")
    now(world).edit(by=other, version=now(world).version, values={"results": "Saved meanwhile."})

    page.goto(PAGE)

    expect(page.locator(".theirs")).to_contain_text("Saved meanwhile.", timeout=SAVED)
    expect(page.locator("[name=results]")).to_have_value("Typed first, not saved.")
    assert now(world).results == "Saved meanwhile."


def test_everything_is_done_by_keyboard(world, sign_in):
    page = sign_in("focal.kaz")
    page.goto(PAGE)

    page.focus("#id_rating input >> nth=0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.focus("[name=measures_taken]")
    page.keyboard.type("By keyboard.")

    saved(page)
    assert (now(world).rating, now(world).measures_taken) == ("limited", "By keyboard.")
