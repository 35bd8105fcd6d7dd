"""The Tashkent baseline: what the conference report says the States had done, as updates that walk the workflow.

The words are those of a public report, so they are cleared for everyone. The moves are made by three service
accounts for each State and for the secretariat, whose appointments end with the load.
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from commitments import content
from commitments.management.loading.tally import Tally, fixture
from commitments.models import Agency, Appointment, Cycle, MemberState, Person, Update
from commitments.workflow import Audience, Role, Status

REASON = "Recording of the baseline from the report of the Tashkent conference"
# The delegations at the conference were led by the foreign ministries (lines 139-190 of its report).
REPORTING_AGENCY = "mfa"


@transaction.atomic
def load_baseline() -> Tally:
    """Publish every entry that is not published yet. Idempotent."""
    source = fixture("baseline-2022")
    tally = Tally()
    cycle = Cycle.objects.get(slug=source["cycle"])
    published = {tuple(key) for key in _published(cycle)}
    entries = [one for one in source["updates"] if (one["member_state"], one["action_item"]) not in published]
    tally.count(Update, "unchanged", len(source["updates"]) - len(entries))
    if not entries:
        return tally
    if cycle.opened_at is None:
        cycle.open(by=None)
    editor = _service("secretariat", Role.EDITOR)
    for iso in sorted({entry["member_state"] for entry in entries}):
        state = MemberState.objects.get(iso_alpha3=iso)
        own = [entry for entry in entries if entry["member_state"] == iso]
        _StateRecorder(cycle, state, editor, source["document_title"]).record(own)
        tally.count(Update, "created", len(own))
    _end_service(editor)
    return tally


class _StateRecorder:
    """Walks the entries of one State through the workflow."""

    def __init__(self, cycle: Cycle, state: MemberState, editor: Person, document: str) -> None:
        self.cycle, self.state, self.editor, self.document = cycle, state, editor, document
        self.agency = Agency.objects.get(member_state=state, slug=REPORTING_AGENCY)
        code = state.iso_alpha3.lower()
        self.focal_point = _service(f"drafting.{code}", Role.FOCAL_POINT, agency=self.agency)
        self.coordinator = _service(f"clearing.{code}", Role.COORDINATOR, member_state=state)

    def record(self, entries: list[dict[str, Any]]) -> None:
        today = timezone.localdate(timezone=ZoneInfo(self.state.time_zone))
        self.cycle.extend(self.state, by=None, ends_on=today, reason=REASON)
        for entry in entries:
            self._walk(entry)
        for person in (self.focal_point, self.coordinator):
            _end_service(person)

    def _walk(self, entry: dict[str, Any]) -> None:
        update = Update.objects.select_related("cycle", "commitment").get(
            cycle=self.cycle,
            commitment__member_state=self.state,
            commitment__action_item__code=entry["action_item"],
        )
        commitment = update.commitment
        if commitment.lead_agency_id is None:
            commitment.change(by=self.coordinator, version=commitment.version, lead_agency=self.agency, reason=REASON)
        update.edit(by=self.focal_point, version=update.version, values=_values(entry))
        for source in entry["sources"]:
            update.edit(by=self.focal_point, version=update.version, attach=self._reference(source))
        update.submit(by=self.focal_point, version=update.version)
        update.clear(by=self.coordinator, version=update.version, audience=Audience.PUBLIC)
        update.accept(by=self.editor, version=update.version)
        update.publish(by=self.editor, version=update.version)

    def _reference(self, source: dict[str, Any]) -> dict[str, Any]:
        first, last = source["lines"][0], source["lines"][-1]
        lines = f"line {first}" if first == last else f"lines {first}-{last}"
        title = f"Conference report, Tashkent, 3-4 March 2022, {lines}: {source['said_by']}"
        return {"kind": "reference", "title": title[:300], "audience": Audience.PUBLIC}


def _values(entry: dict[str, Any]) -> dict[str, Any]:
    values = {field: entry[field] for field in content.FIELDS if field in entry}
    for question in ("adopted", "applied"):
        if values[question] == "unknown":
            values[question] = content.Answer.NOT_STATED
    return values


def _published(cycle: Cycle) -> Any:
    rows = cycle.updates.filter(status=Status.PUBLISHED)
    return rows.values_list("commitment__member_state__iso_alpha3", "commitment__action_item__code")


def _service(name: str, role: str, **scope: Any) -> Person:
    """A service account that nobody can sign in to, appointed for the time of the load."""
    person, _ = Person.objects.get_or_create(
        email=f"baseline.{name}@service.invalid", defaults={"full_name": f"Baseline recording ({name})"}
    )
    person.set_unusable_password()
    person.is_active = True
    person.save()
    Appointment.appoint(person, role, by=None, **scope)
    return person


def _end_service(person: Person) -> None:
    for appointment in person.appointments.live():
        appointment.retire(by=None, reason=REASON)
    person.is_active = False
    person.save()
