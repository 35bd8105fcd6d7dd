"""One world in which everything that may be asked for stands at every stage at once, reached by real moves: for the
matrix of permissions (docs/permissions.csv). What belongs to a State is Kazakhstan's, and a little of it Tajikistan's.
"""

from __future__ import annotations

import datetime as dt

from knox.models import AuthToken

from commitments.models import Agency, Batch, Commitment, Cycle, Invitation, Partner, PartnerActivity, Update
from commitments.workflow import Role
from reporting.background import ask_for_file
from reporting.issuing import begin, take_step
from reporting.models import Contribution, Passage, Recommendation, Remark, Report
from reporting.signing import manifest
from tests.builders import World, build_world, person
from tests.hostile import hidden
from tests.reporting.reports import EARLY

# The stages of an update, as the CSV writes them -> status, audience.
UPDATES = {
    "draft": ("draft", ""),
    "submitted": ("submitted", ""),
    "kept": ("cleared", "state"),
    "cleared": ("cleared", "un"),
    "accepted": ("accepted", "un"),
    "published-un": ("published", "un"),
    "published-participants": ("published", "participants"),
    "published": ("published", "public"),
}
# Each of them as a joint item, to which a second agency contributes; the plain ones also as a national item.
CODES = {
    f"I.{objective}.{number}": (stage, addressee)
    for objective, addressee in ((1, "joint"), (2, "national"))
    for number, stage in enumerate(UPDATES, 1)
    if addressee == "joint" or not stage.startswith("published-")
}
OF_TAJIKISTAN = {"I.1.2": "submitted", "I.2.8": "published"}
# The stages of a report, and for whom it is issued.
REPORTS = {
    "issued": ("issued", "public"),  # the first, so that those below follow it up
    "outline": ("outline", "public"),
    "drafting": ("drafting", "public"),
    "clearance": ("clearance", "public"),
    "clearance-un": ("clearance", "un"),
    "circulated": ("circulated", "public"),
    "answered": ("circulated", "public"),
    "final": ("final", "public"),
    "issued-un": ("issued", "un"),
    "issued-participants": ("issued", "participants"),
}
SECTION = "summary"


def build_stages() -> World:
    world = build_world(addressees={code: addressee for code, (_stage, addressee) in CODES.items()})
    _people(world)
    for code, (stage, _addressee) in CODES.items():
        _update(world, "KAZ", code, stage)
    for code, stage in OF_TAJIKISTAN.items():
        _update(world, "TJK", code, stage)
    for years, stage in enumerate(REPORTS, 1):
        _report(world, _cycle(world, f"for-{stage}", years), stage)
    _beside(world)
    return world


def word_of(state: str, code: str) -> str:
    """A word that stands in every field of one update and nowhere else."""
    return f"Zqx{state}{code.replace('.', '')}x"


def _people(world: World) -> None:
    """Somebody who coordinated Kazakhstan and is suspended; and whoever uses a token instead of a browser."""
    suspended = person(world, "suspended", Role.COORDINATOR, member_state=world.states["KAZ"])
    suspended.is_active = False
    suspended.save(update_fields=["is_active"])


def _update(world: World, state: str, code: str, stage: str) -> None:
    (status, audience), word = UPDATES[stage], word_of(state, code)
    focal, coordinator, editor = (world.who(one) for one in (f"focal.{state.lower()}", f"coordinator.{state.lower()}",
                                                            "editor"))  # fmt: skip
    update: Update = world.update(state, code)
    update.edit(by=focal, version=update.version, values=hidden.written(word), attach=hidden.file_of(word))
    if status != "draft":
        update.submit(by=focal, version=update.version)
    if status not in ("draft", "submitted"):
        update.clear(by=coordinator, version=update.version, audience=audience)
    if status in ("accepted", "published"):
        update.accept(by=editor, version=update.version, observations=f"{word} observed.")
    if status == "published":
        update.publish(by=editor, version=update.version)


def _cycle(world: World, slug: str, years: int) -> Cycle:
    """One that is planned and not open."""
    first, month = world.cycle.opens_on + dt.timedelta(days=365 * years), dt.timedelta(days=30)
    days = dict(zip(("opens_on", "submissions_due_on", "clearances_due_on", "closes_on"),
                    (first + number * month for number in range(4)), strict=True))  # fmt: skip
    return Cycle.schedule(by=world.who("editor"), plan=world.plan, slug=slug, title=slug, **days)


def _report(world: World, cycle: Cycle, stage: str) -> None:
    (to, audience), editor = REPORTS[stage], world.who("editor")
    report = begin("regional", cycle, by=editor, audience=audience)
    words = {"circulate": {"comments_due_on": world.cycle.closes_on}, "close": {"reason": EARLY}}
    onward = ("circulate", "close") if report.is_circulated else ("clear",)
    for name in ("draft", "submit", *onward, "issue"):
        if report.stage == to:
            break
        if name == "close":
            _answer(world, report)
        by = world.who("reviewer") if name in ("circulate", "clear") else editor
        take_step(report, name, by=by, version=report.version, **words.get(name, {}))
        report.refresh_from_db()
        _write(world, report, name, stage)
    if stage == "answered":
        _answer(world, report)
    if stage == "drafting":
        ask_for_file(report, "html", "en", by=editor)


def _write(world: World, report: Report, step: str, word: str) -> None:
    """Drafted, it has words, some of them taken out; circulated, a comment of Kazakhstan's."""
    editor = world.who("editor")
    if step == "draft":
        Passage.add(report, SECTION, by=editor, text=f"Zqx{word} passage.")
        Recommendation.add(report, by=editor, text=f"Zqx{word} recommendation.")
        if word == "drafting":
            out = Passage.add(report, SECTION, by=editor, text="Zqxout passage.")
            out.retire(by=editor, version=out.version)
    if step == "circulate":
        coordinator, state = world.who("coordinator.kaz"), world.states["KAZ"]
        Remark.make(report, "1", f"Zqx{word} remark.", by=coordinator, member_state=state)


def _answer(world: World, report: Report) -> None:
    Remark.objects.get(report=report).answer("accepted", "It is mended.", by=world.who("editor"))


def _beside(world: World) -> None:
    coordinator, partner = world.who("coordinator.kaz"), world.who("partner")
    spare = Agency.add(world.states["KAZ"], by=coordinator, name="Zqx spare agency")
    Invitation.send("invited@example.org", "Zqx invited", Role.FOCAL_POINT, by=coordinator, agency=spare)
    commitment = Commitment.objects.get(member_state__iso_alpha3="KAZ", action_item__code="I.1.1")
    commitment.change(by=coordinator, version=commitment.version, planned_measures="Zqxplanned", reason="x")
    for state, audience in (("KAZ", "state"), ("TJK", "public")):
        by = world.who(f"coordinator.{state.lower()}")
        words = {"text": f"Zqx{state} statement.", "explanation": f"Zqx{state} explanation.", "audience": audience}
        contribution = Contribution.write(world.cycle, world.states[state], by=by, version=0, **words)
        contribution.sign(by=by, version=1, manifest=manifest)
    accepted = world.update("KAZ", "I.1.5")
    Batch.prepare("publish", [(accepted, accepted.version)], by=world.who("editor"))
    PartnerActivity.add(
        Partner.objects.get(), by=partner, kind="workshop", title="Zqx activity", summary="Done.",
        action_items=[world.items["I.1.1"]], member_states=[world.states["KAZ"]],
    )  # fmt: skip
    AuthToken.objects.create(user=world.who("focal.kaz"))
    hidden.reading_of(world.update("KAZ", "I.1.1"))
