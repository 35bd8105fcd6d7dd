"""Reports in the making for a demonstration: begun, written and circulated by its people, as everybody would."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from commitments.management.loading.tally import fixture
from commitments.models import Cycle, MemberState, Person
from reporting.document import Paragraph
from reporting.issuing import begin, shown_snapshot, take_step
from reporting.models import Edition, Passage, Recommendation, Remark, Report, Seat

TIME_TO_COMMENT = dt.timedelta(days=60)


def load_demonstration_reports() -> list[Report]:
    """Begin each report that nobody has begun, and take it to its stage. What is there is left as it stands.

    The demonstration's accounts and the baseline have to be there. Answers the reports in the order of the fixture.
    """
    if not settings.DEMONSTRATION:
        raise CommandError("Demonstration reports exist only where DEMONSTRATION is set.")
    return [_found(told) or _written(told) for told in fixture("demonstration-reports")["reports"]]


def _found(told: dict[str, Any]) -> Report | None:
    what = {"kind": told["kind"], "cycle__slug": told["cycle"], "audience": told["audience"]}
    return Report.objects.filter(**what).select_related("cycle").first()


@transaction.atomic
def _written(told: dict[str, Any]) -> Report:
    editor = _person("editor")
    report = begin(told["kind"], Cycle.objects.get(slug=told["cycle"]), by=editor, audience=told["audience"])
    _step(report, "draft", editor)
    for passage in told["passages"]:
        _write(report, passage, editor)
    for one in told["recommendations"]:
        words = {"text": one["text"], "addressee": one["addressee"], "items": one["items"]}
        Recommendation.add(report, by=editor, translations={"ru": {"text": one["ru"]}}, **words)
    if told["is_circulated"]:
        _step(report, "submit", editor)
        due_on = timezone.now().date() + TIME_TO_COMMENT
        _step(report, "circulate", _person("reviewer"), comments_due_on=due_on)
        _comment(report, told["comment"])
    return report


def _write(report: Report, told: dict[str, Any], editor: Person) -> None:
    """One passage; the editor leaves the section to others."""
    russian = {"text": told["ru"], "title": told.get("title_ru", "")}
    words = {name: told[name] for name in ("form", "title", "text", "cites") if name in told}
    Passage.add(report, told["section"], by=editor, translations={"ru": russian}, **words)
    Seat.leave(report, told["section"], by=editor)


def _comment(report: Report, told: dict[str, Any]) -> None:
    """The State's coordinator comments on the first paragraph that the editor wrote in a section."""
    passage = report.passages.filter(section=told["section"]).order_by("position")[0]
    draft = report.editions.get(form=Edition.Form.DRAFT)
    paragraphs = (one for one in shown_snapshot(draft).document("en").pages if isinstance(one, Paragraph))
    number = next(one.number for one in paragraphs if one.anchor == f"passage-{passage.uid}")
    state = MemberState.objects.get(iso_alpha3=told["member_state"])
    coordinator = _person(f"coordinator.{told['member_state'].lower()}")
    Remark.make(report, number, told["text"], by=coordinator, member_state=state)


def _step(report: Report, name: str, by: Person, **words: Any) -> None:
    take_step(report, name, by=by, version=report.version, **words)


def _person(name: str) -> Person:
    return Person.objects.get(email=f"{name}@demo.invalid")
