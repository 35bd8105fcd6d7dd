"""What Kazakhstan keeps to itself, written by real moves, with a word of its own in every field."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from commitments import readings
from commitments.content import SECTIONS
from commitments.models import (
    Agency,
    Appointment,
    Assessment,
    Batch,
    CalendarAddress,
    Choice,
    Evidence,
    Invitation,
    Person,
    Reading,
    StoredReply,
    Update,
)
from commitments.models.notices import How, Kind
from commitments.models.reminders import Topic
from commitments.telling.reminding import Call, send
from commitments.workflow import Role
from reporting.background import ask_for_file
from reporting.issuing import begin, take_step
from reporting.models import Contribution, Passage, Recommendation, Remark, Report, Seat
from reporting.signing import manifest
from tests.builders import REPORTED, World, build_world
from tests.hostile.canaries import MARK
from tests.reporting.reports import EARLY

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"


def written(mark: str) -> dict[str, Any]:
    """Content whose every text holds `mark` and the name of its field."""
    words: dict[str, Any] = {name: f"{mark} {name}." for name in SECTIONS}
    words |= {"translations": {"ru": {"results": f"{mark} перевод."}}, "next_steps_on": "2031-03-07"}
    return {**REPORTED, "rating": "substantial", "trend": "backward", **words}


def file_of(mark: str, audience: str = "public") -> dict[str, Any]:
    file = SimpleUploadedFile(f"{mark}.pdf", PDF + mark.encode())
    return {"kind": "file", "title": f"{mark} file", "file": file, "audience": audience}


def link_of(mark: str, audience: str = "public") -> dict[str, Any]:
    url = f"https://example.org/{mark}"
    return {"kind": "link", "title": f"{mark} link", "url": url, "audience": audience}


def releases(world: World, **shared: str) -> None:
    """What everybody may know: two releases of Kazakhstan, one of them for participants, and one of Tajikistan.

    `shared`: what the one for participants says.
    """
    update = world.update("KAZ", "II.1.1")
    for attach in (file_of("Open"), link_of("Open"), link_of("Other")):
        update.edit(by=world.who("focal.kaz"), version=update.version, attach=attach)
    world.walk("published", "KAZ", "II.1.1")
    world.walk("published", "KAZ", "I.1.1", audience="participants", **shared)
    world.walk("published", "TJK", "I.1.2")
    world.walk("submitted", "TJK", "I.1.1")


def write_drafts(world: World, mark: str) -> None:
    """What no other State, no partner, no administrator and no secretariat may know: drafts, and a plan."""
    focal, coordinator = world.who("focal.kaz"), world.who("coordinator.kaz")
    update = world.update("KAZ", "I.1.2")
    update.edit(by=focal, version=update.version, values=written(f"{mark}first"), attach=file_of(f"{mark}draft"))
    update.edit(by=coordinator, version=update.version, attach=link_of(f"{mark}draft"))
    update.submit(by=focal, version=update.version)
    update.return_(by=coordinator, version=update.version, reason=f"{mark} reason")
    update.edit(by=focal, version=update.version, retire=update.evidence.order_by("pk").first())
    update.edit(by=focal, version=update.version, values={"results": f"{mark} again."})
    update.submit(by=focal, version=update.version)
    world.update("KAZ", "II.1.2").edit(by=coordinator, version=0, values=written(f"{mark}partner"))
    commitment = update.commitment
    commitment.change(
        by=coordinator, version=commitment.version, planned_measures=f"{mark} plan", target_on="2031-05-01",
        place_in_strategy=f"{mark} place", reason=f"{mark} why",
    )  # fmt: skip


def keep_in_the_state(world: World, mark: str) -> None:
    """Cleared for the State alone: as good as absent for everybody else."""
    coordinator = world.who("coordinator.kaz")
    update = world.update("KAZ", "I.1.2")
    update.clear(by=coordinator, version=update.version, audience="state", withheld_sections=["results"])


def clear_in_other_words(world: World) -> None:
    """As far as the UN, once every word of `keep_in_the_state` is taken out of what is cleared."""
    focal, coordinator, update = world.who("focal.kaz"), world.who("coordinator.kaz"), world.update("KAZ", "I.1.2")
    update.recall(by=coordinator, version=update.version, reason=f"{MARK} inside")
    for piece in list(update.evidence.live()):
        update.edit(by=focal, version=update.version, retire=piece)
    of_the_state = link_of(MARK, "state")  # goes along, and stays with the State
    update.edit(by=focal, version=update.version, values=written("Open"), attach=of_the_state)
    update.submit(by=focal, version=update.version)
    update.clear(by=coordinator, version=update.version, audience="un")


def take_back(world: World) -> None:
    """What the secretariat could read, and may no longer."""
    coordinator, update = world.who("coordinator.kaz"), world.update("KAZ", "I.1.2")
    update.clear(by=coordinator, version=update.version, audience="un")
    update.recall(by=coordinator, version=update.version, reason=f"{MARK} taken back")


def bring_to_the_un(world: World, mark: str) -> None:
    """What the secretariat may read and nobody beyond it: cleared, assessed, published to the UN; and a release
    that is being revised, its evidence retired, another added, and cleared again."""
    focal, coordinator, editor = (world.who(name) for name in ("focal.kaz", "coordinator.kaz", "editor"))
    update = world.update("KAZ", "I.1.2")
    update.recall(by=coordinator, version=update.version, reason=f"{mark} recall")
    update.submit(by=focal, version=update.version)
    update.clear(by=coordinator, version=update.version, audience="un", withheld_sections=["challenges"])
    update.accept(by=editor, version=update.version, observations=f"{mark} observations")
    Assessment.objects.get(revision=update.current_revision).answer(by=coordinator, reply=f"{mark} reply")
    update.publish(by=editor, version=update.version)
    revise(world, "II.1.1", mark)
    revised = world.update("KAZ", "II.1.1")
    revised.submit(by=focal, version=revised.version)
    revised.clear(by=coordinator, version=revised.version, audience="un")
    revise(world, "I.1.1", mark)


def revise(world: World, item: str, mark: str) -> Update:
    """The release stays in force while its draft changes."""
    focal, coordinator = world.who("focal.kaz"), world.who("coordinator.kaz")
    update = world.update("KAZ", item)
    update.revise(by=coordinator, version=update.version)
    for piece in list(update.evidence.live()):
        update.edit(by=focal, version=update.version, retire=piece)
    update.edit(by=focal, version=update.version, values=written(f"{mark}revised"), attach=link_of(f"{mark}revised"))
    return update


def change_people(world: World, mark: str) -> None:
    """What the State's officers, the secretariat and the administrators know: an agency and its focal point."""
    coordinator = world.who("coordinator.kaz")
    agency = Agency.add(world.states["KAZ"], by=coordinator, name=f"{mark} agency")
    email, name = f"{mark}@example.org".lower(), f"{mark} person"
    newcomer = Person.objects.create_user(email, full_name=name)
    Appointment.appoint(newcomer, Role.FOCAL_POINT, by=coordinator, agency=agency)
    Invitation.send(f"later.{email}", f"later {name}", Role.FOCAL_POINT, by=coordinator, agency=agency)


