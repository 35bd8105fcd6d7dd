"""What stands in the world of stages.py, each thing with what its addresses and forms are made of, and with what an
absent one of its kind would have in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from knox.models import AuthToken

from commitments.models import (
    Agency,
    Appointment,
    Assessment,
    Batch,
    Commitment,
    Cycle,
    Event,
    Invitation,
    Notice,
    PartnerActivity,
    Reading,
    Update,
)
from reporting.models import Contribution, Recommendation, Report, ReportFile
from tests.builders import World
from tests.hostile.stages import CODES, OF_TAJIKISTAN, REPORTS, SECTION, UPDATES, word_of

ABSENT_UID = "00000000-0000-4000-8000-000000000007"
AS_UID = {"key": ABSENT_UID, "uid": ABSENT_UID, "object_id": ABSENT_UID}


@dataclass(frozen=True)
class Thing:
    """One of a kind of thing at one stage. `facts` fill the holes of addresses and forms; `absent` replaces those that
    name it. `state`: whose it is; `contributing`: a second agency of it contributes; `owner`: whose alone it is."""

    kind: str
    stage: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    state: str = ""
    contributing: bool = False
    owner: str = ""
    row: Any = None

    def __str__(self) -> str:
        return " ".join(filter(None, (self.kind, self.stage, str(self.facts.get("key", "")))))


def things(world: World) -> list[Thing]:
    return [Thing(""), *_updates(world), *_of_states(world), *_reports(world), *_people(world), *_open(world)]


def _updates(world: World) -> Iterator[Thing]:
    """Each update, and beside it what hangs on it, which shares its stage and its readers' relation to it."""
    for state, code, stage in [*(("KAZ", code, stage) for code, (stage, _kind) in CODES.items()),
                               *(("TJK", code, stage) for code, stage in OF_TAJIKISTAN.items())]:  # fmt: skip
        update = world.update(state, code)
        whose: dict[str, Any] = {"stage": stage, "state": state, "contributing": code.startswith("I.1.")}
        place = {"cycle": "review-2028", "state": state, "code": code, "version": update.version, "number": 1,
                 "word": word_of(state, code), "language": "ru", "update": update.key,
                 "key": update.key, "object_id": update.key.replace(":", "/"), "pk": update.pk}  # fmt: skip
        gone = {"code": "I.9.9", "key": f"review-2028:{state}:I.9.9", "object_id": f"review-2028/{state}/I.9.9",
                "update": f"review-2028:{state}:I.9.9", "pk": "987654321"}  # fmt: skip
        yield Thing("update", facts=place, absent=gone, row=update, **whose)
        if stage.startswith("published"):
            yield Thing("release", facts=place, absent=gone, **whose)
        yield from _beside_update(update, place, gone, whose)


def _beside_update(
    update: Update, place: dict[str, Any], gone: dict[str, str], whose: dict[str, Any]
) -> Iterator[Thing]:
    piece = update.evidence.get()
    yield Thing("evidence", facts=place | _named(piece.uid), absent=AS_UID, **whose)
    saved = Event.objects.filter(update=update, move="edit").earliest("pk")
    yield Thing("record of a save", facts=place | _named(saved.uid), absent=AS_UID, **whose)
    if update.current_revision is None:
        return
    numbered = {"key": f"{update.key}:1", "object_id": f"{place['object_id']}/1"}
    missing = gone | {"key": f"{gone['key']}:1", "object_id": f"{gone['object_id']}/1"}
    yield Thing("revision", facts=place | numbered, absent=missing, **whose)
    submitted = Event.objects.get(update=update, move="submit")
    yield Thing("receipt", facts=place | {"number": submitted.sequence}, absent={"number": "99"}, **whose)
    if assessment := Assessment.objects.filter(revision__update=update).first():
        yield Thing("assessment", facts=place | _named(assessment.uid), absent=AS_UID, **whose)
    if cleared := Event.objects.filter(update=update, move="clear").first():
        yield Thing("record of a clearance", facts=place | _named(cleared.uid), absent=AS_UID, **whose)


def _named(uid: Any) -> dict[str, str]:
    return {"key": str(uid), "uid": str(uid), "object_id": str(uid)}


def _of_states(world: World) -> Iterator[Thing]:
    for code in ("I.1.1", "I.2.1"):
        row = Commitment.objects.get(member_state__iso_alpha3="KAZ", action_item__code=code)
        facts = {"key": f"KAZ:{code}", "object_id": f"KAZ/{code}", "state": "KAZ", "code": code, "version": row.version,
                 "pk": row.pk}  # fmt: skip
        absent = {"key": "KAZ:I.9.9", "object_id": "KAZ/I.9.9", "code": "I.9.9", "pk": "987654321"}
        yield Thing("commitment", facts=facts, absent=absent, state="KAZ", contributing=code == "I.1.1")
    yield Thing("people", facts={"state": "KAZ"}, absent={"state": "XYZ"}, state="KAZ")
    agency = Agency.objects.get(name="Zqx spare agency")
    facts = {"key": f"KAZ:{agency.slug}", "object_id": f"KAZ/{agency.slug}", "state": "KAZ", "slug": agency.slug,
             "pk": agency.pk}  # fmt: skip
    absent = {"key": "KAZ:ulterior", "object_id": "KAZ/ulterior", "slug": "ulterior"}
    yield Thing("agency", facts=facts, absent=absent, state="KAZ")
    yield Thing("reading", facts=_named(Reading.objects.earliest("pk").uid), absent=AS_UID, state="KAZ")
    for state, stage in (("KAZ", "for the State"), ("TJK", "for everyone")):
        version = Contribution.objects.get(member_state__iso_alpha3=state).version
        facts = {"key": f"review-2028:{state}", "cycle": "review-2028", "state": state, "version": version,
                 "language": "en", "file_format": "json", "extension": "json",
                 "word": f"Zqx{state} statement"}  # fmt: skip
        absent = {"key": f"review-2029:{state}", "cycle": "review-2029"}
        yield Thing("contribution", facts=facts, absent=absent, state=state)
        yield Thing("signature", stage, facts=facts, absent=absent, state=state)


