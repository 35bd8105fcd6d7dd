"""The fact check: a State comments on a paragraph of the circulated draft, and learns how it was met."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from commitments.errors import Forbidden, Invalid, NotVisible, WindowClosed, WrongStatus
from reporting.models import Remark
from tests.reporting.reports import EARLY, STAGES, commented, walk_report


@pytest.mark.parametrize("stage", STAGES)
def test_comments_are_made_while_the_draft_is_with_the_states(world, stage):
    report = walk_report(world, stage)

    if stage == "circulated":
        assert commented(world, report).edition.form == "draft"
    else:
        with pytest.raises((WrongStatus, NotVisible)):
            commented(world, report)


@pytest.mark.parametrize("name", ["focal.kaz", "coordinator.tjk", "editor", "reviewer", "partner", "administrator"])
def test_only_its_own_coordinator_comments_for_a_state(world, name):
    report = walk_report(world, "circulated")

    with pytest.raises((Forbidden, NotVisible)):
        Remark.make(report, "3", "No.", by=world.who(name), member_state=world.states["KAZ"])


def test_comments_end_with_the_day_in_the_capital(world):
    report = walk_report(world, "circulated")
    end = world.states["KAZ"].end_of(report.comments_due_on)

    with time_machine.travel(end - dt.timedelta(seconds=1), tick=False):
        assert commented(world, report)
    with time_machine.travel(end, tick=False), pytest.raises(WindowClosed):
        commented(world, report)


@pytest.mark.parametrize(
    ("words", "field"),
    [({"text": " "}, "text"), ({"text": "x\x00"}, "text"), ({"paragraph": "1" * 13}, "paragraph"),
     ({"language": "xx"}, "language")],
)  # fmt: skip
def test_a_comment_that_cannot_be_kept_is_named(world, words, field):
    report = walk_report(world, "circulated")
    given = {"paragraph": "3", "text": "No.", "language": "ru"} | words

    with pytest.raises(Invalid) as refusal:
        Remark.make(report, given["paragraph"], given["text"], by=world.who("coordinator.kaz"),
                    member_state=world.states["KAZ"], language=given["language"])  # fmt: skip

    assert refusal.value.problems[0].field == field


def test_a_state_reads_its_own_comments_and_the_secretariat_all(world):
    report = walk_report(world, "circulated")
    commented(world, report, "KAZ")
    commented(world, report, "TJK")

    read = {
        name: sorted(one.member_state.iso_alpha3 for one in Remark.objects.visible_to(world.who(name)))
        for name in world.emails
    }

    assert {name: states for name, states in read.items() if states} == {
        **{f"{role}.kaz": ["KAZ"] for role in ("focal", "contributor", "coordinator")},
        **{f"{role}.tjk": ["TJK"] for role in ("focal", "contributor", "coordinator")},
        "editor": ["KAZ", "TJK"],
        "reviewer": ["KAZ", "TJK"],
    }


@pytest.mark.parametrize("verdict", ["accepted", "partly", "not_accepted"])
def test_every_comment_is_answered_with_a_reason(world, verdict):
    report = walk_report(world, "circulated")
    remark = commented(world, report)

    remark.answer(verdict, "The source says so.", by=world.who("editor"))

    kept = Remark.objects.get(pk=remark.pk)
    assert (kept.verdict, kept.reason, str(kept.answered_by)) == (verdict, "The source says so.", "editor")


@pytest.mark.parametrize(
    ("verdict", "reason", "field"),
    [("", "x", "verdict"), ("maybe", "x", "verdict"), ("accepted", " ", "reason"), (None, "x", "verdict")],
)
def test_an_answer_without_a_verdict_or_a_reason_is_refused(world, verdict, reason, field):
    report = walk_report(world, "circulated")
    remark = commented(world, report)

    with pytest.raises(Invalid) as refusal:
        remark.answer(verdict, reason, by=world.who("editor"))

    assert refusal.value.problems[0].field == field


@pytest.mark.parametrize("name", ["reviewer", "coordinator.kaz", "coordinator.tjk", "administrator"])
def test_only_an_editor_answers(world, name):
    report = walk_report(world, "circulated")
    remark = commented(world, report)

    with pytest.raises((Forbidden, NotVisible)):
        remark.answer("accepted", "x", by=world.who(name))


def test_an_answer_stands_once_the_fact_check_is_closed(world):
    report = walk_report(world, "circulated")
    remark = commented(world, report)
    remark.answer("accepted", "x", by=world.who("editor"))
    report.refresh_from_db()
    report.take_step("close", by=world.who("editor"), version=report.version, snapshot=lambda _one: b"{}", reason=EARLY)

    with pytest.raises(WrongStatus):
        remark.answer("not_accepted", "y", by=world.who("editor"))
    assert timezone.now() >= Remark.objects.get(pk=remark.pk).answered_at
