"""Editions: reports as they were issued or circulated, frozen; what is shown of them today, and what has moved on."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django_filters import FilterSet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from commitments.api import filters, types
from commitments.api.answers import JSON, answer, is_known, not_modified
from commitments.api.asking import read_parameters
from commitments.api.keys import only
from commitments.api.schema import refusals
from commitments.api.shapes import Column, Gathered, Row, Shape, join_key
from commitments.api.views import Noun
from commitments.mandates import Mandate
from commitments.workflow import Audience
from reporting.api.delivery import (
    EXTENSION,
    KEY,
    LANGUAGE_ASKED,
    NamedByAddress,
    digest_field,
    documented,
    file_of,
    kept_by_nobody_else,
    renderer_of,
)
from reporting.api.figures import known_language
from reporting.api.working import TAG, OfReport
from reporting.frozen import digest, freeze
from reporting.issuing import drift_of, frozen_snapshot, shown_snapshot
from reporting.models import Edition, Kind
from reporting.readings import told_report
from reporting.renderers import RENDERERS
from reporting.reports import LANGUAGES

EDITION_PATHS = ("report__slug", "number")
IS_FROZEN = "Snapshot-Is-Frozen"  # a header, so that the body is the very bytes that were frozen


def links(rows: list[Row], mandate: Mandate) -> list[Row]:
    """Where the edition is to be had in each form. The snapshot holds all States' words for the report's audience."""

    def of(row: Row) -> Row:
        place = reverse("edition", args=[row["key"]])
        files = {name: reverse("edition-file", args=[row["key"], one.extension]) for name, one in RENDERERS.items()}
        found = {"self": place, "report": reverse("report", args=[row["report"]]), "files": files}
        if row["audience"] in mandate.audiences:
            found |= {"snapshot": f"{place}snapshot/", "drift": f"{place}drift/"}
        return found

    return [of(row) for row in rows]


def mask(row: Row, mandate: Mandate) -> None:
    """Who of the secretariat issued it is the secretariat's to know."""
    if "made_by" in row and not mandate.is_secretariat:
        row["made_by"] = None


class EditionFilters(FilterSet):
    report = OfReport()
    cycle = filters.of_cycle("report__cycle")
    member_state = filters.of_state("report__member_state")
    kind = filters.OneOf("report__kind", Kind.choices)
    audience = filters.OneOf("report__audience", Audience.choices)
    form = filters.OneOf("form", Edition.Form.choices)


class DriftSerializer(serializers.Serializer):
    edition = types.text()
    is_frozen = types.yes_no("Whether all that was frozen is still shown: nothing in it is withdrawn or withheld.")
    changed = types.codes("Updates of which another revision is in force now: `cycle:KAZ:I.1.1`.")
    withdrawn = types.codes("Updates that are in force no more.")
    added = types.codes("Updates released since.")


class Editions(Noun):
    """Editions that you may see: what is issued to its audience; drafts to the States that check them."""

    tag = TAG
    model = Edition
    key_paths = EDITION_PATHS
    filterset = EditionFilters
    public_actions = frozenset({"list", "retrieve", "snapshot", "drift"})
    documented_answers = {"drift": DriftSerializer}
    orderings = {"made_at": ("made_at", "uid"), "report": ("report__slug", "number")}
    shape = Shape(
        "Edition",
        (
            Column("key", EDITION_PATHS, types.text("`report:number`"), make=join_key),
            Column("report", "report__slug", types.text()),
            Column("number", "number", types.number()),
            Column("kind", "report__kind", types.one_of(Kind)),
            Column("cycle", "report__cycle__slug", types.text()),
            Column("member_state", "report__member_state__iso_alpha3", types.text(allow_null=True)),
            Column("scope", "report__scope", types.text()),
            Column("audience", "report__audience", types.audience()),
            Column("form", "form", types.one_of(Edition.Form)),
            Column("dated_on", "dated_on", types.day()),
            Column("what_changed", "what_changed", types.text("Of a corrigendum.")),
            Column("sha256", "sha256", types.text("Of the bytes that were frozen.")),
            Column("made_by", "made_by_name", types.text("For the secretariat.", allow_null=True)),
            Column("made_at", "made_at", types.instant()),
            Gathered("links", types.thing("In each form."), links, needs=("key", "report", "audience")),
        ),
        mask=mask,
    )

    @extend_schema(
        responses={
            200: OpenApiResponse(OpenApiTypes.OBJECT, "As frozen: its SHA-256 is the edition's."),
            304: OpenApiResponse(description="You have this one already."),
            **refusals("400", "404", "429"),
        },
        parameters=[
            KEY,
            OpenApiParameter(
                IS_FROZEN, bool, OpenApiParameter.HEADER, response=[200],
                description="`false` where something was withdrawn since: then this is what is left.",
            ),
        ],
    )  # fmt: skip
    def snapshot(self, request: Request, key: str) -> HttpResponse:
        """The facts and words that the edition is made of, as canonical JSON. Its ETag is the SHA-256 of the bytes."""
        read_parameters(request, ("format",))
        edition = self._whole(key)
        shown = shown_snapshot(edition)
        told_report(shown.facts.cycle.slug, shown.facts.audience)
        is_frozen = shown == frozen_snapshot(edition)
        content = edition.content if is_frozen else freeze(shown)
        etag = f'"{digest(content)}"'
        if is_known(request, etag):
            response = not_modified(etag)
        else:
            response = HttpResponse(content, content_type=JSON)
            response["ETag"] = etag
            response["Repr-Digest"] = digest_field(content)
        response[IS_FROZEN] = "true" if is_frozen else "false"
        return kept_by_nobody_else(request, response)

    def drift(self, request: Request, key: str) -> HttpResponse:
        """How far the updates have moved on since the edition was frozen, by their keys."""
        read_parameters(request, ("format",))
        edition = self._whole(key)
        drift, cycle = drift_of(edition), edition.report.cycle.slug
        content = {
            "edition": edition.key,
            "is_frozen": shown_snapshot(edition) == frozen_snapshot(edition),
            **{
                name: [join_key(cycle, *place) for place in getattr(drift, name)]
                for name in ("changed", "withdrawn", "added")
            },
        }
        return kept_by_nobody_else(request, answer(content))

    def _whole(self, key: str) -> Edition:
        """An edition of which the reader may read all: a State's officers read a note on their State for the UN, and
        not the words of others that its figures rest on."""
        rows: QuerySet = self.by_key(key, {}).filter(report__audience__in=self.mandate.audiences)
        return only(rows.select_related("report__cycle"))


class EditionFiles(Noun):
    """An edition as a file. The same snapshot makes the same bytes for ever, until something in it is withdrawn."""

    tag = TAG
    model = Edition
    key_paths = EDITION_PATHS
    shape = Editions.shape
    public_actions = frozenset({"file"})
    content_negotiation_class = NamedByAddress

    @extend_schema(
        operation_id="editions_file",
        parameters=[KEY, EXTENSION, LANGUAGE_ASKED],
        responses=documented("400", "404", "429", "503"),
    )
    def file(self, request: Request, key: str, extension: str) -> HttpResponse:
        """An edition in one format, without the words that a State has withdrawn since."""
        asked: dict[str, Any] = read_parameters(request, ("language",))
        edition = only(self.by_key(key, {}).select_related("report"))
        renderer = renderer_of(extension)
        document = shown_snapshot(edition).document(known_language(asked.get("language", LANGUAGES[0])))
        name = f"{edition.report.slug}-{edition.number}-{document.language}"
        return kept_by_nobody_else(request, file_of(request, document, renderer, name))
