"""Revisions, which never change, and events, which say who moved what and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django_filters import FilterSet

from commitments.api import content, filters, types
from commitments.api.keys import REVISION_PATHS, UPDATE_PATHS
from commitments.api.published import evidence_of_revisions, revision_told
from commitments.api.shapes import Column, Gathered, Row, Shape, Telling, join_key
from commitments.api.views import Noun
from commitments.content import blank
from commitments.mandates import Mandate
from commitments.models import Event, Revision
from commitments.readings import Words, event_words
from commitments.workflow import MOVE_NAMES

# A hash of what is withheld would betray it to whoever guesses well.
FOR_THE_STATE_AND_THE_UN = ("made_by", "hash", "previous_hash")


def _key_or_none(*parts: Any) -> str | None:
    return None if None in parts else join_key(*parts)


def mask(row: Row, mandate: Mandate) -> None:
    """The second of two doors: `Revision.objects.visible_to` lets nobody else in."""
    row["withheld_sections"] = row["withheld_sections"] or []
    if mandate.reads_withheld(row["_state_id"]):
        return
    blank(row, row["withheld_sections"])
    for name in FOR_THE_STATE_AND_THE_UN:
        if name in row:
            row[name] = None


def revisions_told(rows: list[Row]) -> Iterator[Words | None]:
    for row in rows:
        yield from revision_told(row, row["update"], row["number"], row["_audience"])


def events_told(rows: list[Row]) -> list[Words | None]:
    return [event_words(row["_state_id"], row["subject"], row["update"] or "") for row in rows]


class RevisionFilters(FilterSet):
    update = filters.Keyed(UPDATE_PATHS)
    cycle = filters.of_cycle("cycle")
    member_state = filters.of_state("commitment__member_state")
    is_in_force = filters.YesNo(method="by_release")

    def by_release(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        return queryset.filter(release__isnull=not value)


class Revisions(Noun):
    """Copies of an update as it was submitted, for its State and the UN; others read `published-updates`."""

    tag = "What States report"
    model = Revision
    key_paths = REVISION_PATHS
    filterset = RevisionFilters
    orderings = {"made_at": ("made_at", "update_id", "number")}  # not by pk: it counts all revisions, in cursors too
    shape = Shape(
        "Revision",
        (
            Column("_pk", "pk"),
            Column("_state_id", "commitment__member_state_id"),
            Column("_audience", "release__audience"),
            Column("key", REVISION_PATHS, types.text("`cycle:KAZ:I.1.1:3`"), make=join_key),
            Column("update", UPDATE_PATHS, types.text("Key of the update."), make=join_key),
            Column("number", "number", types.number()),
            *content.ratings(),
            *content.words(in_list=True),
            Column("withheld_sections", "release__withheld_sections", types.sections("As released.")),
            Gathered(
                "evidence",
                types.things("What you may see of it."),
                lambda rows, mandate: evidence_of_revisions(rows, mandate, "_pk"),
            ),
            Column("is_in_force", "release__pk", types.yes_no(), make=lambda release: release is not None),
            Column("made_at", "made_at", types.instant()),
            Column("made_by", "made_by_name", types.text("For the State and the UN.", allow_null=True)),
            Column("hash", "hash", types.text("SHA-256; for the State and the UN.", allow_null=True)),
            Column("previous_hash", "previous_hash", types.text("Of the revision before.", allow_null=True)),
        ),
        mask=mask,
        mask_needs=("_state_id", "withheld_sections"),
        telling=Telling(content.WORDS, revisions_told, ("_state_id", "_audience", "update", "number")),
    )


class EventFilters(FilterSet):
    update = filters.Keyed(UPDATE_PATHS, "update__")
    member_state = filters.of_state("member_state")
    move = filters.OneOf("move", [(name, name) for name in MOVE_NAMES])
    subject = filters.Text("subject")


class Events(Noun):
    """The record of moves that you may see: who, when, from where to where, why. Chained by hash."""

    tag = "What States report"
    model = Event
    filterset = EventFilters
    orderings = {"at": ("at", "uid")}
    shape = Shape(
        "Event",
        (
            Column("_state_id", "member_state_id"),
            Column("uid", "uid", types.uid()),
            Column("subject", "subject", types.text("`update:cycle:KAZ:I.1.1`, `cycle:...`")),
            Column("sequence", "sequence", types.number("Place in the subject's chain, from 1.")),
            Column(
                "update",
                tuple(f"update__{path}" for path in UPDATE_PATHS),
                types.text(allow_null=True),
                make=_key_or_none,
            ),
            Column(
                "revision",
                tuple(f"revision__{path}" for path in REVISION_PATHS),
                types.text(allow_null=True),
                make=_key_or_none,
            ),
            Column("member_state", "member_state__iso_alpha3", types.text(allow_null=True)),
            Column("move", "move", types.text()),
            Column("from_status", "from_status", types.text()),
            Column("to_status", "to_status", types.text()),
            Column("audience", "audience", types.text()),
            Column("by", "by_name", types.text("The name as it was.")),
            Column("at", "at", types.instant()),
            Column("reason", "reason", types.text()),
            Column("changes", "changes", types.thing("What was written.")),
            Column("previous_hash", "previous_hash", types.text()),
            Column("hash", "hash", types.text("SHA-256 of all this.")),
        ),
        telling=Telling(frozenset({"reason", "changes"}), events_told, ("_state_id", "subject", "update")),
    )
