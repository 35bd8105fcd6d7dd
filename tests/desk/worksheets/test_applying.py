"""Saving: all that was previewed or nothing at all, as the domain decides, and nobody's words are lost."""

from __future__ import annotations

import zlib

import pytest
from django.core.cache import cache

from commitments.models import Event
from tests.desk.worksheets.conftest import Book, address_of, bring, grown, save, shown, take, trace

COMPLETE = {
    "rating": "Limited progress",
    "trend": "Forward",
    "adopted": "Yes",
    "applied": "No",
    "measures_taken": "A law.",
}


def test_every_changed_row_is_saved_as_an_edit_and_the_page_says_what_each_still_lacks(world, focal, taken):
    taken.write("I.1.1", **COMPLETE).write("I.1.2", rating="Limited progress")

    done = save(focal, bring(focal, taken.content))

    words = shown(done)
    assert (world.update(item="I.1.1").measures_taken, world.update().rating) == ("A law.", "limited")
    assert "2 updates were saved. 1 of them still lacks something" in words
    assert "I.1.1 Do I.1.1 Complete" in words
    assert "Say what has been done." in words
    assert 'href="/desk/updates/review-2028/KAZ/I.1.2/"' in done.content.decode()


def test_an_edit_by_worksheet_stands_in_the_history_like_any_other(world, focal, taken):
    taken.write("I.1.2", results="=1+1 is two", next_steps_on="2027-03-31").cell("I.1.2", "results").data_type = "s"

    save(focal, bring(focal, taken.content))

    event = Event.objects.get(update=world.update(), move="edit")
    assert event.by == world.who("focal.kaz")
    assert event.changes == {"results": "=1+1 is two", "next_steps_on": "2027-03-31"}


def test_what_was_carried_over_is_reconfirmed_from_the_worksheet(world, focal):
    world.walk("published", item="I.1.2")
    grown(world, 0)
    book = Book(take(focal, cycle="grown")).write("I.1.2", to_be_reconfirmed="Confirmed")

    save(focal, bring(focal, book.content))

    assert Event.objects.filter(update__cycle__slug="grown", move="edit").get().changes == {"to_be_reconfirmed": False}


def test_any_other_word_does_not_reconfirm_and_is_told(world, focal):
    world.walk("published", item="I.1.2")
    grown(world, 0)
    book = Book(take(focal, cycle="grown")).write("I.1.2", to_be_reconfirmed="Perhaps")

    words = shown(bring(focal, book.content))

    assert "(What was carried over still holds): Choose one of the list: To be confirmed, Confirmed." in words


def test_one_row_refused_in_the_middle_leaves_everything_as_it_was(world, focal, taken):
    preview = bring(
        focal,
        taken.write("I.1.1", results="One.").write("I.1.2", results="Two.").write("II.1.1", results="Three.").content,
    )
    world.walk("submitted", item="I.1.2")
    before = trace()

    answer = save(focal, preview)

    words = shown(answer)
    assert trace() == before
    assert answer.status_code == 409
    assert "Nothing was saved." in words
    assert "It is no draft any more (now: Submitted), so it cannot be changed." in words
    assert "2 rows changed" in words


def test_rows_written_before_the_one_that_is_refused_are_taken_back(world, focal, taken):
    taken.write("I.1.1", results="One.").write("I.1.2", results="Two.").write("II.1.1", results="Three.")
    preview = bring(focal, taken.content)
    before = trace()

    answer = focal.post(address_of(preview), {"seen-3": 0, "seen-4": 7, "seen-5": 0})

    assert (answer.status_code, trace()) == (412, before)
    assert world.update(item="I.1.1").results == ""


def test_what_was_offered_to_be_saved_is_never_left_out_silently(world, focal, taken):
    preview = bring(focal, taken.write("I.1.1", rating="Splendid").write("I.1.2", results="Two.").content)
    world.walk("submitted", item="I.1.2")
    before = trace()

    answer = save(focal, preview, leave_out=True)

    assert (answer.status_code, trace() == before) == (409, True)


