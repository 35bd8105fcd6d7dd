"""What somebody was told is saved is never overwritten or sent on unread, and what cannot be saved is handed back."""

from __future__ import annotations

import re

import pytest

from tests.desk.work.conftest import SCRIPT, address, now, typed

SHOWN = re.compile(r'name="version" value="(\d+)" class="version" hx-swap-oob')


def save(browser, who, update, **words):
    return browser(who).post(address(update, "save/"), typed(update, **words), headers=SCRIPT)


def version_of_the_page(before: int, answer) -> int:
    """What the page's script sends next: the version of the answer, or its own where the answer has none."""
    told = SHOWN.search(answer.content.decode())
    return int(told[1]) if told else before


def test_a_page_that_saved_beside_another_writer_still_overwrites_none_of_their_words(world, browser):
    shown = world.update("KAZ", "I.1.1")
    save(browser, "contributor.kaz", shown, results="Theirs.")
    answer = save(browser, "focal.kaz", shown, challenges="Ours.")
    words = {"initial-results": "", "results": "Ours, unread.", "version": version_of_the_page(0, answer)}

    refused = browser("focal.kaz").post(address(shown, "save/"), words, headers=SCRIPT)

    assert (answer.status_code, refused.status_code) == (200, 412)
    assert (now(shown).results, now(shown).challenges) == ("Theirs.", "Ours.")


def test_a_decision_since_is_shown_whatever_the_page_says_it_held(world, browser):
    """The page says that it was shown what is decided again now: it was not."""
    update, coordinator = world.update("KAZ", "I.1.1"), world.who("coordinator.kaz")
    for withheld in (["results"], [], ["results"]):
        update.edit(by=coordinator, version=update.version, values={"withheld_sections": withheld})
    words = {"version": 2, "initial-withheld_sections": "results", "initial-challenges": "", "challenges": "Ours."}

    answer = browser("focal.kaz").post(address(update, "save/"), words, headers=SCRIPT)

    page = answer.content.decode()
    assert answer.status_code == 412
    assert re.search(r'<details class="part" open>.*class="theirs">.*Results', page, re.DOTALL)
    (box,) = re.findall(r'<input type="checkbox"[^>]* value="results"[^>]*>', page)
    assert "checked" not in box  # as this writer left it
    assert (now(update).withheld_sections, now(update).challenges) == (["results"], "")


def test_a_decision_taken_when_it_was_cleared_is_shown_too(world, browser):
    update = world.walk("submitted", "KAZ", "I.1.1")
    shown, coordinator = update.version, world.who("coordinator.kaz")
    update.clear(by=coordinator, version=update.version, audience="un", withheld_sections=[])
    update.return_(by=world.who("reviewer"), version=update.version, reason="Name the law.")
    words = {"version": shown, "withheld_sections": "results"}

    answer = browser("focal.kaz").post(address(update, "save/"), words, headers=SCRIPT)

    assert (answer.status_code, now(update).withheld_sections) == (412, [])
    assert '<details class="part" open>' in answer.content.decode()


def test_a_text_that_somebody_wrote_and_put_back_is_not_overwritten_unread(world, browser):
    update = world.walk("draft", "KAZ", "I.1.1", results="First.")
    shown, words = now(update), typed(update, results="Ours.")
    for text in ("Second.", "First."):
        save(browser, "contributor.kaz", now(update), results=text)

    theirs = browser("focal.kaz").post(address(update, "save/"), words, headers=SCRIPT)
    same = save(browser, "focal.kaz", shown, challenges="Few judges.")

    assert (theirs.status_code, same.status_code) == (412, 200)
    assert "Ours." in theirs.content.decode()
    assert (now(update).results, now(update).challenges) == ("First.", "Few judges.")


def test_one_s_own_saves_in_another_tab_are_no_other_writer(world, browser):
    update = world.walk("draft", "KAZ", "I.1.1", results="First.")
    words = typed(update, results="Third.")
    for text in ("Second.", "First."):
        save(browser, "focal.kaz", now(update), results=text)

    answer = browser("focal.kaz").post(address(update, "save/"), words, headers=SCRIPT)

    assert (answer.status_code, now(update).results) == (200, "Third.")


@pytest.mark.parametrize(
    ("who", "stands", "status"),
    [
        ("focal.kaz", "The law", 200),  # all of it is typed here too
        ("focal.kaz", "Another law", 412),  # in another tab
        ("contributor.kaz", "The law", 412),
        ("focal.kaz", "", 412),  # taken out in another tab
    ],
)
def test_typing_on_from_a_save_whose_answer_did_not_arrive_is_writing_on(world, browser, who, stands, status):
    shown = world.update("KAZ", "I.1.1")
    save(browser, "focal.kaz", shown, results="The")
    shown = now(shown)
    save(browser, who, shown, results=stands)

    answer = save(browser, "focal.kaz", shown, results="The law of 2027.")

    assert answer.status_code == status
    assert now(shown).results == ("The law of 2027." if status == 200 else stands)


