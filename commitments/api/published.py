"""What States have released: the revisions in force, for each reader those whose audience includes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django_filters import FilterSet

from commitments.api import content, filters, types
from commitments.api.keys import UPDATE_PATHS
from commitments.api.shapes import Column, Gathered, Row, Shape, Telling
from commitments.api.views import Noun
from commitments.content import Rating, blank
from commitments.mandates import Mandate
from commitments.models import Evidence, Release
from commitments.models.plan import Addressee
from commitments.readings import Kind, Words, released_words
from commitments.workflow import Audience

EVIDENCE = {
    "uid": "uid",
    "kind": "kind",
    "title": "title",
    "url": "url",
    "file_name": "file_name",
    "size": "size",
    "sha256": "sha256",
    "audience": "audience",
}


def evidence_of_revisions(rows: list[Row], mandate: Mandate, key: str = "_pk") -> list[list[Row]]:
    """For each revision, one by one, the evidence that this reader may see."""
    pks = [row[key] for row in rows]
    return _evidence(pks, Evidence.objects.visible_to(mandate).filter(revisions__in=pks))


def evidence_of_releases(rows: list[Row], mandate: Mandate) -> list[list[Row]]:
    """The same for revisions in force, all of which this reader may see."""
    releases = {row["_revision_id"]: row["_state_id"] for row in rows}
    return _evidence(list(releases), Evidence.objects.shown_with_releases(mandate, releases))


def _evidence(revision_ids: list[int], belonging: QuerySet) -> list[list[Row]]:
    found = defaultdict(list)
    rows = belonging.order_by().values_list("added_at", "uid", "revisions", *EVIDENCE.values())
    for _added_at, _uid, revision_id, *values in sorted(rows):
        found[revision_id].append(dict(zip(EVIDENCE, values, strict=True)))
    return [found[revision_id] for revision_id in revision_ids]


def mask(row: Row, mandate: Mandate) -> None:
    if row["withheld_sections"] and not mandate.reads_withheld(row["_state_id"]):
        blank(row, row["withheld_sections"])


def revision_told(row: Row, key: str, number: int, audience: str | None) -> Iterator[Words | None]:
    """A revision, and of one for everybody the evidence that is not."""
    yield released_words(row["_state_id"], key, number, audience, row["withheld_sections"])
    kept: list[Any] = (row.get("evidence") or []) if audience == Audience.PUBLIC else []
    for piece in kept:
        if piece["audience"] != Audience.PUBLIC:
            yield Words(row["_state_id"], Kind.EVIDENCE, key, part=str(piece["uid"]))


def words_told(rows: list[Row]) -> Iterator[Words | None]:
    for row in rows:
        yield from revision_told(row, row["key"], row["_number"], row["audience"])


PUBLISHED = Shape(
    "PublishedUpdate",
    (
        Column("_state_id", "commitment__member_state_id"),
        Column("_commitment_id", "commitment_id"),
        Column("_revision_id", "revision_id"),
        Column("_number", "revision__number"),
        *content.ABOUT,
        *content.ratings("revision__"),
        *content.words("revision__", in_list=True),
        Column(
            "withheld_sections",
            "withheld_sections",
            types.sections("Sections that the State keeps from readers beyond the UN: empty for these."),
        ),
        Column("audience", "audience", types.audience()),
        Column("released_at", "released_at", types.instant()),
        Gathered(
            "evidence",
            types.things("What you may see of it."),
            evidence_of_releases,
            needs=("_revision_id", "_state_id"),
        ),
    ),
    mask=mask,
    mask_needs=("withheld_sections", "_state_id"),
    telling=Telling(content.WORDS, words_told, ("_state_id", "_number", "key", "audience")),
    kept=content.ABOUT_KEPT,
)


class PublishedFilters(FilterSet):
    cycle = filters.of_cycle("cycle")
    member_state = filters.of_state("commitment__member_state")
    pillar = filters.of_pillar_of_item("commitment__action_item")
    objective = filters.of_objective_of_item("commitment__action_item")
    action_item = filters.of_item("commitment__action_item")
    addressee = filters.OneOf("commitment__action_item__addressee", Addressee.choices)
    theme = filters.of_theme("commitment__action_item__themes")
    rating = filters.OneOf("rating", Rating.choices)


class PublishedUpdates(Noun):
    """Updates in force, in the State's own words. Without a token those for everyone; with one, yours besides."""

    tag = "What States report"
    public_actions = frozenset({"list", "retrieve"})
    model = Release
    key_paths = UPDATE_PATHS
    filterset = PublishedFilters
    shape = PUBLISHED
    orderings = {
        "cycle": ("cycle_id", "commitment_id"),
        "action_item": ("commitment__action_item__position", "cycle_id", "commitment_id"),
        "member_state": ("commitment__member_state__name", "cycle_id", "commitment_id"),
        "released_at": ("released_at", "cycle_id", "commitment_id"),
    }


def in_force_before(commitment_ids: list[int], mandate: Mandate) -> list[tuple]:
    """(commitment, first day of its cycle, release) of all that this reader may see, oldest first."""
    rows = Release.objects.visible_to(mandate).filter(commitment__in=commitment_ids)
    return list(rows.order_by("cycle__opens_on").values_list("commitment_id", "cycle__opens_on", "pk"))
