"""In the admin: reports row by row, and passages written by the same verbs as at the desk."""

from __future__ import annotations

import pytest

from reporting.models import Passage, Recommendation, Remark
from tests.desk.reports.conftest import SECTION, read, step, write

pytestmark = pytest.mark.same_on_every_engine

ADMIN = "/admin/reporting/"
NOUNS = ("report", "passage", "recommendation", "remark", "edition")


@pytest.mark.parametrize(
    ("who", "lists"),
    [
        ("editor", set(NOUNS)),
        ("reviewer", set(NOUNS)),
        ("coordinator.kaz", {"report", "edition", "remark"}),
        ("partner", {"report", "edition"}),
        ("administrator", {"report", "edition"}),
    ],
)
def test_each_person_finds_the_lists_that_are_theirs(browser, circulated, who, lists):
    visitor = browser(who)

    found = {noun for noun in NOUNS if visitor.get(f"{ADMIN}{noun}/").status_code == 200}

    assert found == lists


@pytest.mark.parametrize(("who", "status"), [("editor", 200), ("coordinator.kaz", 404), ("partner", 404)])
def test_a_report_in_the_making_is_the_secretariat_s(browser, report, who, status):
    assert browser(who).get(f"{ADMIN}report/{report.slug}/change/").status_code == status


def test_an_editor_adds_and_writes_a_passage_in_the_admin_and_sees_its_versions(world, browser, report):
    editor = browser("editor")
    editor.post(f"{ADMIN}passage/add/", {"version": 0, "report": report.slug, "section": SECTION, "form": "paragraph",
                "text": "First words."})  # fmt: skip
    passage = Passage.objects.get()
    place = f"{ADMIN}passage/{passage.uid}/"

    editor.post(f"{place}do/edit/", {"version": 1, "form": "paragraph", "text": "Second words."})

    page = editor.get(f"{place}change/").content.decode()
    assert "First words." in page
    assert "Second words." in page


def test_a_section_that_the_report_does_not_have_is_refused(browser, report):
    sent = {"version": 0, "report": report.slug, "section": "never", "form": "paragraph", "text": "Words."}

    page = browser("editor").post(f"{ADMIN}passage/add/", sent).content.decode()

    assert "There is no such section in this kind of report. Known: summary" in page
    assert Passage.objects.count() == 0


def test_two_texts_of_one_passage_stand_side_by_side_in_the_admin_too(world, browser, report):
    passage = write(world, report, "As it was.")
    passage.edit(by=world.who("editor"), version=1, text="Theirs.")
    sent = {"version": 1, "form": "paragraph", "initial-form": "paragraph", "text": "Mine.",
            "initial-text": "As it was."}  # fmt: skip

    page = browser("editor").post(f"{ADMIN}passage/{passage.uid}/do/edit/", sent).content.decode()

    assert "Mine.</textarea>" in page
    assert "Theirs." in page


@pytest.mark.parametrize(("who", "verb"), [("reviewer", "edit"), ("reviewer", "retire")])
def test_a_reviewer_reads_passages_and_changes_none(world, browser, report, who, verb):
    passage = write(world, report)

    answer = browser(who).post(f"{ADMIN}passage/{passage.uid}/do/{verb}/", {"version": 1})

    assert answer.status_code == 403
    assert Passage.objects.get().version == 1


def test_an_edition_shows_its_hash_and_never_its_snapshot(world, browser, circulated):
    page = browser("editor").get(f"{ADMIN}edition/{circulated.slug}/1/change/").content.decode()

    edition = circulated.editions.get()
    assert edition.sha256 in page
    assert "&quot;manuscript&quot;" not in page


def test_a_comment_is_answered_in_the_admin_and_a_recommendation_changed(world, browser, circulated):
    report, editor = read(world, circulated), browser("editor")
    remark = Remark.make(report, "1", "Not so.", by=world.who("coordinator.kaz"), member_state=world.states["KAZ"])
    one = Recommendation.add(report, by=world.who("editor"), text="Report.", addressee="states")

    editor.post(f"{ADMIN}remark/{remark.uid}/do/answer/", {"verdict": "accepted", "reason": "Yes."})
    editor.post(
        f"{ADMIN}recommendation/{one.uid}/do/edit/", {"version": 1, "text": "Report soon.", "addressee": "states"}
    )

    assert (Remark.objects.get().verdict, Recommendation.objects.get().text) == ("accepted", "Report soon.")


def test_words_are_closed_in_the_admin_while_the_report_is_with_clearance(world, browser, report):
    passage = write(world, report)
    step(world, report, "submit")

    answer = browser("editor").post(f"{ADMIN}passage/{passage.uid}/do/edit/", {"version": 1, "text": "Late."})

    assert answer.status_code == 403
