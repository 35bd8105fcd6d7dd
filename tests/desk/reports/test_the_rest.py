"""Recommendations, files and national contributions at the desk."""

from __future__ import annotations

import datetime as dt

import pytest

from commitments.models import Cycle
from reporting import issuing
from reporting.background import make_file
from reporting.models import Contribution, Recommendation, ReportFile
from tests.desk.reports.conftest import address, read, step
from tests.reporting.reports import EARLY

pytestmark = pytest.mark.same_on_every_engine

CONTRIBUTION = "/desk/contributions/review-2028/KAZ/"
STATEMENT = {"version": 0, "text": "Kazakhstan reports.", "original_language": "en", "audience": "public"}


def recommend(world, report) -> Recommendation:
    words = {"text": "Report more.", "addressee": "states"}
    return Recommendation.add(read(world, report), by=world.who("editor"), **words)


# --- Recommendations -----------------------------------------------------------------------------


def test_an_editor_adds_changes_and_takes_out_recommendations(browser, report):
    editor, place = browser("editor"), address(report, "recommendations/")
    editor.post(place, {"version": 0, "text": "Report.", "addressee": "partners", "items": "I.1.1 I.1.2",
                        "text_ru": "Сообщать."})  # fmt: skip
    one = Recommendation.objects.get()

    editor.post(f"{place}{one.uid}/", {"version": 1, "text": "Report soon.", "addressee": "partners", "items": "I.1.1"})
    changed = Recommendation.objects.get()
    editor.post(f"{place}{one.uid}/retire/", {"version": 2})

    assert (one.items, one.translations) == (["I.1.1", "I.1.2"], {"ru": {"text": "Сообщать."}})
    assert (changed.text, changed.items, changed.addressee) == ("Report soon.", ["I.1.1"], "partners")
    assert Recommendation.objects.get().retired_at is not None


@pytest.mark.parametrize(
    ("who", "words", "status"),
    [
        ("editor", {"text": ""}, 400),
        ("editor", {"text": "Kept words.", "items": "I.9.9"}, 400),
        ("reviewer", {"text": "Kept words."}, 403),
        ("coordinator.kaz", {"text": "Kept words."}, 404),
    ],
)
def test_a_recommendation_refused_is_not_kept(browser, report, who, words, status):
    sent = {"version": 0, "addressee": "states"} | words

    answer = browser(who).post(address(report, "recommendations/"), sent)

    assert (answer.status_code, Recommendation.objects.count()) == (status, 0)


def test_two_texts_of_one_recommendation_stand_side_by_side(world, browser, report):
    one = recommend(world, report)
    one.edit(by=world.who("editor"), version=1, text="Theirs.")
    sent = {"version": 1, "text": "Mine.", "initial-text": "Report more.", "addressee": "states",
            "initial-addressee": "states"}  # fmt: skip

    answer = browser("editor").post(address(report, f"recommendations/{one.uid}/"), sent)

    page = answer.content.decode()
    assert answer.status_code == 412
    assert "Mine.</textarea>" in page
    assert "Theirs." in page


# --- Files ---------------------------------------------------------------------------------------


