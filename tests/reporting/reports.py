"""Reports taken through their life by the people who would take them there."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from reporting.life import Stage
from reporting.models import Passage, Remark, Report
from tests.builders import World

EMPTY = b"{}"


EARLY = "Every State has answered."


def walk_report(world: World, to: str, *, kind: str = "regional", audience: str = "public", **what) -> Report:
    """Take a report to a stage, by its steps; what is frozen on the way is empty."""
    editor, reviewer = world.who("editor"), world.who("reviewer")
    report = Report.begin(kind, world.cycle, by=editor, audience=audience, **what)
    comments_due_on = timezone.now().date() + dt.timedelta(days=20)
    circulates = report.is_circulated
    steps = [
        ("draft", editor, {}),
        ("submit", editor, {}),
        *([("circulate", reviewer, {"comments_due_on": comments_due_on})] if circulates else []),
        ("close", editor, {"reason": EARLY}) if circulates else ("clear", reviewer, {}),
        ("issue", editor, {}),
    ]
    for name, by, words in steps:
        if report.stage == to:
            break
        report.take_step(name, by=by, version=report.version, snapshot=lambda _report: EMPTY, **words)
    assert report.stage == to
    return report


def written(world: World, report: Report, section: str = "summary", text: str = "Much was done.", **words) -> Passage:
    """A passage of the editor's."""
    return Passage.add(report, section, by=world.who("editor"), text=text, **words)


def commented(world: World, report: Report, state: str = "KAZ", text: str = "This is not so.") -> Remark:
    """A comment of a State's coordinator on paragraph 3."""
    return Remark.make(
        report, "3", text, by=world.who(f"coordinator.{state.lower()}"), member_state=world.states[state]
    )


STAGES = tuple(Stage.values)
