"""A focal point at the desk: what is typed is never lost, whatever becomes of the line, the session or the lid."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from commitments.models import Cycle, Update
from tests.browser.conftest import SAVED

pytestmark = [
    pytest.mark.same_on_every_engine,
    pytest.mark.django_db(transaction=True),
]
PAGE = "/desk/updates/review-2028/KAZ/I.1.1/"
SAVED_SIGN = "Saved at"
NEVER = 600_000  # milliseconds after which nothing is saved within a test
REPORTED = {"rating": "limited", "trend": "forward", "adopted": "yes", "applied": "no", "measures_taken": "A law."}


def now(world):
    return Update.objects.get(pk=world.update("KAZ", "I.1.1").pk)


@pytest.fixture
def next_cycle(world):
    """The page of Kazakhstan's draft on I.1.2 in a later cycle, after this one's was released."""
    world.walk("published", "KAZ", "I.1.2")
    first = timezone.now().date()
    days = [first + dt.timedelta(days=10 * number) for number in range(4)]
    names = ("opens_on", "submissions_due_on", "clearances_due_on", "closes_on")
    words = {"slug": "review-2030", "plan": world.plan, "title": "Review 2030"}
    Cycle.objects.create(**words, **dict(zip(names, days, strict=True))).open(by=world.who("editor"))
    Update.objects.filter(cycle__slug="review-2030").update(measures_taken="")
    return "/desk/updates/review-2030/KAZ/I.1.2/"


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


def test_ten_that_still_hold_are_ticked_and_submitted_in_three_presses(world, sign_in):
    Update.objects.filter(cycle=world.cycle).update(to_be_reconfirmed=True, **REPORTED)
    page = sign_in("focal.kaz")

    page.locator(".reasons a", has_text="Carried over").click()
    page.check("text=Tick all that are shown")
    page.click("text=Confirm and submit")

    expect(page.locator(".desk-messages .alert-success")).to_have_text("3 were confirmed and submitted.")
    assert set(Update.objects.filter(status="submitted").values_list("commitment__member_state__iso_alpha3")) == {
        ("KAZ",)
    }


def test_a_return_is_answered_at_its_field_and_the_next_item_is_one_press_away(world, sign_in):
    update = world.walk("submitted", "KAZ", "I.1.1")
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="Name it.", fields=["results"])
    page = sign_in("focal.kaz")

    page.click("ol.work h2 a >> nth=0")
    page.locator(".returned a", has_text="Results").click()
    expect(page.locator("[name=results]")).to_be_focused()
    page.keyboard.type("The law of 2027.")
    page.click("button[value=submit]")
    expect(page.locator("h1")).to_have_text("Receipt")
    page.click("text=Next: I.1.2")

    expect(page.locator("h1")).to_contain_text("I.1.2")
    assert (now(world).status, now(world).results) == ("submitted", "The law of 2027.")


def test_last_cycle_s_words_are_copied_below_what_is_there(world, sign_in, next_cycle):
    page = sign_in("focal.kaz")
    page.goto(next_cycle)
    typed(page, "measures_taken", "New.")

    page.click("[data-copy-to=id_measures_taken]")

    expect(page.locator("[name=measures_taken]")).to_have_value("New.\n\nA law was passed and two courses were held.")
    saved(page)


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


def test_what_was_typed_comes_back_after_a_closed_lid_and_the_list_says_where_it_is(world, sign_in, settings):
    page = sign_in("focal.kaz")
    settings.DESK_SAVES_AFTER = NEVER
    page.goto(PAGE)

    typed(page, "results", "Half a sentence")
    page.goto("/desk/")
    expect(page.locator("[data-unsaved]")).to_have_text("Typed on this device and not saved yet: I.1.1")
    page.locator("[data-unsaved] a").click()

    expect(page.locator("[name=results]")).to_have_value("Half a sentence")
    expect(page.locator(".put-back")).to_contain_text("It has been put back")
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
    expect(sign_of(second)).to_contain_text("Not saved")
    assert now(world).results == "The first text."

    second.click("text=Add it below mine")
    second.click("text=Save this text")

    expect(second.locator(".alert-success")).to_have_text("Saved.")
    assert now(world).results == "The second text.\n\nThe first text."


def test_two_in_different_fields_do_not_disturb_each_other(world, sign_in):
    first, second = sign_in("focal.kaz"), sign_in("contributor.kaz")
    first.goto(PAGE)
    second.goto(PAGE)

    typed(first, "results", "Results.")
    saved(first)
    typed(second, "challenges", "Challenges.")
    saved(second)

    assert (now(world).results, now(world).challenges) == ("Results.", "Challenges.")


def test_words_typed_before_a_closed_lid_never_overwrite_what_was_saved_meanwhile(world, sign_in, settings):
    page = sign_in("focal.kaz")
    settings.DESK_SAVES_AFTER = NEVER
    page.goto(PAGE)
    typed(page, "results", "Typed first, not saved.")
    page.goto("about:blank")
    other = world.who("contributor.kaz")
    now(world).edit(by=other, version=now(world).version, values={"results": "Saved meanwhile."})

    page.goto(PAGE)

    expect(page.locator(".theirs")).to_contain_text("Saved meanwhile.", timeout=SAVED)
    expect(page.locator("[name=results]")).to_have_value("Typed first, not saved.")
    assert now(world).results == "Saved meanwhile."


def test_what_was_typed_into_what_is_closed_since_is_shown_to_be_copied(world, sign_in, settings):
    page = sign_in("focal.kaz")
    settings.DESK_SAVES_AFTER = NEVER
    page.goto(PAGE)
    typed(page, "results", "Too late.")
    world.walk("submitted", "KAZ", "I.1.1")

    page.goto(PAGE)

    expect(page.locator("[data-kept-of] textarea")).to_have_value("Too late.")
    page.click("text=forget it")
    page.reload()
    expect(page.locator("[data-kept-of]")).to_be_hidden()


def test_a_screen_reader_is_told_what_goes_wrong_and_not_every_pause(world, sign_in):
    page = sign_in("focal.kaz")
    page.goto(PAGE)
    told = page.locator("[data-told]")

    typed(page, "results", "One.")
    saved(page)
    expect(told).to_contain_text(SAVED_SIGN)
    page.evaluate("() => { document.querySelector('[data-told]').textContent = ''; }")
    typed(page, "challenges", "Two.")
    expect(page.locator("input.version >> nth=0")).to_have_value("2", timeout=SAVED)
    expect(told).to_be_empty()
    typed(page, "challenges", "Passport AB1234567")

    expect(told).to_contain_text("Not saved.", timeout=SAVED)


def test_the_whole_story_without_scripts(world, sign_in):
    page = sign_in("focal.kaz", java_script_enabled=False)
    page.click("text=I.1.2")
    for name, answer in (("rating", "limited"), ("trend", "forward"), ("adopted", "yes"), ("applied", "no")):
        page.check(f"[name={name}][value={answer}]")
    page.click("button[value=submit]")
    expect(page.locator(".faults a")).to_contain_text("Measures taken")
    typed(page, "measures_taken", "A law was passed.")
    page.click("button[value=save]")
    page.click("text=Add a file, a link or a reference")
    typed(page, "evidence_title", "The law")
    typed(page, "evidence_url", "https://law.example/1")
    page.locator("#evidence").get_by_role("button", name="Add", exact=True).click()
    page.click("text=Write in Russian")
    typed(page, "measures_taken", "Принят закон.")
    page.click("main button:has-text('Save')")
    page.click("button[value=submit]")

    expect(page.locator("h1")).to_have_text("Receipt")
    update = world.update("KAZ", "I.1.2")
    assert (update.status, update.translations["ru"]["measures_taken"]) == ("submitted", "Принят закон.")
    assert update.evidence.get().title == "The law"


def test_everything_is_done_by_keyboard(world, sign_in):
    page = sign_in("focal.kaz")
    page.goto(PAGE)

    page.focus("#id_rating input >> nth=0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.focus("[name=measures_taken]")
    page.keyboard.type("By keyboard.")
    page.keyboard.press("Control+s")

    saved(page)
    assert (now(world).rating, now(world).measures_taken) == ("limited", "By keyboard.")
