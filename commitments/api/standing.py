"""Where each update of a page stands for this reader: what it may move to, when it is due, what it lacks.

The domain is asked, on instances made of the page's tuples: two queries for the cycles, and two for
the agencies where the reader has one. Rows that no question could tell apart are asked about once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from commitments.api.published import PUBLISHED, in_force_before
from commitments.api.shapes import Column, Gathered, Row
from commitments.content import FIELDS, SECTIONS
from commitments.mandates import Mandate
from commitments.models import Agency, Commitment, Cycle, MemberState, Release, Revision, Update
from commitments.models.plan import OWED_BY_STATES
from commitments.workflow import Status

PLACES = (
    Column("_pk", "pk"),
    Column("_cycle_id", "cycle_id"),
    Column("_commitment_id", "commitment_id"),
    Column("_state_id", "commitment__member_state_id"),
    Column("_zone", "commitment__member_state__time_zone"),
    Column("_item_id", "commitment__action_item_id"),
    Column("_addressee", "commitment__action_item__addressee"),
    Column("_lead_id", "commitment__lead_agency_id"),
    Column("_editor_id", "last_edited_by_id"),
    Column("_revision_id", "current_revision_id"),
)
NEEDS = (*[column.name for column in PLACES], "status")
CONTENT = tuple(name for name in FIELDS if name != "translations")


def standing(rows: list[Row], mandate: Mandate) -> list[Update]:
    """An update for each row, with as much in it as its questions need; rows that stand alike share one."""
    named = Cycle.objects.filter(pk__in={row["_cycle_id"] for row in rows}).prefetch_related("extensions")
    cycles = {cycle.pk: cycle for cycle in named}
    reopened = {extension.action_item_id for cycle in cycles.values() for extension in cycle.extensions.all()}
    states = {row["_state_id"]: MemberState(pk=row["_state_id"], time_zone=row["_zone"]) for row in rows}
    submitters, contributed = _submitters(rows, mandate), _contributed(rows, mandate)
    alike: dict[tuple, Update] = {}
    found = []
    for row in rows:
        submitter = submitters.get(row["_revision_id"])
        likeness = (*_likeness(row, mandate, reopened), row["_commitment_id"] in contributed, submitter)
        if likeness not in alike:
            alike[likeness] = _update(row, cycles[row["_cycle_id"]], states[row["_state_id"]], submitter)
        found.append(alike[likeness])
    if mandate.agency_ids:  # only then does the domain ask who contributes
        agencies = Prefetch("contributing_agencies", queryset=Agency.objects.only("pk"))
        prefetch_related_objects([update.commitment for update in alike.values()], agencies)
    return found


def _likeness(row: Row, mandate: Mandate, reopened: set[int | None]) -> tuple:
    """All that the questions look at in the row. Which agency leads matters only to its own focal points."""
    return (
        row["status"],
        row["_cycle_id"],
        row["_state_id"],
        row["_lead_id"] if row["_lead_id"] in mandate.agency_ids else None,
        row["_item_id"] if row["_item_id"] in reopened else None,
        mandate.person_id == row["_editor_id"],
    )


def _contributed(rows: list[Row], mandate: Mandate) -> set[int]:
    """The commitments of the page that the reader's own agencies contribute to."""
    if not mandate.agency_ids:
        return set()
    through = Commitment.contributing_agencies.through.objects.filter(agency__in=mandate.agency_ids)
    page = [row["_commitment_id"] for row in rows]
    return set(through.filter(commitment__in=page).values_list("commitment_id", flat=True))


def _submitters(rows: list[Row], mandate: Mandate) -> dict[int, int | None]:
    """Who submitted each, where that matters: to a coordinator who might clear it."""
    if not mandate.coordinated_state_ids:
        return {}
    submitted = [row["_revision_id"] for row in rows if row["status"] == Status.SUBMITTED]
    if not submitted:
        return {}
    revisions = Revision.objects.visible_to(mandate).filter(pk__in=submitted)
    return dict(revisions.values_list("pk", "made_by_id"))