def _people(world: World) -> Iterator[Thing]:
    for who, stage in (("focal.kaz", "of a focal point"), ("coordinator.kaz", "of a coordinator")):
        appointment = Appointment.objects.get(person=world.who(who))
        yield Thing("appointment", stage, _named(appointment.uid) | {"name": who}, AS_UID, "KAZ")
    focal = world.who("focal.kaz")
    yield Thing("person", facts=_named(focal.uid) | {"email": focal.email}, absent=AS_UID, state="KAZ")
    yield Thing("invitation", facts=_named(Invitation.objects.get().uid), absent=AS_UID, state="KAZ")
    notice = Notice.objects.filter(person=world.who("coordinator.kaz")).latest("pk")
    yield Thing("notice", facts=_named(notice.uid), absent=AS_UID, owner="coordinator.kaz")
    token = AuthToken.objects.get(user=focal)
    yield Thing("token", facts={"key": token.token_key}, absent={"key": "b" * 15}, owner="focal.kaz")
    batch = Batch.objects.get()
    yield Thing("batch", facts=_named(batch.uid), absent=AS_UID, owner="editor")


def _reports(world: World) -> Iterator[Thing]:
    followed = Recommendation.objects.get(report__cycle__slug="for-issued").uid
    for stage in REPORTS:
        report = Report.objects.get(cycle__slug=f"for-{stage}")
        place = {"slug": report.slug, "key": report.slug, "object_id": report.slug, "version": report.version,
                 "section": SECTION, "report": report.slug, "word": f"Zqx{stage} ", "extension": "json"}  # fmt: skip
        gone = dict.fromkeys(("slug", "key", "object_id", "report"), f"never-{report.slug}")
        yield Thing("report", stage, place, gone, row=report)
        parts = (("passage", report.passages), ("recommendation", report.recommendations), ("remark", report.remarks),
                 ("report file", ReportFile.objects.filter(report=report)))  # fmt: skip
        for kind, rows in parts:
            for row in rows.all():
                facts = place | _named(row.uid) | {"version": getattr(row, "version", 0)}
                state, owner = ("KAZ" if kind == "remark" else ""), ("editor" if kind == "report file" else "")
                is_out = kind == "passage" and row.retired_at is not None
                yield Thing("retired passage" if is_out else kind, stage, facts, AS_UID, state, owner=owner)
        if report.audience == "public" and stage != "issued":
            yield Thing("earlier recommendation", stage, place | _named(followed), AS_UID | {"slug": report.slug})
        if seat := report.seats.first():
            yield Thing("seat", stage, place | {"key": f"{report.slug}:{seat.section}"}, {"key": f"never:{SECTION}"})
        for edition in report.editions.all():
            named = {"key": f"{report.slug}:{edition.number}", "object_id": f"{report.slug}/{edition.number}"}
            absent = {"key": f"never:{edition.number}", "object_id": f"never/{edition.number}"}
            kind = "draft edition" if edition.form == "draft" else "edition"
            yield Thing(kind, stage, place | named | {"number": edition.number}, absent)


def _open(world: World) -> Iterator[Thing]:
    """What everybody may read, and cycles."""
    planned = Cycle.objects.get(slug="for-outline")
    for cycle, stage in ((world.cycle, "open"), (planned, "planned")):
        days = {
            name: getattr(cycle, name) for name in ("opens_on", "submissions_due_on", "clearances_due_on", "closes_on")
        }
        facts = {"key": cycle.slug, "slug": cycle.slug, "object_id": cycle.slug, "extension": "json", **days}
        yield Thing("cycle", stage, facts, dict.fromkeys(("key", "slug", "object_id"), "never"))
    item, state = world.items["I.1.1"], world.states["KAZ"]
    objective = item.objective
    for kind, code, pk in (("plan", world.plan.slug, world.plan.slug), ("pillar", "I", objective.pillar_id),
                           ("objective", "I.1", objective.pk), ("action item", "I.1.1", item.pk),
                           ("Member State", "KAZ", state.pk)):  # fmt: skip
        absent = {"key": "never", "code": "never", "object_id": "987654321"}
        yield Thing(kind, facts={"key": code, "code": code, "object_id": pk}, absent=absent)
    activity = PartnerActivity.objects.get()
    facts = {"key": activity.slug, "slug": activity.slug, "object_id": activity.slug, "version": activity.version}
    yield Thing("partner activity", facts=facts, absent=dict.fromkeys(("key", "slug", "object_id"), "never"))


__all__ = ["UPDATES", "Thing", "things"]
