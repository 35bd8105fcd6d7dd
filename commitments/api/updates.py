"""Working copies: what your State (or, once cleared, a State before you) reports, and the moves it makes."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from rest_framework.request import Request

from commitments.api import bodies, content, filters, standing, types
from commitments.api.answers import answer
from commitments.api.asking import refuse
from commitments.api.keys import UPDATE_PATHS, only
from commitments.api.published import EVIDENCE
from commitments.api.shapes import Column, Gathered, Row, Shape, Telling
from commitments.api.views import Noun, Write
from commitments.api.writing import once, version_read
from commitments.content import Rating
from commitments.errors import NotVisible, Refused, StaleVersion
from commitments.mandates import Mandate
from commitments.models import Agency, Commitment, Evidence, Person, Update
from commitments.readings import Kind, Words
from commitments.waiting import Waiting
from commitments.workflow import Status

# What a move takes besides the version. `return` is one verb for the coordinator and for the reviewer.
MOVES: dict[str, Write] = {
    "submit": Write(bodies.Nothing, is_versioned=True),
    "return": Write(bodies.Return, is_versioned=True),
    "clear": Write(bodies.Clear, is_versioned=True),
    "accept": Write(bodies.Accept, is_versioned=True),
    "publish": Write(bodies.Publish, is_versioned=True),
    "recall": Write(bodies.Reason, is_versioned=True),
    "withdraw": Write(bodies.Reason, is_versioned=True),
    "revise": Write(bodies.Nothing, is_versioned=True),
}

BELONGING = {"revisions": "revisions", "events": "events", "evidence": "evidence-list", "assessments": "assessments"}


def contributing(rows: list[Row], mandate: Mandate) -> list[list[str]]:
    found = defaultdict(list)
    through = Commitment.contributing_agencies.through.objects.filter(
        commitment__in=[row["_commitment_id"] for row in rows]
    )
    paths = ("commitment_id", "agency__member_state__iso_alpha3", "agency__slug")
    for pk, state, slug in through.order_by("agency__slug").values_list(*paths):
        found[pk].append(f"{state}:{slug}")
    return [found[row["_commitment_id"]] for row in rows]


def edited_by(rows: list[Row], mandate: Mandate) -> list[str | None]:
    """Who wrote it, for those of the State."""
    own = {row["_editor_id"] for row in rows if row["_state_id"] in mandate.state_ids}
    names = dict(Person.objects.filter(pk__in=own).values_list("pk", "full_name")) if own else {}
    return [names.get(row["_editor_id"]) if row["_state_id"] in mandate.state_ids else None for row in rows]


def evidence(rows: list[Row], mandate: Mandate) -> list[list[Row]]:
    found = defaultdict(list)
    visible = Evidence.objects.shown_with_updates(mandate).live().filter(update__in=[row["_pk"] for row in rows])
    for pk, *values in visible.order_by("added_at", "uid").values_list("update_id", *EVIDENCE.values()):
        found[pk].append(dict(zip(EVIDENCE, values, strict=True)))
    return [found[row["_pk"]] for row in rows]


def links(rows: list[Row], mandate: Mandate) -> list[dict[str, str]]:
    """Where to go from each row: what belongs to it, and the moves that are open to the reader."""

    def of(row: Row) -> dict[str, str]:
        key = row["key"]
        update, asked = reverse("update", args=[key]), f"?update={key}"
        moves = [move for move in row["_standing"].allowed_moves(mandate) if move in MOVES]
        return {
            "self": update,
            "commitment": reverse("commitment", args=[key.partition(":")[2]]),
            **{name: reverse(place) + asked for name, place in BELONGING.items()},
            **{move: f"{update}{move}/" for move in moves},
        }

    return [of(row) for row in rows]


def mask(row: Row, mandate: Mandate) -> None:
    """Who wrote it, and when, stays in the State."""
    if row["_state_id"] not in mandate.state_ids:
        for name in ("last_edited_at", "last_edited_by"):
            if name in row:
                row[name] = None


def words_told(rows: list[Row]) -> list[Words]:
    return [Words(row["_state_id"], Kind.UPDATE, row["key"], row["version"]) for row in rows]


def _agency_key(state: str | None, slug: str | None) -> str | None:
    return f"{state}:{slug}" if slug else None


def _is_standing(name: str, type: Any, gather: Any) -> Gathered:
    return Gathered(name, type, gather, needs=("_standing", *standing.NEEDS))


UPDATE = Shape(
    "Update",
    (
        *standing.PLACES,
        Column("_opens_on", "cycle__opens_on"),
        standing.STANDING,
        *content.ABOUT,
        Column(
            "lead_agency",
            ("commitment__member_state__iso_alpha3", "commitment__lead_agency__slug"),
            types.text("`KAZ:interior`", allow_null=True),
            make=_agency_key,
        ),
        Gathered("contributing_agencies", types.codes(), contributing, needs=("_commitment_id",), in_list=False),
        Column("status", "status", types.status()),
        Column("version", "version", types.number("What If-Match must name.")),
        *content.ratings(),
        Column("audience", "audience", types.audience()),
        Column("to_be_reconfirmed", "to_be_reconfirmed", types.yes_no("Carried over, not yet confirmed.")),
        _is_standing("due_at", types.instant("When the window ends, extensions included.", null=True), standing.due_at),
        _is_standing("is_overdue", types.yes_no(), standing.is_overdue),
        _is_standing("allowed_moves", types.moves(), standing.allowed_moves),
        Column("last_edited_at", "last_edited_at", types.instant("For the State's officers.", null=True)),
        Gathered(
            "last_edited_by",
            types.text("For the State's officers.", allow_null=True),
            edited_by,
            needs=("_editor_id", "_state_id"),
        ),
        *content.words(in_list=False),
        Column("withheld_sections", "withheld_sections", types.sections("To be kept from readers beyond the UN.")),
        Gathered(
            "missing",
            types.things("What stands between a draft and its submission: field, rule, message."),
            standing.missing,
            needs=("status", "to_be_reconfirmed", *standing.CONTENT),
            in_list=False,
        ),
        Gathered("evidence", types.things("What you may see of it."), evidence, in_list=False),
        Gathered(
            "previous",
            types.thing("What was last released on the same item, in an earlier cycle.", null=True),
            standing.previous,
            needs=("_pk", "_commitment_id", "_opens_on"),
            in_list=False,
        ),
        Gathered(
            "links",
            types.thing("What belongs to it, and the moves open to you."),
            links,
            needs=("key", "_standing", *standing.NEEDS),
            in_list=False,
        ),
    ),
    mask=mask,
    mask_needs=("_state_id",),
    telling=Telling(content.WORDS, words_told, ("_state_id", "key", "version")),
    apart={"commitment__lead_agency": Agency},
    kept=content.ABOUT_KEPT,
)


class UpdateFilters(FilterSet):
    plan = filters.of_plan("cycle__plan")
    cycle = filters.of_cycle("cycle")
    member_state = filters.of_state("commitment__member_state")
    pillar = filters.of_pillar_of_item("commitment__action_item")
    objective = filters.of_objective_of_item("commitment__action_item")
    action_item = filters.of_item("commitment__action_item")
    status = filters.OneOf("status", choices=Status.choices)
    rating = filters.OneOf("rating", Rating.choices)
    agency = filters.AgencyNamed("commitment__")
    to_be_reconfirmed = filters.YesNo("to_be_reconfirmed")
    overdue = filters.YesNo(method="by_overdue", label="Owed, still a draft, its window ended.")
    waiting_for_me = filters.YesNo(method="by_waiting", label="The next move is yours.")

    def by_overdue(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        waiting = Waiting(self.request.user)
        found = waiting.updates().filter(waiting.overdue()).values("pk")
        return queryset.filter(pk__in=found) if value else queryset.exclude(pk__in=found)

    def by_waiting(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        waiting = Waiting(self.request.user)
        found = waiting.updates().filter(waiting.in_hand()).values("pk")
        return queryset.filter(pk__in=found) if value else queryset.exclude(pk__in=found)


class Updates(Noun):
    """Progress updates that you may see as they are written: your State's, or what has been cleared to the UN."""

    tag = "What States report"
    model = Update
    key_paths = UPDATE_PATHS
    shape = UPDATE
    filterset = UpdateFilters
    writes = {"partial_update": Write(bodies.Edit, is_versioned=True), **MOVES}
    orderings = {
        "cycle": ("cycle_id", "commitment_id"),
        "action_item": ("commitment__action_item__position", "cycle_id", "commitment_id"),
        "member_state": ("commitment__member_state__name", "cycle_id", "commitment_id"),
        "status": ("status", "cycle_id", "commitment_id"),
        "rating": ("rating", "cycle_id", "commitment_id"),
    }

    def version_of(self, row: Row) -> int | None:
        return row["version"]

    def partial_update(self, request: Request, key: str) -> HttpResponse:
        """Edit a draft: only what is given is changed."""
        update = only(self.by_key(key, {}))
        values = self.body()
        for texts in _texts_of(values.get("translations")):
            texts.pop("is_stale", None)  # as it was read; the update stamps it itself
        return self._moved(update, "edit", values=values)

    def move(self, request: Request, key: str) -> HttpResponse:
        """Make a move of the workflow, on the version that you have read."""
        return once(request, lambda: self._move(key))

    def _move(self, key: str) -> HttpResponse:
        update = only(self.by_key(key, {}))
        words = self.body()
        if "audience" in words and not isinstance(words["audience"], str):
            raise refuse("audience", "choice", _("There is no such audience."))
        return self._moved(update, self.move_name, **words)

    def _moved(self, update: Update, move: str, **words: Any) -> HttpResponse:
        try:
            update.make(move, by=self.person, version=version_read(self.request), **words)
        except Refused as refusal:
            self.tell_state(refusal, update)
            raise
        return self.shown(update)

    def shown(self, update: Update) -> HttpResponse:
        """The update after the move; only its position where it has moved out of the caller's sight."""
        try:
            row = self.read_one(self.rows().filter(pk=update.pk))
        except NotVisible:
            row = {"key": update.key, "status": update.status, "version": update.version, "allowed_moves": []}
        return answer(row, version=update.version)

    def tell_state(self, refusal: Refused, update: Update) -> None:
        """With a refusal: the version in force and, where the caller's is stale, the words as they are now."""
        if isinstance(refusal, NotVisible):
            return
        refusal.facts.setdefault("version", update.version)
        if isinstance(refusal, StaleVersion):
            refusal.facts["current"] = self.read_one(self.rows().filter(pk=update.pk))


def _texts_of(translations: Any) -> list[dict]:
    if not isinstance(translations, dict):
        return []
    return [texts for texts in translations.values() if isinstance(texts, dict)]