def _update(row: Row, cycle: Cycle, state: MemberState, submitter: int | None) -> Update:
    commitment = Commitment(
        pk=row["_commitment_id"],
        member_state=state,
        action_item_id=row["_item_id"],
        lead_agency_id=row["_lead_id"],
    )
    return Update(
        pk=row["_pk"],
        cycle=cycle,
        commitment=commitment,
        status=row["status"],
        last_edited_by_id=row["_editor_id"],
        current_revision=Revision(pk=row["_revision_id"], made_by_id=submitter) if submitter else None,
    )


def _due_at(update: Update) -> dt.datetime:
    return update.cycle.due_at(update.commitment.member_state, update.commitment.action_item_id)


def _once_for_all_alike(rows: list[Row], question: Callable[[Update], Any]) -> list[Any]:
    """The answer for each row, asked once of the update that those alike share."""
    answers: dict[int, Any] = {}
    for row in rows:
        update = row["_standing"]
        if id(update) not in answers:
            answers[id(update)] = question(update)
    return [answers[id(row["_standing"])] for row in rows]


def allowed_moves(rows: list[Row], mandate: Mandate) -> list[list[str]]:
    return _once_for_all_alike(rows, lambda update: update.allowed_moves(mandate))


def due_at(rows: list[Row], mandate: Mandate) -> list[dt.datetime | None]:
    """When the window ends, for what the State owes."""
    ends = _once_for_all_alike(rows, _due_at)
    return [end if row["_addressee"] in OWED_BY_STATES else None for row, end in zip(rows, ends, strict=True)]


def is_overdue(rows: list[Row], mandate: Mandate) -> list[bool]:
    """As `Waiting.overdue` says: owed, still a draft, its window ended, its cycle not over."""
    now = timezone.now()
    return [
        row["status"] == Status.DRAFT
        and row["_addressee"] in OWED_BY_STATES
        and row["_standing"].cycle.closes_on >= now.date() - dt.timedelta(days=1)
        and _due_at(row["_standing"]) <= now
        for row in rows
    ]


def missing(rows: list[Row], mandate: Mandate) -> list[list[Row]]:
    """What stands between each draft and its submission."""

    def of(row: Row) -> list[Row]:
        if row["status"] != Status.DRAFT:
            return []
        draft = Update(to_be_reconfirmed=row["to_be_reconfirmed"], **{name: row[name] for name in CONTENT})
        return [{"field": one.field, "rule": one.rule, "message": str(one.message)} for one in draft.missing()]

    return [of(row) for row in rows]


def previous(rows: list[Row], mandate: Mandate) -> list[Row | None]:
    """The content last released on the same commitment, in an earlier cycle, as far as this reader may read it."""
    released = in_force_before([row["_commitment_id"] for row in rows], mandate)
    last: dict[Any, int] = {}
    for row in rows:
        earlier = [pk for commitment, opens_on, pk in released
                   if commitment == row["_commitment_id"] and opens_on < row["_opens_on"]]  # fmt: skip
        if earlier:
            last[row["_pk"]] = earlier[-1]
    names = ("_commitment_id", "key", "cycle", "rating", "trend", "adopted", "applied", *SECTIONS, "next_steps_on",
             "translations", "released_at")  # fmt: skip
    found = Release.objects.visible_to(mandate).filter(pk__in=set(last.values())).order_by("pk")
    read, keys = PUBLISHED.read(found, names, mandate, ("pk",)) if last else ([], [])
    by_pk = {pk: {name: row[name] for name in names[1:]} for row, (pk,) in zip(read, keys, strict=True)}
    return [by_pk.get(last.get(row["_pk"], 0)) for row in rows]


STANDING = Gathered("_standing", None, standing, needs=NEEDS)
