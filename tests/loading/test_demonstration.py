"""The demonstration's reports were written and circulated by its people, by the rules that bind everybody."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from commitments.models import Event, Person, RoadmapProvision
from reporting.document import Paragraph
from reporting.issuing import facts_of, shown_snapshot, snapshot_of, take_step
from reporting.management.loading.demonstration import load_demonstration_reports
from reporting.models import Edition, Passage, Recommendation, Remark, Report, Seat
from reporting.placeholders import unknown
from tests.reporting.reports import EARLY
from tests.standing import load_the_demonstration, standing

REGIONAL, BRIEF = "baseline-2022-regional-public", "tenth-review-2028-progress-un"
COUNTED = (Edition, Event, Passage, Recommendation, Remark, Report)


@pytest.fixture
def reports(db) -> dict[str, Report]:
    return {report.slug: report for report in standing(load_the_demonstration)}


def test_a_review_report_is_with_the_states_and_a_brief_is_being_written(reports):
    assert {slug: report.stage for slug, report in reports.items()} == {REGIONAL: "circulated", BRIEF: "drafting"}


def test_whoever_asked_for_clearance_did_not_give_it(reports):
    moves = Event.objects.filter(subject=f"report:{REGIONAL}").order_by("sequence")
    steps = {move.move: move.by.email for move in moves.select_related("by")}

    assert steps["submit"] == "editor@demo.invalid"
    assert steps["circulate"] == "reviewer@demo.invalid"
    assert steps["comment"] == "coordinator.kaz@demo.invalid"


def test_every_sentence_rests_on_what_is_loaded(reports):
    for report in reports.values():
        facts = facts_of(report)
        recorded = {f"{update.state}:{update.item}" for update in facts.updates}
        for passage in report.passages.all():
            assert set(passage.cites) <= recorded
            assert unknown(passage.text, facts) == unknown(passage.translations["ru"]["text"], facts) == []


def test_recommendations_are_in_the_words_of_the_roadmap(reports):
    for one in reports[REGIONAL].recommendations.all():
        provision = RoadmapProvision.objects.get(code=one.items[0])

        assert _words(one.text) - _words(provision.text) <= {"plan", "should"}


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


@pytest.mark.parametrize("slug", [REGIONAL, BRIEF])
@pytest.mark.parametrize(("language", "sign"), [("en", "This is a demonstration"), ("ru", "Это демонстрационн")])
def test_a_report_says_in_its_own_text_that_it_is_a_demonstration(reports, slug, language, sign):
    document = snapshot_of(reports[slug]).document(language)

    assert sign in str(document.pages)


def test_the_comment_says_what_it_is_and_stands_on_a_paragraph_of_the_draft(reports):
    remark = Remark.objects.select_related("edition").get()
    blocks = shown_snapshot(remark.edition).document("en").pages
    said = {block.number: block.text for block in blocks if isinstance(block, Paragraph)}

    assert remark.text.startswith("This is a demonstration comment; no Member State has made it.")
    assert remark.verdict == ""
    assert said[remark.paragraph].startswith("An action item on which no speaker is on record")


def test_no_section_is_taken(reports):
    assert not Seat.objects.exists()


def test_a_second_time_nothing_changes(reports):
    before = [model.objects.count() for model in COUNTED]

    again = load_demonstration_reports()

    assert {report.slug: report.version for report in again} == {slug: one.version for slug, one in reports.items()}
    assert [model.objects.count() for model in COUNTED] == before


def test_what_people_have_done_with_a_report_stays(reports):
    editor, report = Person.objects.get(email="editor@demo.invalid"), reports[REGIONAL]
    Remark.objects.get().answer("accepted", "It is added.", by=editor)
    take_step(report, "close", by=editor, version=report.version, reason=EARLY)

    load_demonstration_reports()

    assert Report.objects.get(slug=REGIONAL).stage == "final"


def test_the_public_sees_nothing_of_it(reports, client):
    assert client.get(f"/api/v1/reports/{REGIONAL}/").status_code == 404
    assert client.get("/api/v1/editions/").json()["results"] == []


def test_the_command_names_the_accounts_and_the_reports(reports):
    out = io.StringIO()

    call_command("load_demonstration_reports", stdout=out)

    printed = out.getvalue()
    assert "editor@demo.invalid" in printed
    assert "Regional review report, Tashkent baseline, March 2022: Circulated to the States" in printed


def test_there_is_no_demonstration_where_the_settings_do_not_say_so(db, settings):
    settings.DEMONSTRATION = False

    for load in (load_demonstration_reports, lambda: call_command("load_demonstration_reports")):
        with pytest.raises(CommandError, match="DEMONSTRATION"):
            load()
    assert not Report.objects.exists()
