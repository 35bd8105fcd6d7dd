"""How a report begins: of what, by whom, under which masthead."""

from __future__ import annotations

import pytest

from commitments.errors import Forbidden, Invalid, NotVisible, WrongStatus
from reporting.models import Report
from tests.reporting.reports import walk_report


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"kind": "epic"}, "kind"),
        ({"kind": "regional", "scope": "pillar:I"}, "scope"),
        ({"kind": "thematic"}, "scope"),
        ({"kind": "state-note"}, "member_state"),
        ({"kind": "regional", "audience": "state"}, "audience"),
        ({"kind": "progress", "audience": "public"}, "audience"),
        ({"kind": "regional", "audience": "everybody"}, "audience"),
    ],
)
def test_a_report_is_of_something(world, words, field):
    with pytest.raises(Invalid) as refusal:
        Report.begin(words.pop("kind"), world.cycle, by=world.who("editor"), **words)

    assert [problem.field for problem in refusal.value.problems] == [field]


def test_there_is_one_report_of_a_kind_scope_and_audience(world):
    walk_report(world, "outline")

    with pytest.raises(Invalid):
        walk_report(world, "outline")
    assert walk_report(world, "outline", audience="un").slug == "review-2028-regional-un"


@pytest.mark.parametrize("name", ["reviewer", "coordinator.kaz", "partner", "administrator"])
def test_only_an_editor_begins_a_report(world, name):
    with pytest.raises(Forbidden):
        Report.begin("regional", world.cycle, by=world.who(name))


def test_the_masthead_is_written_while_the_report_can_be(world):
    report = walk_report(world, "drafting")

    report.set_masthead(
        by=world.who("editor"), version=report.version, symbol="A/82/1", session="Eighty-second session"
    )

    assert Report.objects.get(pk=report.pk).symbol == "A/82/1"
    with pytest.raises(Invalid):
        report.set_masthead(by=world.who("editor"), version=report.version, symbol="x" * 41)
    with pytest.raises(Forbidden):
        report.set_masthead(by=world.who("reviewer"), version=report.version, symbol="x")
    with pytest.raises(NotVisible):
        report.set_masthead(by=world.who("coordinator.kaz"), version=report.version, symbol="x")
    closed = walk_report(world, "clearance", audience="participants")
    with pytest.raises(WrongStatus):
        closed.set_masthead(by=world.who("editor"), version=closed.version, symbol="x")
