"""Whether the record still says what was written: every chain, every update, every release, read and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from commitments.models import Commitment, Event, Release, Revision, Update
from commitments.models.events import digest
from commitments.querysets import placing
from commitments.second_lock import unlocked
from commitments.workflow import Audience, Status

TAKEN_BACK = "what was taken back is taken back for everybody, and only the record of it tells when"

_UNTOUCHED = (0, Status.DRAFT, Audience.UN, None)  # version, status, audience, revision of a draft as it was opened


@dataclass(frozen=True)
class Break:
    """The first place at which one subject's record does not hold. `number` is that of the link, 0 for the whole."""

    subject: str
    number: int
    what: str

    def __str__(self) -> str:
        return f"{self.subject} {self.number}: {self.what}"


@dataclass(frozen=True)
class InForce:
    """What a release must say, as the events tell it."""

    revision_id: int | None
    audience: str
    withheld_sections: list[str]
    released_by_id: int | None


def broken_links() -> Iterator[Break]:
    """The first break of each subject; nothing when the whole record holds. Reads everything, a part at a time."""
    yield from _broken_events()
    yield from _broken_revisions()
    yield from _broken_updates()
    yield from _broken_commitments()


def heads() -> Iterator[str]:
    """The last event of each subject, a line each: `subject number hash`. Kept elsewhere, they fix the whole record.

    An event's hash covers all before it and the revision that it moved.
    """
    rows = Event.objects.order_by("subject", "sequence").values_list("subject", "sequence", "hash")
    for _subject, chain in groupby(rows.iterator(), key=lambda row: row[0]):
        *_before, last = chain
        yield " ".join(map(str, last))


def lost_heads(kept: Iterable[str]) -> Iterator[Break]:
    """Which of these lines, kept from an earlier day, the record no longer bears out.

    A chain that was cut short together with the row that it tells of agrees with itself; only what was kept
    elsewhere still knows of the rest.
    """
    wanted = {(subject, int(number)): told for subject, number, told in (line.split(" ") for line in kept)}
    for subject, number, told in Event.objects.values_list("subject", "sequence", "hash").iterator():
        if wanted.get((subject, number)) == told:
            del wanted[subject, number]
    for subject, number in sorted(wanted):
        yield Break(subject, number, _("is not what was kept of it"))


def in_force(events: Iterable[Event]) -> InForce | None:
    """The release that follows from one update's own events, in their order: the last published and not withdrawn."""
    told = [release for _event, release in releases(events)]
    return told[-1] if told else None


def releases(events: Iterable[Event]) -> Iterator[tuple[Event, InForce | None]]:
    """Each event of one update, in their order, with the release in force after it."""
    release, withheld = None, []
    for event in events:
        if event.move == "clear":
            withheld = event.changes.get("withheld_sections", [])
            release = None if event.audience == Audience.STATE else release
        elif event.move == "publish":
            release = InForce(event.revision_id, event.changes.get("audience", ""), withheld, event.by_id)
        elif event.move == "withdraw":
            release = None
        yield event, release


def released_and_taken_back(**updates: Any) -> Iterator[tuple[str, list[Event]]]:
    """Of updates chosen by paths from an update, (subject, the events that set what is in force). One read.

    Which revision each was of stands in it by hash and rating. What it comes to is told, never an event itself.
    """
    chosen = {f"update__{path}": value for path, value in updates.items()}
    rows = Event.objects.filter(**chosen, subject__startswith="update:", move__in=("clear", "publish", "withdraw"))
    told = ("subject", "move", "audience", "changes", "by", "at", "revision__hash", "revision__rating")
    with unlocked(TAKEN_BACK):
        events = list(rows.select_related("revision").only(*told).order_by("update_id", "sequence"))
    for subject, chain in groupby(events, key=lambda event: event.subject):
        yield subject, list(chain)


