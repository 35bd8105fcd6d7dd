"""States check the circulated draft paragraph by paragraph; the secretariat answers each comment."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from reporting.models import Remark
from tests.desk.reports.conftest import address

COMMENT = {"paragraph": "1", "language": "ru", "text": "Это не так."}


def comment(browser, report, who: str = "coordinator.kaz", **words):
    state = words.pop("member_state", who[-3:].upper())
    return browser(who).post(address(report, "draft/remarks/"), COMMENT | {"member_state": state} | words)


def draft(browser, report, who: str) -> str:
    return browser(who).get(address(report, "draft/")).content.decode()


def test_a_coordinator_comments_on_a_paragraph_and_comes_back_to_it(browser, circulated):
    answer = comment(browser, circulated)

    made = Remark.objects.get()
    assert answer["Location"] == address(circulated, "draft/#paragraph-1")
    assert (made.member_state.iso_alpha3, made.paragraph, made.text, made.language) == ("KAZ", "1", "Это не так.", "ru")


def test_a_state_sees_its_own_comments_and_the_secretariat_all(browser, circulated):
    comment(browser, circulated, "coordinator.kaz", text="Said by Kazakhstan.")
    comment(browser, circulated, "coordinator.tjk", text="Said by Tajikistan.")

    both, cast = ["Kazakhstan", "Tajikistan"], ("coordinator.kaz", "focal.kaz", "coordinator.tjk", "editor", "reviewer")
    pages = {who: draft(browser, circulated, who) for who in cast}
    found = {who: [name for name in both if f"Said by {name}" in page] for who, page in pages.items()}

    assert found == {"coordinator.kaz": ["Kazakhstan"], "focal.kaz": ["Kazakhstan"], "coordinator.tjk": ["Tajikistan"],
                     "editor": both, "reviewer": both}  # fmt: skip


@pytest.mark.parametrize(
    ("who", "words", "status"),
    [
        ("focal.kaz", {}, 400),  # there is no State that this person speaks for
        ("coordinator.kaz", {"member_state": "TJK"}, 400),
        ("coordinator.kaz", {"text": " "}, 400),
        ("editor", {"member_state": "KAZ"}, 400),
        ("partner", {"member_state": "KAZ"}, 404),
    ],
)
def test_a_comment_that_is_not_theirs_to_make_is_refused(browser, circulated, who, words, status):
    answer = comment(browser, circulated, who, **words)

    assert (answer.status_code, Remark.objects.count()) == (status, 0)


def test_after_the_last_day_a_comment_is_refused_and_stays_in_its_form(browser, circulated):
    late = dt.datetime.now(dt.UTC) + dt.timedelta(days=20)

    with time_machine.travel(late):
        answer = comment(browser, circulated)

    assert answer.status_code == 423
    assert "Это не так.</textarea>" in answer.content.decode()


def test_the_form_for_a_comment_is_fetched_by_a_script_or_opened_by_a_link(browser, circulated):
    visitor = browser("coordinator.kaz")

    part = visitor.get(address(circulated, "draft/comment/?paragraph=2"), headers={"HX-Request": "true"})
    page = visitor.get(address(circulated, "draft/?paragraph=2"))

    assert all('name="paragraph" value="2"' in one.content.decode() for one in (part, page))
    assert browser("editor").get(address(circulated, "draft/comment/?paragraph=2")).status_code == 404


def test_an_editor_answers_and_the_state_reads_the_answer(browser, circulated):
    comment(browser, circulated)
    made = Remark.objects.get()
    words = {"verdict": "not_accepted", "reason": "The law says otherwise."}

    browser("editor").post(address(circulated, f"draft/remarks/{made.uid}/"), words)

    page = draft(browser, circulated, "coordinator.kaz")
    assert "Not accepted" in page
    assert "The law says otherwise." in page


@pytest.mark.parametrize(
    ("who", "words", "status"),
    [
        ("editor", {"verdict": "accepted", "reason": ""}, 400),
        ("editor", {"verdict": "", "reason": "Why not."}, 400),
        ("reviewer", {"verdict": "accepted", "reason": "Yes."}, 403),
        ("coordinator.kaz", {"verdict": "accepted", "reason": "Yes."}, 403),
        ("coordinator.tjk", {"verdict": "accepted", "reason": "Yes."}, 404),
    ],
)
def test_an_answer_has_a_verdict_and_a_reason_and_is_an_editor_s(browser, circulated, who, words, status):
    comment(browser, circulated)
    made = Remark.objects.get()

    answer = browser(who).post(address(circulated, f"draft/remarks/{made.uid}/"), words)

    made.refresh_from_db()
    assert (answer.status_code, made.verdict) == (status, "")


def test_the_draft_is_shown_in_the_language_asked_for(browser, circulated):
    page = browser("coordinator.kaz").get(address(circulated, "draft/?language=ru")).content.decode()

    assert '<div class="report checked" lang="ru">' in page
