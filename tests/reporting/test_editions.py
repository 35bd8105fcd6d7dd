"""Editions: what is frozen stays, what is withdrawn goes, and what has moved on is told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from commitments.errors import Invalid
from reporting.frozen import digest, freeze, thaw
from reporting.issuing import Snapshot, check_figures, drift_of, frozen_snapshot, shown_snapshot, snapshot_of, take_step
from reporting.models import Contribution, Passage, Recommendation, Report
from reporting.renderers import render
from tests.reporting.reports import EARLY, commented

pytestmark = pytest.mark.same_on_every_engine

SECRET = "A secret court sits on Tuesdays."


def issue(world, *, audience="public", text="Much was done, on {{ reported }} of {{ due }}.", cites=("KAZ:I.1.2",)):
    """A regional report with one passage, taken from outline to issue with everything frozen."""
    editor, reviewer = world.who("editor"), world.who("reviewer")
    report = Report.begin("regional", world.cycle, by=editor, audience=audience)
    step(report, "draft", editor)
    Passage.add(report, "summary", by=editor, text=text, cites=list(cites))
    step(report, "submit", editor)
    if audience == "un":
        step(report, "clear", reviewer)
    else:
        step(report, "circulate", reviewer, comments_due_on=timezone.now().date() + dt.timedelta(days=9))
        step(report, "close", editor, reason=EARLY)
    step(report, "issue", editor)
    return report.editions.get(form="issue")


def step(report, name, by, **words):
    report.refresh_from_db()
    return take_step(report, name, by=by, version=report.version, **words)


def words_of(snapshot: Snapshot, language="en") -> str:
    return render(snapshot.document(language), "json").decode() + freeze(snapshot).decode()


@pytest.fixture
def reported(world):
    world.walk("published", item="I.1.2", results=SECRET, rating="substantial", audience="public")
    world.walk("published", "TJK", "I.1.2", audience="public")
    world.walk("published", "UZB", "II.1.1", audience="participants")
    return world


def test_an_edition_keeps_the_exact_facts_and_words(reported):
    edition = issue(reported)

    snapshot = frozen_snapshot(edition)

    assert freeze(snapshot) == edition.content
    assert digest(edition.content) == edition.sha256
    assert {(one.state, one.item) for one in snapshot.facts.updates} == {("KAZ", "I.1.2"), ("TJK", "I.1.2")}
    assert SECRET in words_of(snapshot)
    assert thaw(edition.content, Snapshot) == snapshot


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_same_snapshot_makes_the_same_bytes_whatever_happens_to_the_updates(reported, language):
    formats, edition = ("json", "html", "docx", "xlsx", "pdf"), issue(reported)
    before = [render(shown_snapshot(edition).document(language), one) for one in formats]

    revise(reported, results="Another court sits.")
    reported.walk("published", "UZB", "I.1.2", audience="public")

    assert [render(shown_snapshot(edition).document(language), one) for one in formats] == before


def revise(world, **content):
    coordinator = world.who("coordinator.kaz")
    update = world.update()
    update.revise(by=coordinator, version=update.version)
    return world.walk("published", **content)


def test_a_figure_in_the_text_is_filled_from_the_facts(reported):
    edition = issue(reported)

    text = render(shown_snapshot(edition).document("en"), "json").decode()

    facts = frozen_snapshot(edition).facts
    due = len(facts.owed_items) * len(facts.states)
    assert f"Much was done, on 2 of {due}." in text
    assert "{{" not in text


def test_a_figure_that_does_not_exist_is_named_with_its_passage(reported):
    with pytest.raises(Invalid) as refusal:
        issue(reported, text="On {{ everything }} it was {{ reported }}.")

    (problem,) = refusal.value.problems
    passage = Passage.objects.get()
    assert problem.field == f"passages.{passage.uid}.text"
    assert "everything" in str(problem.message)
    assert Report.objects.get().stage == "drafting"


def test_a_figure_that_does_not_exist_is_named_with_its_recommendation(reported):
    report = Report.begin("regional", reported.cycle, by=reported.who("editor"))
    step(report, "draft", reported.who("editor"))
    for text in ("Raise {{ reported }} to {{ due }}.", "Raise {{ all }}."):
        Recommendation.add(report, by=reported.who("editor"), text=text)

    with pytest.raises(Invalid) as refusal:
        step(report, "submit", reported.who("editor"))

    assert [problem.field for problem in refusal.value.problems] == ["recommendations.2.text"]


def test_drift_tells_what_has_moved_on_since(reported):
    edition = issue(reported)
    assert not drift_of(edition)

    revise(reported, results="Another court sits.")
    reported.walk("published", "UZB", "I.1.2", audience="public")
    withdraw(reported, "TJK", "I.1.2")

    drift = drift_of(edition)
    assert drift.changed == (("KAZ", "I.1.2"),)
    assert drift.withdrawn == (("TJK", "I.1.2"),)
    assert drift.added == (("UZB", "I.1.2"),)


def withdraw(world, state, item):
    update = world.update(state, item)
    update.withdraw(by=world.who(f"coordinator.{state.lower()}"), version=update.version, reason="A mistake.")


def test_a_withdrawal_leaves_a_tombstone_and_none_of_the_words(reported):
    edition = issue(reported)
    withdraw(reported, "KAZ", "I.1.2")

    shown = shown_snapshot(edition)

    text = words_of(shown)
    assert SECRET not in text
    assert "substantial" not in {one.rating for one in shown.facts.updates}
    assert [(one.state, one.item) for one in shown.facts.tombstones] == [("KAZ", "I.1.2")]
    assert "Much was done" not in text, "what rests on withdrawn words goes with them"
    assert SECRET in edition.content.decode(), "the record itself is not changed"


@pytest.mark.parametrize("file_format", ["json", "html", "csv", "xlsx", "docx", "pdf"])
def test_no_format_shows_withdrawn_words(reported, file_format):
    edition = issue(reported)
    withdraw(reported, "KAZ", "I.1.2")

    content = render(shown_snapshot(edition).document("en"), file_format)

    assert SECRET.encode() not in _unpacked(content)


def _unpacked(content: bytes) -> bytes:
    """The bytes, and those of every member where it is an archive."""
    import io
    import zipfile

    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_narrowing_the_audience_is_a_withdrawal_for_those_beyond_it(reported):
    public, un = issue(reported), issue(reported, audience="un")
    withdraw(reported, "KAZ", "I.1.2")  # back to accepted: for the UN until published again
    editor = reported.who("editor")
    update = reported.update()
    update.publish(by=editor, version=update.version, audience="un")

    assert SECRET not in words_of(shown_snapshot(public))
    assert SECRET in words_of(shown_snapshot(un))


def test_a_section_withheld_later_is_gone_from_earlier_editions(reported):
    edition = issue(reported)
    coordinator, focal, editor = (reported.who(name) for name in ("coordinator.kaz", "focal.kaz", "editor"))
    update = reported.update()
    update.revise(by=coordinator, version=update.version)
    update.edit(by=focal, version=update.version, values={"results": SECRET + " Still."})
    update.submit(by=focal, version=update.version)
    update.clear(by=coordinator, version=update.version, audience="public", withheld_sections=["results"])
    update.accept(by=editor, version=update.version)
    update.publish(by=editor, version=update.version)

    assert SECRET not in words_of(shown_snapshot(edition))
    assert {(one.state, one.item) for one in shown_snapshot(edition).facts.updates} >= {("KAZ", "I.1.2")}


def test_a_statement_is_shown_as_far_as_its_state_lets_it_be(reported):
    coordinator, kaz = reported.who("coordinator.kaz"), reported.states["KAZ"]
    words = {"text": "We have done much.", "audience": "public"}
    contribution = Contribution.write(reported.cycle, kaz, by=coordinator, version=0, **words)
    contribution.sign(by=coordinator, version=1, manifest=lambda _one: (b"{}", 0))
    edition = issue(reported)
    assert "We have done much." in words_of(shown_snapshot(edition))

    contribution = Contribution.write(reported.cycle, kaz, by=coordinator, version=2, audience="un")
    contribution.sign(by=coordinator, version=3, manifest=lambda _one: (b"{}", 0))

    assert "We have done much." not in words_of(shown_snapshot(edition))


def test_comments_and_answers_go_into_the_issued_report(reported):
    editor, reviewer = reported.who("editor"), reported.who("reviewer")
    report = Report.begin("regional", reported.cycle, by=editor)
    step(report, "draft", editor)
    step(report, "submit", editor)
    step(report, "circulate", reviewer, comments_due_on=timezone.now().date() + dt.timedelta(days=9))
    remark = commented(reported, report, "TJK", "The law is of another year.")
    remark.answer("accepted", "The year is mended.", by=editor)
    step(report, "close", editor, reason=EARLY)
    step(report, "issue", editor)

    text = words_of(shown_snapshot(report.editions.get(form="issue")))

    assert "The law is of another year." in text
    assert "The year is mended." in text


def test_a_draft_circulated_again_shows_no_state_what_another_said(reported):
    editor, reviewer = reported.who("editor"), reported.who("reviewer")
    report = Report.begin("regional", reported.cycle, by=editor)
    due = timezone.now().date() + dt.timedelta(days=9)
    step(report, "draft", editor)
    step(report, "submit", editor)
    step(report, "circulate", reviewer, comments_due_on=due)
    commented(reported, report, "TJK", "Between us.").answer("partly", "For you alone.", by=editor)
    step(report, "close", editor, reason=EARLY)
    step(report, "reopen", editor, reason="More is to be said.")
    step(report, "submit", editor)

    step(report, "circulate", reviewer, comments_due_on=due)

    draft = report.editions.order_by("number").last()
    assert draft.form == "draft"
    text = words_of(shown_snapshot(draft))
    assert "Between us." not in text
    assert "For you alone." not in text


def test_what_is_not_released_is_in_no_snapshot(reported):
    reported.walk("cleared", "UZB", "I.1.2", results="Unreleased words.", audience="public")
    reported.walk("published", "UZB", "I.1.1", results="For the UN alone.", audience="un")

    report = Report.begin("regional", reported.cycle, by=reported.who("editor"))
    text = words_of(snapshot_of(report))

    assert "Unreleased words." not in text
    assert "For the UN alone." not in text
    check_figures(snapshot_of(report))
