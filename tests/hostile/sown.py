"""The same hostile words typed into every field that people write in, by the moves of those who may: what comes of them
is looked for in files, tables and on pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from commitments.content import SECTIONS
from commitments.models import Agency, Assessment, Invitation, Update
from commitments.workflow import Role
from reporting.issuing import begin, take_step
from reporting.models import Contribution, Passage, Recommendation, Remark, Report
from reporting.signing import manifest
from tests.builders import REPORTED, World, person
from tests.hostile.hidden import PDF
from tests.reporting.worlds import activity

Word = Callable[[str], str]  # the name of a field -> what is typed there
Where = tuple[str, str]
PUBLISHED: tuple[Where, ...] = (("KAZ", "I.1.1"), ("KAZ", "II.1.1"), ("TJK", "I.1.2"), ("UZB", "I.1.1"))
RETURNED, CLEARED = ("KAZ", "I.1.2"), ("TJK", "I.1.1")
PLACES = (*PUBLISHED, RETURNED, CLEARED)


class InTurn:
    """One payload after another, whatever field asks."""

    def __init__(self, words: Sequence[str], start: int) -> None:
        self.words, self.place = words, start

    def __call__(self, field: str) -> str:
        return next(self)

    def __iter__(self) -> InTurn:
        return self

    def __next__(self) -> str:
        self.place += 1
        return self.words[self.place % len(self.words)]


def content(word: Word, place: Where) -> dict[str, Any]:
    """Of an update: every section, and its translation."""
    at = ":".join(place)
    words = {name: word(f"{at} {name}") for name in SECTIONS}
    return {**REPORTED, "trend": "backward", **words,
            "translations": {"ru": {name: word(f"{at} ru {name}") for name in SECTIONS}}}  # fmt: skip


def sow(world: World, word: Word) -> dict[str, dict[str, Any]]:
    """Write it all; what was typed into each update by its key, as `KAZ:I.1.1`."""
    typed = sow_updates(world, word)
    sow_people(world, word)
    sow_reports(world, word)
    return typed


def sow_updates(world: World, word: Word) -> dict[str, dict[str, Any]]:
    """Updates at every stage, with evidence, reasons, an assessment with its reply, and planned measures."""
    typed = {":".join(place): content(word, place) for place in PLACES}
    for place in PLACES:
        _write(world, world.update(*place), typed[":".join(place)], word)
    for place in PUBLISHED:
        world.walk("published", *place)
    update, coordinator = world.walk("submitted", *RETURNED), world.who("coordinator.kaz")
    update.return_(by=coordinator, version=update.version, reason=word("reason"))
    update = world.walk("cleared", *CLEARED)
    update.accept(by=world.who("editor"), version=update.version, observations=word("observations"))
    assessment = Assessment.objects.get(revision=update.current_revision)
    assessment.answer(by=world.who("coordinator.tjk"), reply=word("reply"))
    plan = world.update("KAZ", "I.1.1").commitment
    plan.change(
        by=coordinator, version=plan.version, planned_measures=word("planned_measures"),
        place_in_strategy=word("place_in_strategy"), reason=word("why"),
    )  # fmt: skip
    return typed


def _write(world: World, update: Update, typed: dict[str, Any], word: Word) -> None:
    focal = world.who(f"focal.{update.commitment.member_state.iso_alpha3.lower()}")
    update.edit(by=focal, version=update.version, values=typed)
    file = SimpleUploadedFile("law.pdf", PDF)
    for kind, more in (("link", {"url": "https://example.org/law"}), ("reference", {}), ("file", {"file": file})):
        piece = {"kind": kind, "title": word(f"evidence {kind}")[:300], "audience": "public", **more}
        update.edit(by=focal, version=update.version, attach=piece)


def sow_people(world: World, word: Word) -> None:
    """Names of people and agencies, an extension's reason, partner activities."""
    coordinator = world.who("coordinator.kaz")
    agency = Agency.add(world.states["KAZ"], by=coordinator, name=word("agency")[:200])
    newcomer = person(world, "newcomer", Role.FOCAL_POINT, agency=agency)
    type(newcomer).objects.filter(pk=newcomer.pk).update(full_name=word("full_name")[:150])
    Invitation.send("later@example.org", word("invited")[:150], Role.FOCAL_POINT, by=coordinator, agency=agency)
    ends_on = timezone.now().date() + dt.timedelta(days=45)
    world.cycle.extend(world.states["KAZ"], by=world.who("editor"), ends_on=ends_on, reason=word("extension"))
    facts = {"summary": word("summary"), "place": word("venue")[:200], "dates_as_stated": word("dates")[:200]}
    one = activity("sown", world, ["I.1.1"], ["KAZ"], **facts)
    type(one).objects.filter(pk=one.pk).update(title=word("activity")[:250])


def sow_reports(world: World, word: Word) -> Report:
    """A report that went round, was commented on and opened again; and what a State says of the cycle, signed."""
    editor, reviewer, coordinator = (world.who(name) for name in ("editor", "reviewer", "coordinator.kaz"))
    report = begin("regional", world.cycle, by=editor)
    take_step(report, "draft", by=editor, version=report.version)
    Passage.add(report, "summary", by=editor, text=_prose(word, "passage"), title=_prose(word, "heading")[:200])
    Recommendation.add(report, by=editor, text=_prose(word, "recommendation"))
    take_step(report, "submit", by=editor, version=report.version)
    take_step(report, "circulate", by=reviewer, version=report.version, comments_due_on=world.cycle.closes_on)
    remark = Remark.make(report, "1", word("remark"), by=coordinator, member_state=world.states["KAZ"])
    remark.answer("partly", word("answer"), by=editor)
    report.refresh_from_db()
    take_step(report, "close", by=editor, version=report.version, reason=word("closing"))
    take_step(report, "reopen", by=editor, version=report.version, reason=word("reopening"))
    words = {"text": word("statement"), "explanation": word("explanation"), "audience": "public"}
    own = Contribution.write(world.cycle, world.states["KAZ"], by=coordinator, version=0, **words)
    own.sign(by=coordinator, version=1, manifest=manifest)
    return report


def _prose(word: Word, field: str) -> str:
    """Of a report: the next text that asks for no figure. No step is taken with one that does not exist."""
    return next(text for text in iter(lambda: word(field), None) if "{{" not in text and "}}" not in text)