def test_problems_keep_the_rest_from_being_saved_unless_they_are_left_out_on_purpose(world, focal, taken):
    preview = bring(focal, taken.write("I.1.1", rating="Splendid").write("I.1.2", results="Two.").content)
    before = trace()

    refused = save(focal, preview)
    untouched = trace() == before
    done = save(focal, preview, leave_out=True)

    assert (refused.status_code, untouched) == (400, True)
    assert "tick below to leave them out and save the rest" in shown(refused)
    assert "1 update was saved." in shown(done)
    assert (world.update().results, world.update(item="I.1.1").rating) == ("Two.", "")


def test_who_saved_since_the_file_was_taken_is_named_and_both_texts_are_shown(world, browser, focal):
    world.walk("draft", item="I.1.1", results="As taken.", challenges="Few.")
    book = Book(take(focal)).write("I.1.1", results="Mine.")
    update = world.update(item="I.1.1")
    update.edit(
        by=world.who("contributor.kaz"), version=update.version, values={"results": "Theirs.", "challenges": "Many."}
    )

    page = bring(focal, book.content)

    words = shown(page)
    assert "1 row saved meanwhile by somebody else" in words
    assert "this was saved by contributor.kaz" in words
    assert "Theirs, as it stands now Theirs. Mine, from the file Mine." in words
    assert "Challenges Many." in words


@pytest.mark.parametrize(
    ("choice", "status", "results"),
    [("mine", 200, "Mine."), ("theirs", 200, "Theirs."), ("", 400, "Theirs."), ("both", 400, "Theirs.")],
)
def test_where_two_wrote_the_person_chooses_row_by_row(world, focal, choice, status, results):
    world.walk("draft", item="I.1.1", results="As taken.", challenges="Few.")
    book = Book(take(focal)).write("I.1.1", results="Mine.")
    update = world.update(item="I.1.1")
    update.edit(
        by=world.who("contributor.kaz"), version=update.version, values={"results": "Theirs.", "challenges": "Many."}
    )

    answer = save(focal, bring(focal, book.content), row_3=choice)

    kept = world.update(item="I.1.1")
    assert (answer.status_code, kept.results, kept.challenges) == (status, results, "Many.")


def test_words_saved_in_other_cells_meanwhile_stay(world, focal, taken):
    update = world.update(item="I.1.1")
    update.edit(by=world.who("contributor.kaz"), version=update.version, values={"challenges": "Many."})

    preview = bring(focal, taken.write("I.1.1", results="Mine.").content)
    save(focal, preview, row_3="mine")

    kept = world.update(item="I.1.1")
    assert "Both: my words go in beside theirs" in shown(preview)
    assert (kept.results, kept.challenges) == ("Mine.", "Many.")


def test_somebody_who_saves_between_preview_and_saving_stops_it_and_is_shown(world, focal, taken):
    preview = bring(focal, taken.write("I.1.1", results="Mine.").write("I.1.2", results="Also.").content)
    update = world.update(item="I.1.1")
    update.edit(by=world.who("contributor.kaz"), version=update.version, values={"results": "Theirs."})
    before = trace()

    answer = save(focal, preview)

    assert trace() == before
    assert answer.status_code == 412
    assert "Theirs, as it stands now Theirs. Mine, from the file Mine." in shown(answer)


def test_a_version_that_nobody_was_shown_is_not_written_over(world, focal, taken):
    preview = bring(focal, taken.write("I.1.2", results="Mine.").content)

    answer = focal.post(address_of(preview))

    assert answer.status_code == 428
    assert world.update().results == ""


def test_saving_twice_saves_once(world, focal, taken):
    preview = bring(focal, taken.write("I.1.2", results="Mine.").content)

    save(focal, preview)
    again = save(focal, preview)

    assert "1 update was saved." in shown(again)
    assert world.update().version == 1


def test_the_same_file_brought_again_changes_nothing(focal, taken):
    taken.write("I.1.2", results="Mine.")
    save(focal, bring(focal, taken.content))

    assert "4 rows as they were" in shown(bring(focal, taken.content))


def test_nothing_of_the_file_is_kept_once_it_is_saved(focal, taken):
    preview = bring(focal, taken.write("I.1.2", results="Canary.").content)
    save(focal, preview)

    token = address_of(preview).rstrip("/").rpartition("/")[2]
    key = f"worksheet:{focal.session['_auth_user_id']}:{token}"
    assert b"Canary" not in zlib.decompress(cache.get(key))