def test_a_page_that_saved_beside_another_writer_is_told_so_until_it_is_opened_anew(world, browser):
    shown = world.update("KAZ", "I.1.1")
    save(browser, "contributor.kaz", shown, results="Theirs.")
    save(browser, "focal.kaz", shown, challenges="Ours.")
    client = browser("focal.kaz")

    told = client.get(address(shown, "present/?read=0")).content.decode()
    opened = client.get(address(shown)).content.decode()

    assert "contributor.kaz saved something here" in told
    assert "contributor.kaz saved something here" not in opened


def test_one_s_own_saves_are_not_told_as_another_s(world, browser):
    shown = world.update("KAZ", "I.1.1")
    answer = save(browser, "focal.kaz", shown, challenges="Ours.")

    told = browser("focal.kaz").get(address(shown, "present/?read=0")).content.decode()

    assert version_of_the_page(0, answer) == 1
    assert "saved something here" not in told


@pytest.mark.parametrize("words", [{}, {"challenges": "Ours."}], ids=["nothing touched", "something touched"])
def test_words_that_its_submitter_was_not_shown_are_not_submitted(world, browser, words):
    shown = world.walk("draft", "KAZ", "I.1.1")
    save(browser, "contributor.kaz", shown, results="Half a sent")
    client = browser("focal.kaz")

    answer = client.post(address(shown, "save/"), typed(shown, **words) | {"press": "submit"}, follow=True)
    page = answer.content.decode()
    again = client.post(address(shown, "save/"), {"version": now(shown).version, "press": "submit"})

    assert "Half a sent" in page
    assert "Read it, then submit." in page
    assert now(shown).challenges == words.get("challenges", "")
    assert again["Location"].endswith("/receipt/1/")


def test_a_translation_of_words_that_were_taken_out_meanwhile_is_kept(world, browser):
    shown = world.walk("draft", "KAZ", "I.1.1")
    save(browser, "contributor.kaz", shown, measures_taken="")
    words = {"version": shown.version, "initial-measures_taken": "", "measures_taken": "Принят закон."}

    answer = browser("focal.kaz").post(address(shown, "translation/ru/"), words)

    assert answer.status_code == 302
    assert now(shown).translations["ru"]["measures_taken"] == "Принят закон."


def test_a_later_translation_leaves_those_of_words_taken_out_where_they_are(world, browser):
    update = world.walk("draft", "KAZ", "I.1.1", results="Courts use it.")
    texts = {"measures_taken": "Принят закон.", "results": "Суды применяют."}
    update.edit(by=world.who("focal.kaz"), version=update.version, values={"translations": {"ru": texts}})
    update.edit(by=world.who("focal.kaz"), version=update.version, values={"results": ""})
    words = {"version": update.version, "initial-measures_taken": "Принят закон.", "measures_taken": "Закон принят."}
    unsent = {"initial-results": "Суды применяют.", "results": "Суды применяют."}

    browser("focal.kaz").post(address(update, "translation/ru/"), words | unsent)

    kept = now(update).translations["ru"]
    assert (kept["measures_taken"], kept["results"]) == ("Закон принят.", "Суды применяют.")


def test_a_translation_is_taken_out_by_emptying_its_field_and_the_rest_is_of_the_present_words(world, browser):
    update, focal = world.walk("draft", "KAZ", "I.1.1", results="Courts use it."), world.who("focal.kaz")
    texts = {"measures_taken": "Принят закон.", "results": "Суды применяют."}
    update.edit(by=focal, version=update.version, values={"translations": {"ru": texts}})
    update.edit(by=focal, version=update.version, values={"results": ""})
    shown = {f"initial-{name}": text for name, text in texts.items()}

    browser("focal.kaz").post(address(update, "translation/ru/"), shown | texts | {"version": 3, "results": ""})

    assert now(update).translations["ru"] == {"of": now(update).text_hash(), "measures_taken": "Принят закон."}


@pytest.mark.parametrize("place", ["save/", "translation/ru/"])
def test_what_was_typed_is_handed_back_to_whom_the_update_was_taken_from(world, browser, place):
    update = world.walk("draft", "KAZ", "I.1.1")
    commitment = update.commitment
    commitment.change(by=world.who("coordinator.kaz"), version=commitment.version, contributing_agencies=[])

    answer = browser("contributor.kaz").post(address(update, place), typed(update, results="A long evening's work."))

    assert answer.status_code == 404
    assert "A long evening&#x27;s work." in answer.content.decode()
    assert now(update).results == ""


def test_what_is_handed_back_tells_nobody_whether_there_is_such_an_update(world, browser):
    client, words = browser("focal.tjk"), {"version": 0, "initial-results": "", "results": "Mine."}

    pages = [client.post(f"/desk/updates/review-2028/KAZ/{code}/save/", words) for code in ("I.1.1", "I.9.9")]

    there, absent = (
        re.sub(r'value="[^"]{40,}"', "", page.content.decode()).replace("I.9.9", "I.1.1") for page in pages
    )
    assert pages[0].status_code == pages[1].status_code == 404
    assert there == absent


@pytest.mark.parametrize("code", ["I.1.1", "I.9.9"])
def test_an_update_that_is_not_to_be_seen_shows_what_this_device_keeps_of_it(world, browser, code):
    page = browser("focal.tjk").get(f"/desk/updates/review-2028/KAZ/{code}/")

    assert page.status_code == 404
    assert f'data-kept-of="review-2028:KAZ:{code}"' in page.content.decode()
