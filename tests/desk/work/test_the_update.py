"""The page of one update: what is typed is saved, two writers lose nothing, and who sees what."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.models import Evidence, Update
from tests.desk.work.conftest import SCRIPT, address, now, typed
from tests.hostile.harmful_files import png

SECRET = "Unreleased words of Kazakhstan."
WORDS = {"rating": "limited", "trend": "forward", "adopted": "yes", "applied": "no", "measures_taken": SECRET}
PNG = png()


def save(browser, who, update, **words):
    return browser(who).post(address(update, "save/"), typed(update, **words), headers=SCRIPT)


@pytest.mark.parametrize(
    ("status", "readers"),
    [
        ("draft", {"focal.kaz", "contributor.kaz", "coordinator.kaz"}),
        ("submitted", {"focal.kaz", "contributor.kaz", "coordinator.kaz"}),
        ("cleared", {"focal.kaz", "contributor.kaz", "coordinator.kaz", "reviewer", "editor"}),
        ("published", {"focal.kaz", "contributor.kaz", "coordinator.kaz", "reviewer", "editor"}),
    ],
)
def test_the_page_is_there_for_those_who_see_the_update_and_for_nobody_else(world, browser, status, readers):
    update = world.walk(status, "KAZ", "I.1.1", measures_taken=SECRET)

    found = {
        who
        for who in [*world.emails, None]
        if SECRET in browser(who).get(address(update), follow=True).content.decode()
    }

    assert found == readers


@pytest.mark.parametrize("place", ["save/", "moves/submit/", "evidence/", "translation/ru/"])
@pytest.mark.parametrize("who", ["focal.tjk", "coordinator.uzb", "editor", "partner", "administrator"])
def test_nothing_is_written_by_those_who_do_not_see_it(world, browser, place, who):
    update = world.update("KAZ", "I.1.2")

    answer = browser(who).post(address(update, place), typed(update, measures_taken="Mine."))

    assert answer.status_code == 404
    assert now(update).version == 0


def test_what_is_typed_is_saved_and_the_page_is_told_its_version_and_what_is_missing(world, browser):
    update = world.update("KAZ", "I.1.2")

    answer = save(browser, "focal.kaz", update, measures_taken=SECRET)

    page = answer.content.decode()
    assert (answer.status_code, now(update).measures_taken) == (200, SECRET)
    assert re.search(r'name="version" value="1" class="version" hx-swap-oob', page)
    assert "Choose a rating." in page
    assert SECRET not in page  # a slow line carries only the sign


def test_a_field_that_was_not_sent_stays_as_it_is(world, browser):
    update = world.walk("draft", "KAZ", "I.1.2")

    save(browser, "focal.kaz", update, results="Courts use it.")

    assert (now(update).measures_taken, now(update).results) == (update.measures_taken, "Courts use it.")


def test_two_who_write_in_different_fields_both_keep_their_words(world, browser):
    shown = world.update("KAZ", "I.1.1")

    save(browser, "contributor.kaz", shown, results="Theirs.")
    answer = save(browser, "focal.kaz", shown, challenges="Ours.")

    assert answer.status_code == 200
    assert (now(shown).results, now(shown).challenges) == ("Theirs.", "Ours.")


def test_two_who_write_in_one_field_get_both_texts_and_nothing_is_overwritten(world, browser):
    shown = world.update("KAZ", "I.1.1")

    save(browser, "contributor.kaz", shown, results="Theirs.")
    answer = save(browser, "focal.kaz", shown, results="Ours.")

    page = answer.content.decode()
    assert (answer.status_code, answer["HX-Retarget"]) == (412, "#draft")
    assert "Ours." in page
    assert "Theirs." in page
    assert now(shown).results == "Theirs."


def test_a_refused_text_comes_back_with_the_field_and_the_rule(world, browser):
    update = world.update("KAZ", "I.1.2")
    words = typed(update, measures_taken="Passport AB1234567 was checked.")

    by_script = browser("focal.kaz").post(address(update, "save/"), words, headers=SCRIPT)
    by_press = browser("focal.kaz").post(address(update, "save/"), words)

    assert (by_script.status_code, by_press.status_code) == (400, 400)
    assert "Measures taken" in by_script.content.decode()
    assert "Passport AB1234567 was checked." in by_press.content.decode()
    assert now(update).version == 0


def test_what_is_complete_is_submitted_with_a_receipt(world, browser):
    update = world.update("KAZ", "I.1.2")
    client = browser("focal.kaz")

    answer = client.post(address(update, "save/"), typed(update, **WORDS) | {"press": "submit"}, follow=True)

    revision = now(update).current_revision
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == address(update, f"receipt/{revision.number}/")
    assert revision.hash in page
    assert now(update).status == "submitted"


def test_what_is_not_complete_is_saved_and_says_what_it_lacks(world, browser):
    update = world.update("KAZ", "I.1.2")

    answer = browser("focal.kaz").post(address(update, "save/"), typed(update, rating="limited") | {"press": "submit"})

    assert answer.status_code == 400
    assert 'href="#id_trend"' in answer.content.decode()
    assert (now(update).status, now(update).rating) == ("draft", "limited")


def test_a_return_stands_above_and_beside_the_fields_it_is_about(world, browser):
    update = world.walk("submitted", "KAZ", "I.1.2")
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="Name the law.", fields=["results"])

    page = browser("focal.kaz").get(address(update)).content.decode()

    assert page.count("Name the law.") >= 2
    assert '<a href="#id_results">Results</a>' in page


def test_a_return_is_gone_once_it_was_answered(world, browser):
    update = world.walk("submitted", "KAZ", "I.1.2")
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="Name the law.")
    update.submit(by=world.who("focal.kaz"), version=update.version)

    assert 'id="returned-title"' not in browser("focal.kaz").get(address(update)).content.decode()


def test_last_cycle_s_words_and_their_last_writer_stand_beside_each_field(world, browser, later):
    later.edit(by=world.who("coordinator.kaz"), version=0, values={"measures_taken": "Another law."})

    page = browser("focal.kaz").get(address(later)).content.decode()

    assert "A law was passed and two courses were held." in page
    assert "Last written by coordinator.kaz" in page


def test_the_secretariat_is_not_told_who_is_at_work_inside_a_state(world, browser):
    update = world.walk("cleared", "KAZ", "I.1.2")

    browser("focal.kaz").get(address(update))

    assert "has this open too" not in browser("editor").get(address(update)).content.decode()
    assert "focal.kaz has this open too" in browser("coordinator.kaz").get(address(update)).content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("coordinator.kaz", 200), ("reviewer", 404), ("editor", 404), ("focal.tjk", 404)]
)
def test_who_saved_in_a_state_and_when_is_told_inside_it_alone(world, browser, who, status):
    update = world.walk("cleared", "KAZ", "I.1.2")

    answer = browser(who).get(address(update, "present/?read=0"))

    assert answer.status_code == status
    assert ("focal.kaz saved something here" in answer.content.decode()) == (status == 200)


def test_evidence_is_added_and_taken_out_while_others_save(world, browser):
    update, client = world.update("KAZ", "I.1.2"), browser("focal.kaz")
    save(browser, "coordinator.kaz", update, results="Theirs.")
    file = SimpleUploadedFile("map.png", PNG, "image/png")
    words = {"version": 0, "evidence_title": "A map", "evidence_file": file, "evidence_audience": "un"}

    added = client.post(address(update, "evidence/"), words)

    evidence = Evidence.objects.get()
    assert added.status_code == 302
    assert (evidence.title, now(update).results) == ("A map", "Theirs.")
    assert b"".join(client.get(f"/desk/evidence/{evidence.uid}/").streaming_content) == PNG
    assert browser("editor").get(f"/desk/evidence/{evidence.uid}/").status_code == 404

    client.post(address(update, f"evidence/{evidence.uid}/retire/"), {"version": now(update).version})

    assert Evidence.objects.get().retired_at


def test_evidence_without_a_title_is_asked_for_one(world, browser):
    update = world.update("KAZ", "I.1.2")

    answer = browser("focal.kaz").post(address(update, "evidence/"), {"version": 0})

    assert answer.status_code == 400
    assert "Give it a title." in answer.content.decode()


def test_a_translation_is_written_beside_the_original(world, browser):
    update = world.walk("draft", "KAZ", "I.1.2")
    client = browser("focal.kaz")

    client.post(address(update, "translation/ru/"), {"version": update.version, "measures_taken": "Принят закон."})

    assert now(update).translations["ru"]["measures_taken"] == "Принят закон."
    assert "Принят закон." in client.get(address(update)).content.decode()
    assert client.get(address(update, "translation/xx/")).status_code == 404


def test_the_coordinator_answers_an_observation_once(world, browser):
    update = world.walk("cleared", "KAZ", "I.1.2")
    update.accept(by=world.who("reviewer"), version=update.version, observations="Which law?")
    observation = update.current_revision.assessments.get()
    place = address(update, f"observations/{observation.uid}/reply/")

    refused = browser("focal.kaz").post(place, {"reply": "Mine."})
    taken = browser("coordinator.kaz").post(place, {"reply": "The law of 2027."})

    observation.refresh_from_db()
    assert (refused.status_code, taken.status_code) == (403, 302)
    assert observation.reply == "The law of 2027."


@pytest.mark.parametrize("code", ["I.9.9", "%00", "x" * 300])
def test_an_unknown_item_is_absent(world, browser, code):
    assert browser("focal.kaz").get(f"/desk/updates/review-2028/KAZ/{code}/").status_code == 404


def test_what_many_saves_wrote_is_one_line_of_the_history(world, browser):
    update = world.update("KAZ", "I.1.2")
    for number in range(5):
        save(browser, "focal.kaz", now(update), results=f"Text {number}.")

    page = browser("focal.kaz").get(address(update)).content.decode()

    assert "5 times" in page
    assert Update.objects.get(pk=update.pk).version == 5