def _broken_events() -> Iterator[Break]:
    events = Event.objects.order_by("subject", "sequence").select_related("revision", *placing("update__"))
    for subject, chain in groupby(events.iterator(), key=lambda event: event.subject):
        if broken := _first_break(subject, chain, lambda event: event.sequence, lambda event: event.facts()):
            yield broken


def _broken_revisions() -> Iterator[Break]:
    revisions = Revision.objects.order_by("update", "number").select_related(*placing(), *placing("update__"))
    evidence = revisions.prefetch_related("evidence")
    for update, chain in groupby(evidence.iterator(chunk_size=500), key=lambda revision: revision.update):
        subject = f"revisions:{update.key}"
        if broken := _first_break(subject, chain, lambda revision: revision.number, lambda revision: revision.facts()):
            yield broken


def _first_break(
    subject: str, chain: Iterable[Any], number: Callable[[Any], int], facts: Callable[[Any], dict[str, Any]]
) -> Break | None:
    previous = ""
    for place, link in enumerate(chain, 1):
        if number(link) != place:
            return Break(subject, place, _("is missing"))
        if link.previous_hash != previous:
            return Break(subject, place, _("does not follow from the one before"))
        if link.hash != digest(facts(link)):
            return Break(subject, place, _("has been altered"))
        if wrong := _misplaced(link):
            return Break(subject, place, wrong)
        previous = link.hash
    return None


def _misplaced(link: Event | Revision) -> str:
    """What a link says outside its hash, and must not contradict it."""
    if isinstance(link, Revision):
        kept = sorted(str(one.uid) for one in link.evidence.all())
        if any(_place(one) != _place(link.update) for one in (link, *link.evidence.all())):
            return _("stands under another update")
        return "" if kept == sorted(one["uid"] for one in link.evidence_hashes) else _("has other evidence")
    if link.subject.startswith("update:") and (link.update is None or link.subject != f"update:{link.update.key}"):
        return _("stands under another update")
    return ""


def _place(row: Any) -> tuple[int, int]:
    return row.cycle_id, row.commitment_id


def _broken_updates() -> Iterator[Break]:
    own_events = Event.objects.filter(subject__startswith="update:").order_by("sequence")
    updates = Update.objects.select_related(
        "cycle", "commitment__member_state", "commitment__action_item", "release__revision"
    ).prefetch_related(Prefetch("events", own_events))
    for update in updates.iterator(chunk_size=500):
        if what := _contradiction(update, list(update.events.all()), getattr(update, "release", None)):
            yield Break(f"update:{update.key}", 0, what)


def _contradiction(update: Update, events: list[Event], release: Release | None) -> str:
    """What the update says otherwise than its last event, or its release otherwise than all of them."""
    last = events[-1] if events else None
    said = (last.sequence, last.to_status, last.audience, last.revision_id) if last else _UNTOUCHED
    if (update.version, update.status, update.audience, update.current_revision_id) != said:
        return _("is not as its last event left it")
    if _as_released(release) != in_force(events):
        return _("is not released as its events say")
    if release and _copied(release) != (update.pk, update.cycle_id, update.commitment_id, release.revision.rating):
        return _("is released under another name")
    return ""


def _copied(release: Release) -> tuple[Any, ...]:
    return release.revision.update_id, release.cycle_id, release.commitment_id, release.rating


def _as_released(release: Release | None) -> InForce | None:
    if release is None:
        return None
    return InForce(release.revision_id, release.audience, release.withheld_sections, release.released_by_id)


def _broken_commitments() -> Iterator[Break]:
    sequences = dict(
        Event.objects.filter(subject__startswith="commitment:").order_by("sequence").values_list("subject", "sequence")
    )
    for commitment in Commitment.objects.select_related("member_state", "action_item").iterator():
        subject = f"commitment:{commitment.key}"
        if commitment.version != sequences.get(subject, 0):
            yield Break(subject, 0, _("is not as its last event left it"))
