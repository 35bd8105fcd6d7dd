"""The editor's place: passages are written, arranged and saved by themselves, and nobody's words are lost."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from reporting.models import Passage, Seat
from tests.desk.reports.conftest import SECTION, address, step, write

pytestmark = pytest.mark.same_on_every_engine

SCRIPT = {"HX-Request": "true"}


def typed(passage: Passage, **words) -> dict:
    """The form as a browser sends it."""
    shown = {"form": passage.form, "title": passage.title, "text": passage.text, "cites": passage.cites, "more": "",
             "title_ru": "", "text_ru": ""}  # fmt: skip
    initial = {f"initial-{name}": value for name, value in shown.items()}
    return initial | shown | {"version": passage.version} | words


def place(passage: Passage, *more: str) -> str:
    return address(passage.report, "/".join(("passages", str(passage.uid), *more, "")))


def section(report) -> str:
    return address(report, f"sections/{SECTION}/")


def now(passage: Passage) -> Passage:
    return Passage.objects.get(pk=passage.pk)


def test_an_editor_writes_a_passage_that_cites_an_update_and_has_a_translation(browser, report):
    words = {"version": 0, "form": "good_practice", "title": "Schools", "text": "It works.", "cites": ["KAZ:I.1.2"],
             "more": "TJK:I.1.1", "title_ru": "Школы", "text_ru": "Это работает."}  # fmt: skip

    answer = browser("editor").post(f"{section(report)}passages/", words)

    kept = Passage.objects.get()
    assert answer["Location"] == f"{section(report)}#passage-{kept.uid}"
    assert (kept.form, kept.title, kept.cites) == ("good_practice", "Schools", ["KAZ:I.1.2", "TJK:I.1.1"])
    assert kept.translations == {"ru": {"title": "Школы", "text": "Это работает."}}


def test_the_section_shows_its_figures_and_the_words_of_the_updates_beside(browser, report):
    page = browser("editor").get(section(report)).content.decode()

    assert "A law was passed and two courses were held." in page
    assert 'data-insert="{{ objective.I.1.reported }}"' in page
    assert "Kazakhstan, I.1.2" in page


def test_saving_by_itself_answers_with_the_version_and_the_text_with_its_figures(world, browser, report):
    passage = write(world, report)

    answer = browser("editor").post(place(passage), typed(passage, text="Of {{ due }}."), headers=SCRIPT)

    part = answer.content.decode()
    assert (answer.status_code, now(passage).text) == (200, "Of {{ due }}.")
    assert "<html" not in part
    assert "Of 9." in part
    assert 'value="2" class="version-' in part


def test_saving_again_what_has_not_changed_makes_no_version(world, browser, report):
    passage = write(world, report)

    browser("editor").post(place(passage), typed(passage), headers=SCRIPT)

    assert now(passage).version == 1


def test_what_was_changed_back_is_saved_too(world, browser, report):
    passage, editor = write(world, report, "One."), browser("editor")
    editor.post(place(passage), typed(passage, text="Two."), headers=SCRIPT)

    editor.post(place(passage), typed(passage, text="One.", version=2), headers=SCRIPT)

    assert (now(passage).text, now(passage).version) == ("One.", 3)


@pytest.mark.parametrize("headers", [SCRIPT, {}])
def test_two_texts_of_one_passage_stand_side_by_side_and_neither_is_lost(world, browser, report, headers):
    passage = write(world, report, "As it was.")
    sent = typed(passage, text="Mine.")
    passage.edit(by=world.who("editor"), version=1, text="Theirs.")

    answer = browser("editor").post(place(passage), sent, headers=headers)

    page = answer.content.decode()
    assert answer.status_code == 412
    assert "Mine.</textarea>" in page
    assert "Theirs." in page
    assert now(passage).text == "Theirs."


def test_the_answer_to_a_script_replaces_the_card_where_both_texts_are_shown(world, browser, report):
    passage = write(world, report)
    passage.edit(by=world.who("editor"), version=1, text="Theirs.")

    answer = browser("editor").post(place(passage), typed(passage, version=1, text="Mine."), headers=SCRIPT)

    assert answer["HX-Retarget"] == f"#passage-{passage.uid}"


def test_a_citation_of_nothing_is_refused_with_its_name_and_the_text_stays_in_the_form(world, browser, report):
    passage = write(world, report)

    page = browser("editor").post(place(passage), typed(passage, text="Kept.", more="FRA:I.1.1"))

    assert page.status_code == 400
    assert "FRA:I.1.1" in page.content.decode()
    assert "Kept.</textarea>" in page.content.decode()
    assert now(passage).version == 1


def test_one_editor_at_a_time_sits_in_a_section_and_others_read_who(world, browser, report):
    passage = write(world, report)

    page = browser("editor.two").get(section(report)).content.decode()
    answer = browser("editor.two").post(place(passage), typed(passage, text="Mine."))

    assert "editor has been writing in this section since" in page
    assert "Add the passage" not in page
    assert answer.status_code == 423
    assert "Mine.</textarea>" in answer.content.decode()


def test_a_seat_is_free_three_minutes_after_the_last_sign_of_life(world, browser, report):
    write(world, report)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=4)

    with time_machine.travel(later):
        part = browser("editor.two").post(f"{section(report)}seat/", headers=SCRIPT).content.decode()

    assert "You are writing in this section." in part


def test_leaving_the_page_frees_the_section(world, browser, report):
    write(world, report)

    answer = browser("editor").post(f"{section(report)}leave/", {"beacon": "1"})

    assert (answer.status_code, Seat.objects.count()) == (204, 0)


@pytest.mark.parametrize("who", ["reviewer", "coordinator.kaz"])
def test_only_an_editor_sits_down(browser, report, who):
    answer = browser(who).post(f"{section(report)}seat/", headers=SCRIPT)

    assert answer.status_code == (403 if who == "reviewer" else 404)
    assert Seat.objects.count() == 0


def test_a_reviewer_reads_the_section_and_finds_nothing_to_press(world, browser, report):
    write(world, report, "Much was done.")

    page = browser("reviewer").get(section(report)).content.decode()

    assert "Much was done." in page
    assert "<textarea" not in page


def test_nothing_is_written_while_the_report_is_with_internal_clearance(world, browser, report):
    passage = write(world, report)
    step(world, report, "submit")

    page = browser("editor").get(section(report)).content.decode()
    answer = browser("editor").post(place(passage), typed(passage, text="Late."))

    assert "<textarea" not in page
    assert answer.status_code == 409
    assert "Late.</textarea>" in answer.content.decode()


@pytest.mark.parametrize(
    ("which", "direction", "order"),
    [(0, "down", "bac"), (2, "up", "acb"), (1, "up", "bac"), (0, "up", "abc"), (2, "down", "abc")],
)
def test_a_passage_is_moved_one_place(world, browser, report, which, direction, order):  # noqa: PLR0917
    passages = [write(world, report, text) for text in "abc"]

    browser("editor").post(place(passages[which], "move"), {"version": 1, "direction": direction})

    found = Passage.objects.filter(section=SECTION).order_by("position")
    assert "".join(one.text for one in found) == order


def test_a_passage_taken_out_can_be_put_back_and_every_version_is_shown(world, browser, report):
    passage, editor = write(world, report, "First words."), browser("editor")
    passage.edit(by=world.who("editor"), version=1, text="Second words.")

    editor.post(place(passage, "retire"), {"version": 2})
    is_out = now(passage).retired_at is not None
    editor.post(place(passage, "restore"), {"version": 3})

    page = editor.get(place(passage, "versions") + "?all").content.decode()
    assert (is_out, now(passage).retired_at) == (True, None)
    assert "First words." in page
    assert page.count("<article") == 4


def test_a_session_that_ended_is_told_to_a_script_and_saves_nothing(world, browser, report):
    passage = write(world, report)

    answer = browser(None).post(place(passage), typed(passage, text="Mine."), headers=SCRIPT)

    assert (answer.status_code, answer.content, now(passage).version) == (401, b"", 1)


def test_without_scripts_a_session_that_ended_shows_what_was_typed_and_the_way_back(world, browser, report):
    passage = write(world, report)
    came_from = {"Referer": f"http://testserver{section(report)}"}

    answer = browser(None).post(place(passage), typed(passage, text="My long text."), headers=came_from)

    page = answer.content.decode()
    assert answer.status_code == 401
    assert "My long text.</textarea>" in page
    assert "next=%2Fdesk%2Freports%2Freview-2028-regional-public%2Fsections%2Fobjective-I-1%2F" in page


def test_words_are_text_and_never_markup(world, browser, report):
    write(world, report, "<script>alert(1)</script> {{ due }}", title="<b>x</b>", form="good_practice")
    editor = browser("editor")

    pages = [editor.get(address(report, where)).content.decode() for where in (f"sections/{SECTION}/", "preview/")]

    assert all("<script>alert" not in page and "<b>x" not in page for page in pages)


def test_every_page_keeps_to_the_strict_policy(browser, report):
    answer = browser("editor").get(section(report))

    page = answer.content.decode()
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "private" in answer["Cache-Control"]
    assert [word for word in ("<style", " style=", "onclick=", "javascript:") if word in page] == []
    assert page.count("<script") == page.count("<script src=") == 3
