"""Whoever comes back to an address where something is done finds the page; seats are read without being taken."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from reporting.background import make_file
from reporting.models import Contribution, Remark, Seat
from tests.desk.reports.conftest import SECTION, address, read, write

SCRIPT = {"HX-Request": "true"}
CONTRIBUTION = "/desk/contributions/review-2028/KAZ/"
STATEMENT = {"version": 0, "text": "Kazakhstan reports.", "original_language": "en", "audience": "public"}
ANY = "0b562bc7-da7b-4e58-be54-4e824fef811b"


@pytest.mark.parametrize(
    ("place", "page"),
    [
        ("masthead/", ""),
        ("steps/submit/", ""),
        ("files/", ""),
        (f"sections/{SECTION}/passages/", f"sections/{SECTION}/"),
        (f"passages/{ANY}/move/", ""),
        (f"recommendations/{ANY}/", "recommendations/"),
        ("draft/remarks/", "draft/"),
        (f"draft/remarks/{ANY}/", "draft/"),
    ],
)
def test_an_address_where_something_is_only_done_leads_to_its_page(browser, report, place, page):
    answer = browser("editor").get(address(report, place))

    assert (answer.status_code, answer["Location"]) == (302, address(report, page))


def test_the_page_of_a_session_that_ended_says_so_to_the_script_that_keeps_what_was_typed(browser, report):
    page = browser(None).post(address(report, "recommendations/"), {"text": "Long words."}).content.decode()

    assert "data-nothing-saved" in page


# --- Seats -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["editor", "editor.two", "reviewer"])
def test_reading_who_sits_in_a_section_takes_no_seat(browser, report, who):
    browser(who).get(address(report, f"sections/{SECTION}/seat/"), headers=SCRIPT)

    assert Seat.objects.count() == 0


def test_a_section_taken_is_taken_by_writing_and_not_by_looking(browser, report):
    page = browser("editor").get(address(report, f"sections/{SECTION}/")).content.decode()

    assert 'hx-trigger="take, every 45s"' in page
    assert "Nobody else is writing in this section." in page


def test_a_colleague_who_waits_is_told_when_the_section_is_free(world, browser, report):
    write(world, report)
    place, colleague = address(report, f"sections/{SECTION}/"), browser("editor.two")
    taken = colleague.get(f"{place}seat/", headers=SCRIPT).content.decode()
    later = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=4)

    with time_machine.travel(later):
        free = colleague.get(f"{place}seat/", headers=SCRIPT).content.decode()

    assert "has been writing in this section since" in taken
    assert f'href="{place}">Write here</a>' in free


# --- The national contribution ---------------------------------------------------------------------


def test_a_signature_refused_names_the_field_of_the_statement_whose_form_still_saves(browser, world):
    coordinator = browser("coordinator.kaz")
    coordinator.post(CONTRIBUTION, STATEMENT)

    page = coordinator.post(f"{CONTRIBUTION}sign/", {"version": 1})

    shown = page.content.decode()
    assert page.status_code == 400
    assert '<a href="#id_explanation">Why some updates are not cleared: Not cleared yet' in shown
    assert f'<form id="statement" method="post" action="{CONTRIBUTION}" data-keep=' in shown


def test_a_signature_on_another_version_is_told_above_all(browser, world):
    coordinator = browser("coordinator.kaz")
    coordinator.post(CONTRIBUTION, STATEMENT)

    page = coordinator.post(f"{CONTRIBUTION}sign/", {"version": 7})

    assert page.status_code == 412
    assert len(page.context["faults"]) == 1
    assert Contribution.objects.get().signatures.count() == 0


def test_once_the_cycle_is_closed_no_signature_is_offered(browser, world):
    coordinator = browser("coordinator.kaz")
    coordinator.post(CONTRIBUTION, STATEMENT)
    closed = dt.datetime.combine(world.cycle.closes_on, dt.time(), dt.UTC) + dt.timedelta(days=2)

    with time_machine.travel(closed):
        page = browser("coordinator.kaz").get(CONTRIBUTION).content.decode()

    assert "Sign for the State" not in page
    assert "nothing is signed for it any more" in page


# --- Comments --------------------------------------------------------------------------------------


def comment(world, report, paragraph: str, who: str = "kaz") -> Remark:
    state = world.states[who.upper()]
    return Remark.make(
        read(world, report), paragraph, "Not so.", by=world.who(f"coordinator.{who}"), member_state=state
    )


def test_an_editor_goes_from_one_comment_that_waits_to_the_next_in_the_order_of_the_text(world, browser, circulated):
    last, first, whole = (comment(world, circulated, one) for one in ("10", "2", "0"))
    whole.answer("accepted", "Yes.", by=world.who("editor"))

    page = browser("editor").get(address(circulated, "draft/"))

    tally = page.context["tally"]
    assert [row.pk for row in tally["remarks"]] == [whole.pk, first.pk, last.pk]
    assert (tally["waiting"], tally["first"].pk) == (2, first.pk)
    assert page.content.decode().count("Next comment that waits for an answer") == 4


def test_a_state_s_list_holds_its_own_comments_alone_and_nothing_to_answer(world, browser, circulated):
    comment(world, circulated, "2", "tjk")
    own = comment(world, circulated, "3")

    page = browser("coordinator.kaz").get(address(circulated, "draft/"))

    assert [row.pk for row in page.context["tally"]["remarks"]] == [own.pk]
    assert "Next comment that waits" not in page.content.decode()


def test_after_the_last_day_no_comment_is_offered_and_the_page_says_when_it_ended(world, browser, circulated):
    late = dt.datetime.now(dt.UTC) + dt.timedelta(days=20)

    with time_machine.travel(late):
        page = browser("coordinator.kaz").get(address(circulated, "draft/?paragraph=1")).content.decode()

    assert "The time to comment ended on" in page
    assert "Comment on paragraph" not in page
    assert "<textarea" not in page


def test_a_focal_point_reads_that_the_coordinator_comments(browser, circulated):
    page = browser("focal.kaz").get(address(circulated)).content.decode()

    assert "Your national coordinator can comment until the end of" in page


def test_the_draft_stays_in_the_language_in_which_it_is_read(world, browser, circulated):
    words = {"paragraph": "1", "member_state": "KAZ", "text": "Это не так.", "language": "ru"}

    answer = browser("coordinator.kaz").post(address(circulated, "draft/remarks/?language=ru"), words)

    assert answer["Location"] == address(circulated, "draft/?language=ru#paragraph-1")


def test_a_form_that_was_asked_for_has_the_keyboard(browser, circulated):
    part = browser("coordinator.kaz").get(address(circulated, "draft/comment/?paragraph=1"), headers=SCRIPT)

    assert "autofocus" in part.content.decode()


def test_a_file_that_is_ready_is_told_to_whoever_waits(browser, circulated):
    editor = browser("editor")
    editor.post(address(circulated, "files/"), {"edition": "1", "choice": "json:en"})
    file = circulated.files.get()

    make_file.call(str(file.uid))
    part = editor.get(f"/desk/reports/files/{file.uid}/progress/", headers=SCRIPT).content.decode()

    assert 'hx-swap-oob="innerHTML"' in part
    assert "Ready</p>" in part
