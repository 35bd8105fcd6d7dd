"""The page of an update: its words, its form, and that nothing typed is ever lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from commitments.models import Cycle, Update
from tests.admin.conftest import page_of, typed
from tests.builders import REPORTED

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7*7 }}"


def html(answer) -> str:
    return answer.content.decode()


def test_the_adopted_text_stands_as_a_quotation(world, browser):
    page = html(browser("focal.kaz").get(page_of(world.update())))

    assert '<blockquote class="adopted" lang="en">' in page
    assert "To do I.1.2." in page
    assert "Each State" in page


def test_a_draft_is_a_form_with_guidance_and_what_it_still_lacks(world, browser):
    page = html(browser("focal.kaz").get(page_of(world.update())))

    assert "What has been done in this period" in page
    assert "Do not write personal data of individuals" in page
    assert '<a href="#id_rating">Choose a rating.</a>' in page
    assert page.count("Nothing was released.") == 16  # beside each field


def test_saving_stores_what_was_touched_and_tells_the_version_on(world, browser):
    update = world.update()

    answer = browser("focal.kaz").post(page_of(update), typed(update, results="Forty courses.", rating="limited"))

    update.refresh_from_db()
    assert answer.status_code == 302
    assert (update.results, update.rating, update.version) == ("Forty courses.", "limited", 1)
    assert set(update.events.get().changes) == {"results", "rating"}


def test_saving_nothing_new_makes_no_event(world, browser):
    update = world.walk("draft")

    browser("focal.kaz").post(page_of(update), typed(update))

    assert update.events.count() == 1


def test_saving_and_submitting_is_one_press(world, browser):
    update = world.update()

    browser("focal.kaz").post(page_of(update), typed(update, **REPORTED, press="submit"))

    update.refresh_from_db()
    assert update.status == "submitted"
    assert update.current_revision.measures_taken == REPORTED["measures_taken"]


def test_what_is_missing_is_named_with_a_link_and_the_draft_is_saved(world, browser):
    update = world.update()

    answer = browser("focal.kaz").post(page_of(update), typed(update, rating="limited", press="submit"))

    update.refresh_from_db()
    assert (update.status, update.rating) == ("draft", "limited")
    assert '<a href="#id_measures_taken">Measures taken: Say what has been done.</a>' in html(answer)


def test_a_refused_save_names_the_place_and_keeps_all_that_was_typed(world, browser):
    update = world.update()
    words = typed(update, results="Passport AB1234567 was found.", challenges="Few trainers.")

    page = html(browser("focal.kaz").post(page_of(update), words))

    update.refresh_from_db()
    assert update.version == 0
    assert '<a href="#id_results">Results: Character 10 begins what looks like a passport' in page
    assert "Passport AB1234567 was found." in page
    assert "Few trainers." in page


def test_a_stale_save_shows_mine_and_theirs_and_loses_neither(world, browser):
    update = world.walk("draft")
    mine = typed(update, results="Mine.", challenges="Only mine.")
    update.edit(
        by=world.who("coordinator.kaz"), version=1, values={"results": "Theirs.", "lessons_learned": "Only theirs."}
    )

    answer = browser("focal.kaz").post(page_of(update), mine)

    form = answer.context["form"]
    update.refresh_from_db()
    assert (update.results, update.version) == ("Theirs.", 2)
    assert (form["results"].value(), form.theirs["results"]) == ("Mine.", "Theirs.")
    assert "Saved meanwhile by somebody else" in html(answer)
    assert form["challenges"].value() == "Only mine."
    assert set(form.theirs) == {"results"}
    assert form["lessons_learned"].value() == "Only theirs."  # not touched by me: it follows
    assert str(form["version"].value()) == "2"


def test_what_was_written_and_put_back_meanwhile_is_shown_before_it_is_overwritten(world, browser):
    update, coordinator = world.walk("draft", results="First."), world.who("coordinator.kaz")
    mine = typed(update, results="Mine.")
    for text in ("Theirs.", "First."):
        update.edit(by=coordinator, version=update.version, values={"results": text})

    form = browser("focal.kaz").post(page_of(update), mine).context["form"]

    assert (form["results"].value(), form.theirs) == ("Mine.", {"results": "First."})
    assert world.update().results == "First."


def test_saving_again_after_a_stale_save_keeps_both_writers_words(world, browser):
    update = world.walk("draft")
    mine = typed(update, challenges="Only mine.")
    update.edit(by=world.who("coordinator.kaz"), version=1, values={"lessons_learned": "Only theirs."})
    client = browser("focal.kaz")
    form = client.post(page_of(update), mine).context["form"]

    client.post(page_of(update), {name: values[0] for name, values in dict(form.data).items() if values})

    update.refresh_from_db()
    assert (update.challenges, update.lessons_learned) == ("Only mine.", "Only theirs.")


def test_words_typed_while_the_update_moved_on_are_shown_to_be_copied(world, browser):
    update = world.walk("draft")
    mine = typed(update, results="Typed in vain.")
    update.submit(by=world.who("focal.kaz"), version=1)

    page = html(browser("focal.kaz").post(page_of(update), mine))

    assert "Typed in vain." in page
    assert "can no longer be saved here" in page
    assert 'name="press"' not in page


def test_the_window_being_closed_keeps_what_was_typed(world, browser):
    update = world.update()
    Cycle.objects.update(submissions_due_on=timezone.now().date() - dt.timedelta(days=2))

    answer = browser("focal.kaz").post(page_of(update), typed(update, results="Too late."))

    assert "The reporting window is closed." in html(answer)
    assert "Too late." in html(answer)


@pytest.mark.parametrize("status", ["submitted", "cleared", "accepted", "published"])
def test_content_is_read_only_outside_draft(world, browser, status):
    update = world.walk(status)

    page = html(browser("coordinator.kaz").get(page_of(update)))

    assert "<textarea name=" not in page.split('class="moves"')[0]
    assert REPORTED["measures_taken"] in page


def test_last_cycles_released_words_stand_beside_the_field(world, browser):
    world.walk("published", measures_taken="Said in 2028.")
    later = _next_cycle(world)

    page = html(browser("focal.kaz").get(page_of(later).replace("review-2028", "review-2030")))

    assert "Released before: Review 2028" in page
    assert page.count("Said in 2028.") == 3  # carried into the field, kept as what was read, and beside it
    assert "Confirm that what was carried over from the last cycle still holds." in page


def test_reconfirming_is_a_tick(world, browser):
    world.walk("published")
    later = _next_cycle(world)
    address = page_of(later).replace("review-2028", "review-2030")

    browser("focal.kaz").post(address, typed(later, to_be_reconfirmed="on", press="submit"))

    later.refresh_from_db()
    assert (later.to_be_reconfirmed, later.status) == (False, "submitted")


def test_hostile_words_are_text_on_every_page_that_shows_them(world, browser):
    update = world.walk("submitted", measures_taken=HOSTILE, results=HOSTILE)
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason=HOSTILE)
    update.edit(by=world.who("focal.kaz"), version=update.version, values={"results": HOSTILE + " more"})
    update.submit(by=world.who("focal.kaz"), version=update.version)
    client = browser("coordinator.kaz")
    revision = page_of(update).replace("/update/", "/revision/").replace("change/", "2/change/")

    pages = [html(client.get(address)) for address in (page_of(update), revision, "/admin/commitments/event/")]

    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_another_states_update_does_not_exist(world, browser):
    world.walk("published", "TJK", "I.1.2")

    foreign = browser("coordinator.kaz").get(page_of(world.update("TJK", "I.1.2")))
    absent = browser("coordinator.kaz").get(page_of(world.update()).replace("I.1.2", "I.9.9"))

    assert foreign.status_code == absent.status_code == 404


def test_a_revision_page_shows_the_difference_word_by_word(world, browser):
    update = world.walk("submitted", results="Ten courses were held.")
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="Count again.")
    update.edit(by=world.who("focal.kaz"), version=update.version, values={"results": "Twelve courses were held."})
    update.submit(by=world.who("focal.kaz"), version=update.version)

    address = page_of(update).replace("/update/", "/revision/").replace("change/", "2/change/")
    page = html(browser("coordinator.kaz").get(address))

    assert "<del>Ten</del><ins>Twelve</ins> courses were held." in page


def test_the_page_takes_a_bounded_number_of_queries(world, browser, django_assert_max_num_queries):
    update, client = world.walk("submitted"), browser("coordinator.kaz")

    with django_assert_max_num_queries(30):
        client.get(page_of(update))


def _next_cycle(world) -> Update:
    today = timezone.now().date()
    cycle = Cycle.objects.create(
        slug="review-2030",
        plan=world.plan,
        title="Review 2030",
        opens_on=today - dt.timedelta(days=1),
        submissions_due_on=today + dt.timedelta(days=60),
        clearances_due_on=today + dt.timedelta(days=70),
        closes_on=today + dt.timedelta(days=80),
    )
    cycle.open(by=world.who("editor"))
    return Update.objects.get(cycle=cycle, commitment=world.update().commitment)
