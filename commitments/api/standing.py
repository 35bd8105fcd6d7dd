"""Where each update of a page stands for this reader: what it may move to, when it is due, what it lacks.

The domain is asked, on instances made of the page's tuples: two queries for the cycles, one for the agencies.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from commitments.api.published import PUBLISHED, in_force_before
from commitments.api.shapes import Column, Gathered, Row
from commitments.content import FIELDS, SECTIONS
from commitments.mandates import Mandate
from commitments.models import ActionItem, Agency, Commitment, Cycle, MemberState, Release, Revision, Update
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
    Column("_submitter_id", "current_revision__made_by_id"),
)
NEEDS = (*[column.name for column in PLACES], "status", "audience")
CONTENT = tuple(name for name in FIELDS if name != "translations")


def standing(rows: list[Row], mandate: Mandate) -> list[Update]:
    """An update for each row, with as much in it as its questions need."""
    named = Cycle.objects.filter(pk__in={row["_cycle_id"] for row in rows}).prefetch_related("extensions")
    cycles = {cycle.pk: cycle for cycle in named}
    states = {row["_state_id"]: MemberState(pk=row["_state_id"], time_zone=row["_zone"]) for row in rows}
    updates = [_update(row, cycles[row["_cycle_id"]], states[row["_state_id"]]) for row in rows]
    if mandate.agency_ids:  # only then does the domain ask who contributes
        agencies = Prefetch("contributing_agencies", queryset=Agency.objects.only("pk"))
        prefetch_related_objects([update.commitment for update in updates], agencies)
    return updates


def _update(row: Row, cycle: Cycle, state: MemberState) -> Update:
    commitment = Commitment(
        pk=row["_commitment_id"],
        member_state=state,
        action_item=ActionItem(pk=row["_item_id"], addressee=row["_addressee"]),
        lead_agency_id=row["_lead_id"],
    )
    submitted = row["_revision_id"] and Revision(pk=row["_revision_id"], made_by_id=row["_submitter_id"])
    return Update(
        pk=row["_pk"],
        cycle=cycle,
        commitment=commitment,
        status=row["status"],
        audience=row["audience"],
        last_edited_by_id=row["_editor_id"],
        current_revision=submitted or None,
    )


def _due_at(update: Update) -> dt.datetime:
    return update.cycle.due_at(update.commitment.member_state, update.commitment.action_item_id)


def allowed_moves(rows: list[Row], mandate: Mandate) -> list[list[str]]:
    return [row["_standing"].allowed_moves(mandate) for row in rows]


def due_at(rows: list[Row], mandate: Mandate) -> list[dt.datetime | None]:
    """When the window ends, for what the State owes."""
    return [_due_at(row["_standing"]) if row["_addressee"] in OWED_BY_STATES else None for row in rows]


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