def test_a_file_is_asked_for_made_in_the_background_and_fetched_by_whoever_asked(browser, report):
    editor = browser("editor")
    editor.post(address(report, "files/"), {"edition": "", "choice": "json:en"})
    file = ReportFile.objects.get()
    waiting = editor.get(f"/desk/reports/files/{file.uid}/progress/").content.decode()

    make_file.call(str(file.uid))

    ready = editor.get(f"/desk/reports/files/{file.uid}/progress/").content.decode()
    fetched = editor.get(f"/desk/reports/files/{file.uid}/")
    assert "<progress" in waiting
    assert "hx-trigger" in waiting
    assert "<progress" not in ready
    assert fetched["Content-Disposition"] == 'attachment; filename="review-2028-regional-public-en.json"'
    assert fetched["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert b"".join(fetched.streaming_content).startswith(b"{")
    assert browser("reviewer").get(f"/desk/reports/files/{file.uid}/").status_code == 404


@pytest.mark.parametrize(
    ("who", "edition", "status"),
    [("coordinator.kaz", "1", 302), ("coordinator.kaz", "", 404), ("coordinator.kaz", "2", 404), ("editor", "", 302),
     ("partner", "1", 404), ("coordinator.kaz", "x", 404)],
)  # fmt: skip
def test_files_are_made_of_the_editions_one_sees_and_as_it_stands_for_the_secretariat(
    browser, circulated, who, edition, status
):
    answer = browser(who).post(address(circulated, "files/"), {"edition": edition, "choice": "json:en"})

    assert (answer.status_code, ReportFile.objects.count()) == (status, int(status == 302))


def test_a_format_that_does_not_exist_is_told_and_nothing_is_queued(browser, report):
    answer = browser("editor").post(address(report, "files/"), {"edition": "", "choice": "exe:en"}, follow=True)

    assert "One of: " in answer.content.decode()
    assert ReportFile.objects.count() == 0


# --- National contributions ------------------------------------------------------------------------


def test_a_coordinator_writes_explains_and_signs_and_has_a_receipt(browser, world):
    coordinator = browser("coordinator.kaz")
    coordinator.post(CONTRIBUTION, STATEMENT)
    refused = coordinator.post(f"{CONTRIBUTION}sign/", {"version": 1})
    coordinator.post(CONTRIBUTION, STATEMENT | {"version": 1, "explanation": "The ministry is being reorganized."})

    signed = coordinator.post(f"{CONTRIBUTION}sign/", {"version": 2}, follow=True)

    signature = Contribution.objects.get().signatures.get()
    assert refused.status_code == 400
    assert "Not cleared yet" in refused.content.decode()
    assert signature.receipt in signed.content.decode()


@pytest.mark.parametrize(("who", "status"), [("focal.kaz", 403), ("coordinator.tjk", 404), ("editor", 404)])
def test_nobody_else_writes_or_signs_a_state_s_contribution(browser, world, who, status):
    browser("coordinator.kaz").post(CONTRIBUTION, STATEMENT)

    found = [browser(who).post(CONTRIBUTION, STATEMENT | {"version": 1}).status_code,
             browser(who).post(f"{CONTRIBUTION}sign/", {"version": 1}).status_code]  # fmt: skip

    assert found == [status, status]
    assert Contribution.objects.get().version == 1


def test_a_statement_with_an_identity_number_is_refused_and_stays_in_the_form(browser, world):
    answer = browser("coordinator.kaz").post(CONTRIBUTION, STATEMENT | {"text": "Number 123456789012."})

    assert answer.status_code == 400
    assert "Number 123456789012." in answer.content.decode()
    assert not Contribution.objects.filter(text__contains="123456789012").exists()


def test_a_contribution_as_a_file_is_the_state_s_own(browser, world):
    world.walk("cleared", "KAZ", "I.1.2", audience="state")

    answer = browser("coordinator.kaz").get(f"{CONTRIBUTION}files/en.html")

    assert "A law was passed and two courses were held." in answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="national-contribution-review-2028-KAZ-en.html"'


# --- Beyond ----------------------------------------------------------------------------------------


def test_what_became_of_the_last_report_s_recommendations_is_written_beside_them(world, browser, circulated):
    one = recommend(world, circulated)
    step(world, circulated, "close", reason=EARLY)
    step(world, circulated, "issue")
    later = _next_report(world)

    place = address(later, f"recommendations/{one.uid}/follow-up/")
    sent = {"version": 0, "outcome": "in_hand", "text": "Two States do.", "text_ru": ""}
    browser("editor").post(place, sent)
    late = browser("editor").post(place, sent | {"outcome": "done", "text": "All of them do."})

    assert "Both texts stand side by side" in late.content.decode() and "All of them do." in late.content.decode()
    kept = Recommendation.objects.get(report=later)
    page = browser("editor").get(address(later, "recommendations/")).content.decode()
    assert (kept.follows_id, kept.outcome, kept.text) == (one.pk, "in_hand", "Two States do.")
    assert "Report more." in page


def _next_report(world):
    first = world.cycle
    days = {name: getattr(first, name) + dt.timedelta(days=700)
            for name in ("opens_on", "submissions_due_on", "clearances_due_on", "closes_on")}  # fmt: skip
    cycle = Cycle.objects.create(slug="review-2030", plan=first.plan, title="Review 2030", **days)
    return issuing.begin("regional", cycle, by=world.who("editor"), audience="public")