REPORT = "review-2028-regional-public"


def write_reports(world: World, mark: str) -> None:
    """What the secretariat may read, or the State alone: a report that was with the States and is being written anew,
    a comment on it, a file of it; and what the State says of the cycle, signed for itself."""
    editor, reviewer, coordinator = (world.who(name) for name in ("editor", "reviewer", "coordinator.kaz"))
    report, kazakhstan = begin("regional", world.cycle, by=editor), world.states["KAZ"]
    until = {"comments_due_on": world.cycle.closes_on}
    take_step(report, "draft", by=editor, version=report.version)
    in_russian = {"ru": {"text": f"{mark} перевод."}}
    titled = {"ru": {"text": f"{mark} перевод.", "title": f"{mark} перевод"}}
    Passage.add(report, "summary", by=editor, text=f"{mark} passage.", title=f"{mark} title", translations=titled)
    Recommendation.add(report, by=editor, text=f"{mark} recommendation.", translations=in_russian)
    take_step(report, "submit", by=editor, version=report.version)
    take_step(report, "circulate", by=reviewer, version=report.version, **until)
    remark = Remark.make(report, "1", f"{mark} comment.", by=coordinator, member_state=kazakhstan)
    remark.answer("partly", f"{mark} answer.", by=editor)
    report.refresh_from_db()
    take_step(report, "close", by=editor, version=report.version, reason=EARLY)
    take_step(report, "reopen", by=editor, version=report.version, reason=f"{mark} reopening")
    report.set_masthead(by=editor, version=report.version, symbol=f"{mark}/1")
    ask_for_file(report, "html", "en", by=editor)
    words = {"text": f"{mark} statement.", "explanation": f"{mark} explanation.", "translations": in_russian}
    contribution = Contribution.write(world.cycle, kazakhstan, by=coordinator, version=0, audience="state", **words)
    contribution.sign(by=coordinator, version=1, manifest=manifest)


def keys_of_reports(absent: str) -> dict[str, tuple[str, str]]:
    """For each noun a key of what `write_reports` wrote, and one of the same form that never was."""
    report = Report.objects.get()
    uids = {"passages": report.passages, "recommendations": report.recommendations, "remarks": report.remarks,
            "report-files": report.files}  # fmt: skip
    return {
        **{noun: (str(rows.get().uid), absent) for noun, rows in uids.items()},
        "reports": (report.slug, "review-2028-regional-hidden"),
        "editions": (f"{report.slug}:1", "review-2028-regional-hidden:1"),
        "seats": (f"{report.slug}:summary", "review-2028-regional-hidden:summary"),
        "contributions": ("review-2028:KAZ", "review-2028:KGZ"),
        "signatures": ("review-2028:KAZ", "review-2028:KGZ"),
    }


