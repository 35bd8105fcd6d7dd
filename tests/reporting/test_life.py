"""The life of a report: who may take which step from which stage, and what each needs."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.formats import date_format

from commitments.errors import Invalid, Refused, StaleVersion, VersionMissing
from commitments.models import Event
from reporting.life import STEP_NAMES, STEPS, Stage
from reporting.models import Edition, Report
from tests.reporting.reports import EARLY, EMPTY, commented, walk_report

pytestmark = pytest.mark.same_on_every_engine

MADE = "made"
OFFICERS = {"focal.kaz", "coordinator.kaz", "contributor.kaz", "focal.tjk", "coordinator.tjk", "contributor.tjk",
            "focal.uzb", "coordinator.uzb", "contributor.uzb"}  # fmt: skip
OUTSIDERS = {"partner", "observer", "nobody", "administrator"}

# A regional report, written by the editor, cleared by the reviewer; the editor asked for clearance.
MAY = {
    "outline": {"draft": {"editor"}},
    "drafting": {"submit": {"editor"}},
    "clearance": {"return": {"editor", "reviewer"}, "circulate": {"reviewer"}},
    "circulated": {"close": {"editor"}},
    "final": {"reopen": {"editor"}, "issue": {"editor"}},
    "issued": {"correct": {"editor"}},
}
SEES = {
    "outline": {"editor", "reviewer"},
    "drafting": {"editor", "reviewer"},
    "clearance": {"editor", "reviewer"},
    "circulated": {"editor", "reviewer"} | OFFICERS,
    "final": {"editor", "reviewer"},
    "issued": {"editor", "reviewer"} | OFFICERS | OUTSIDERS,
}
WORDS = {
    "return": {"reason": "Paragraph 4 is wrong."},
    "reopen": {"reason": "A figure is wrong."},
    "close": {"reason": EARLY},
    "correct": {"reason": "Paragraph 4 said otherwise."},
    "circulate": {"comments_due_on": timezone.now().date() + dt.timedelta(days=9)},
}


def attempt(report, step, by, **words) -> str:
    """Try a step and undo it."""
    fresh, given = Report.objects.get(pk=report.pk), WORDS.get(step, {}) | words
    try:
        with transaction.atomic():
            fresh.take_step(step, by=by, version=fresh.version, snapshot=lambda _one: EMPTY, **given)
            transaction.set_rollback(True)
    except Refused as refusal:
        return type(refusal).__name__
    return MADE


def expected(stage: str, step: str, name: str) -> str:
    if name not in SEES[stage]:
        return "NotVisible"
    if name not in {"editor", "reviewer"}:
        return "Forbidden"
    if step not in MAY[stage] and not (stage == "clearance" and step == "clear"):
        return "WrongStatus"
    if step == "clear":
        return "Forbidden" if name == "editor" else "WrongStatus"
    return MADE if name in MAY[stage][step] else "Forbidden"


@pytest.mark.parametrize("stage", SEES)
def test_each_person_takes_exactly_the_steps_of_the_table(world, stage):
    report = walk_report(world, stage)
    people = {name: world.who(name) for name in world.emails}

    verdicts = {(name, step): attempt(report, step, people[name]) for name in people for step in STEP_NAMES}

    assert verdicts == {(name, step): expected(stage, step, name) for name in people for step in STEP_NAMES}


@pytest.mark.parametrize("stage", SEES)
def test_allowed_steps_are_those_that_would_succeed(world, stage):
    report = walk_report(world, stage)

    offered = {name: report.allowed_steps(world.who(name)) for name in world.emails}

    assert offered == {
        name: [step for step in STEP_NAMES if attempt(report, step, world.who(name)) == MADE] for name in world.emails
    }


def test_every_step_of_the_table_is_tested():
    assert {(step.source, step.name) for step in STEPS} == {
        (stage, name) for stage, steps in MAY.items() for name in steps
    } | {("clearance", "clear")}
    assert set(SEES) == set(Stage.values)


@pytest.mark.parametrize(("kind", "audience"), [("progress", "un"), ("regional", "un")])
def test_what_states_do_not_check_is_cleared_and_never_circulated(world, kind, audience):
    report = walk_report(world, "clearance", kind=kind, audience=audience)

    assert attempt(report, "circulate", world.who("reviewer")) == "WrongStatus"
    assert attempt(report, "clear", world.who("reviewer")) == MADE
    assert attempt(report, "clear", world.who("editor")) == "Forbidden"


def test_a_note_on_one_state_is_checked_by_that_state_alone(world):
    report = walk_report(world, "circulated", kind="state-note", member_state=world.states["TJK"])

    visible = {name for name in world.emails if Report.objects.visible_to(world.who(name)).exists()}

    assert visible == {"focal.tjk", "contributor.tjk", "coordinator.tjk", "editor", "reviewer"}
    assert report.slug == "review-2028-state-note-tjk-public"


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("un", {"editor", "reviewer"}),
        ("participants", {"editor", "reviewer"} | OFFICERS),
        ("public", {"editor", "reviewer"} | OFFICERS | OUTSIDERS),
    ],
)
def test_what_is_issued_goes_to_its_audience(world, audience, readers):
    report = walk_report(world, "issued", audience=audience)
    edition = report.editions.get(form="issue")

    assert {name for name in world.emails if Report.objects.visible_to(world.who(name)).exists()} == readers
    visible = {name for name in world.emails if Edition.objects.visible_to(world.who(name)).filter(pk=edition.pk)}
    assert visible == readers


def test_the_circulated_draft_is_with_the_states_while_they_check_it(world):
    report = walk_report(world, "circulated")
    draft = report.editions.get()
    readers = {name for name in world.emails if Edition.objects.visible_to(world.who(name)).exists()}

    report.take_step("close", by=world.who("editor"), version=report.version, snapshot=lambda _one: EMPTY, reason=EARLY)

    assert readers == {"editor", "reviewer"} | OFFICERS
    assert draft.form == "draft"
    after = {name for name in world.emails if Edition.objects.visible_to(world.who(name)).exists()}
    assert after == {"editor", "reviewer"}


@pytest.mark.parametrize(("version", "refusal"), [(None, VersionMissing), (0, StaleVersion), (99, StaleVersion)])
def test_a_step_names_the_version_that_was_read(world, version, refusal):
    report = walk_report(world, "drafting")

    with pytest.raises(refusal):
        report.take_step("submit", by=world.who("editor"), version=version, snapshot=lambda _one: EMPTY)

    assert Report.objects.get(pk=report.pk).stage == "drafting"


@pytest.mark.parametrize(
    ("stage", "step", "words", "field"),
    [
        ("clearance", "return", {"reason": " "}, "reason"),
        ("clearance", "circulate", {}, "comments_due_on"),
        ("clearance", "circulate", {"comments_due_on": "2020-01-01"}, "comments_due_on"),
        ("clearance", "circulate", {"comments_due_on": "soon"}, "comments_due_on"),
        ("issued", "correct", {"reason": ""}, "reason"),
    ],
)
def test_what_a_step_needs_is_named(world, stage, step, words, field):
    report = walk_report(world, stage)

    with pytest.raises(Invalid) as refusal:
        report.take_step(step, by=world.who("editor" if step == "correct" else "reviewer"), version=report.version,
                         snapshot=lambda _one: EMPTY, **words)  # fmt: skip

    assert [problem.field for problem in refusal.value.problems] == [field]
    assert Report.objects.get(pk=report.pk).version == report.version


def test_the_fact_check_closes_when_every_comment_is_answered(world):
    report = walk_report(world, "circulated")
    remark = commented(world, report)
    report.refresh_from_db()
    assert attempt(report, "close", world.who("editor")) == "Invalid"

    remark.answer("partly", "The law is named now.", by=world.who("editor"))

    assert attempt(report, "close", world.who("editor")) == MADE


@pytest.mark.parametrize(
    ("days", "reason", "verdict"),
    [(0, "", "Invalid"), (0, EARLY, MADE), (20, "", "Invalid"), (22, "", MADE)],
    ids=["at once", "at once, and why", "on the last day", "after the last day"],
)
def test_the_time_that_states_were_given_is_cut_short_for_a_reason_alone(world, days, reason, verdict):
    noon = timezone.now().replace(hour=12)  # a day that has begun in every capital, and is over in none
    with time_machine.travel(noon):
        report = walk_report(world, "circulated")  # comments are due in twenty days

    with time_machine.travel(noon + dt.timedelta(days=days), tick=False):
        assert attempt(report, "close", world.who("editor"), reason=reason) == verdict


def test_who_closes_early_is_told_which_day_was_promised(world):
    report = walk_report(world, "circulated")

    with pytest.raises(Invalid) as refusal:
        report.take_step("close", by=world.who("editor"), version=report.version, snapshot=lambda _one: EMPTY)

    (problem,) = refusal.value.problems
    assert (problem.field, problem.rule) == ("reason", "required")
    assert date_format(report.comments_due_on, "DATE_FORMAT") in problem.message


def test_a_figure_that_is_not_known_stops_the_step(world):
    report = walk_report(world, "drafting")

    def refuse(_report):
        raise Invalid()

    with pytest.raises(Invalid):
        report.take_step("submit", by=world.who("editor"), version=report.version, snapshot=refuse)
    assert Report.objects.get(pk=report.pk).stage == "drafting"


def test_every_step_is_on_the_record(world):
    report = walk_report(world, "issued")

    events = Event.objects.filter(subject=f"report:{report.slug}").order_by("sequence")

    assert [event.move for event in events] == ["begin", "draft", "submit", "circulate", "close", "issue"]
    assert [edition.form for edition in report.editions.order_by("number")] == ["draft", "issue"]


def test_a_corrigendum_is_a_further_edition_and_says_what_changed(world):
    report = walk_report(world, "issued")

    report.take_step("correct", by=world.who("editor"), version=report.version, reason="Table 2.",
                     snapshot=lambda _one: b'{"x":1}')  # fmt: skip

    last = report.editions.order_by("number").last()
    assert (last.form, last.number, last.what_changed, last.content) == ("corrigendum", 3, "Table 2.", b'{"x":1}')


@pytest.mark.parametrize("verb", ["UPDATE reporting_edition SET snapshot = 'x'", "DELETE FROM reporting_edition"])
def test_the_database_refuses_to_change_an_edition(world, verb):
    walk_report(world, "issued")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)