def hide_all(world: World, mark: str = MARK) -> None:
    write_drafts(world, mark)
    hide_what_follows(world, mark)


def hide_what_follows(world: World, mark: str) -> None:
    """Once the drafts are written: as far as the UN."""
    keep_in_the_state(world, mark)
    bring_to_the_un(world, mark)
    write_reports(world, mark)


def work_of_the_secretariat(world: World, mark: str) -> None:
    """What it does on its own desks: moves on many, a seat, reminders; and what the State's people do on theirs."""
    editor, update = world.who("editor"), world.update("KAZ", "II.1.1")
    batch = Batch.prepare("accept", [(update, update.version)], by=editor, chosen_by={"state": f"{mark} choice"})
    batch.start(by=editor, observations=f"{mark} batch.")
    batch.run()
    kept_ready = world.update("KAZ", "I.1.2")
    Batch.prepare("return", [(kept_ready, kept_ready.version)], by=editor)
    Seat.take(Report.objects.get(), "summary", by=editor)
    read_at_home(world, mark)


def keep_at_every_border(world: World, mark: str) -> None:
    """Beside what is released or cleared, what its State keeps of it, as Uzbekistan and Tajikistan have it: an update,
    evidence, a statement, an answer to one's own question; and somebody's appointment that has not begun."""
    coordinator, clerk = world.who("coordinator.uzb"), world.who("nobody")
    for item, step in (("I.1.1", "published"), ("II.1.1", "accepted")):
        update = world.update("UZB", item)
        for audience in ("state", "un", "public"):
            update.edit(by=world.who("focal.uzb"), version=update.version, attach=link_of(mark, audience))
        world.walk(step, "UZB", item)
    world.walk("cleared", "UZB", "I.1.2", audience="state")
    for state, audiences in (("UZB", ["public"]), ("TJK", ["public", "state"])):  # the last one stands
        for number, audience in enumerate(audiences):
            one = {"by": world.who(f"coordinator.{state.lower()}"), "version": 2 * number}
            words = {"text": mark, "explanation": mark, "audience": audience}
            Contribution.write(world.cycle, world.states[state], **one, **words)
            own = Contribution.objects.get(cycle=world.cycle, member_state=world.states[state])
            own.sign(by=one["by"], version=own.version, manifest=manifest)
    StoredReply.objects.create(person=coordinator, key=mark, request_hash=mark, status=200)
    soon = timezone.now().date() + dt.timedelta(days=1)
    where = {"member_state": world.states["KAZ"], "starts_on": soon}
    Appointment.appoint(clerk, Role.COORDINATOR, by=world.who("administrator"), **where)


def read_at_home(world: World, mark: str) -> None:
    """What only those at home may know of it: who read what, who was reminded, how somebody wants to be told."""
    coordinator = world.who("coordinator.kaz")
    reading_of(world.update("KAZ", "I.1.2"))
    send(Call(Topic.DUE, Role.FOCAL_POINT, (world.states["KAZ"],), world.cycle), by=coordinator)
    CalendarAddress.renew(by=coordinator)
    Choice.choose(by=world.who("focal.kaz"), hows=dict.fromkeys(Kind.values, How.NONE))
    if not Contribution.objects.filter(member_state=world.states["KAZ"]).exists():
        words = {"text": f"{mark} statement.", "explanation": f"{mark} explanation.", "audience": "un"}
        Contribution.write(world.cycle, world.states["KAZ"], by=coordinator, version=0, **words)


def draft_of_an_agency(world: World, mark: str) -> None:
    """What no other agency of the State may know: a draft, what was said of it when it was none, and its file."""
    focal, coordinator, update = world.who("focal.kaz"), world.who("coordinator.kaz"), world.update("KAZ", "I.1.2")
    editor = world.who("editor")
    update.edit(by=focal, version=0, values=written(mark), attach=file_of(mark))
    update.submit(by=focal, version=update.version)
    update.return_(by=coordinator, version=update.version, reason=f"{mark} reason")
    update.submit(by=focal, version=update.version)
    update.clear(by=coordinator, version=update.version, audience="un")
    update.accept(by=editor, version=update.version, observations=f"{mark} observations")
    update.recall(by=coordinator, version=update.version, reason=f"{mark} recall")
    update.edit(by=focal, version=update.version, attach=link_of(mark))


def build_hidden() -> World:
    """What goes as far as the UN and no further stands beside what is released."""
    world = build_world()
    releases(world)
    hide_all(world)
    return world


def evidence_of_kazakhstan() -> list[Evidence]:
    return list(Evidence.objects.filter(update__commitment__member_state__iso_alpha3="KAZ").order_by("pk"))


def reading_of(update: Update) -> str:
    """Its coordinator has read it."""
    ledger = readings.Ledger()
    with readings.noted(ledger):
        readings.told(update)
    ledger.write(Person.objects.get(email="coordinator.kaz@example.org"), "desk")
    return str(Reading.objects.latest("pk").uid)
