"""National contributions: written and signed by a State's coordinator, read by its officers."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from commitments.api import bodies as common
from commitments.api import filters, types
from commitments.api.answers import answer
from commitments.api.asking import ask, read_parameters, refuse
from commitments.api.keys import named, only
from commitments.api.shapes import Column, Gathered, Row, Shape, Telling, join_key
from commitments.api.views import Noun, Write
from commitments.api.writing import once, version_read
from commitments.errors import Forbidden, check_version
from commitments.mandates import Mandate
from commitments.models import Cycle, MemberState
from commitments.readings import Kind, Words
from commitments.workflow import Audience
from reporting.api import bodies
from reporting.api.delivery import EXTENSION, KEY, LANGUAGE_ASKED, NamedByAddress, documented, file_of, renderer_of
from reporting.api.figures import known_language
from reporting.api.working import TAG, tell_version
from reporting.models import Contribution, Signature
from reporting.renderers import RENDERERS
from reporting.reports import LANGUAGES
from reporting.signing import manifest, national_document, uncleared

CONTRIBUTION_PATHS = ("cycle__slug", "member_state__iso_alpha3")
WORDS = ("text", "explanation", "original_language", "translations", "audience")
SIGNING = {"number": "number", "receipt": "receipt", "audience": "audience", "signed_by": "signed_by_name",
           "signed_at": "signed_at"}  # fmt: skip


def still_open(rows: list[Row], mandate: Mandate) -> list[int]:
    """What the State owes and has not cleared."""
    counts = uncleared({(row["_cycle_id"], row["_state_id"]) for row in rows})
    return [counts.get((row["_cycle_id"], row["_state_id"]), 0) for row in rows]


def signatures(rows: list[Row], mandate: Mandate) -> list[list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    signed = Signature.objects.visible_to(mandate).filter(contribution__in=[row["_pk"] for row in rows])
    for pk, *values in signed.order_by("number").values_list("contribution_id", *SIGNING.values()):
        found[pk].append(dict(zip(SIGNING, values, strict=True)))
    return [found[row["_pk"]] for row in rows]


def receipt(rows: list[Row], mandate: Mandate) -> list[str | None]:
    return [row["signatures"][-1]["receipt"] if row["signatures"] else None for row in rows]


def links(rows: list[Row], mandate: Mandate) -> list[Row]:
    return [_links(row["key"], bool(row["signatures"])) for row in rows]


def _links(key: str, is_signed: bool) -> Row:
    files = {name: reverse("contribution-file", args=[key, one.extension]) for name, one in RENDERERS.items()}
    place = reverse("contribution", args=[key])
    signed = {"signature": reverse("signature", args=[key])} if is_signed else {}
    return {"self": place, "sign": f"{place}sign/", "files": files, **signed}


def words_told(rows: list[Row]) -> list[Words]:
    return [Words(row["_state_id"], Kind.CONTRIBUTION, row["key"], row["version"]) for row in rows]


class ContributionFilters(FilterSet):
    cycle = filters.of_cycle("cycle")
    member_state = filters.of_state("member_state")


class Contributions(Noun):
    """What your State says of a cycle as a whole, in the making: for its officers. The coordinator writes and signs."""

    tag = TAG
    model = Contribution
    key_paths = CONTRIBUTION_PATHS
    filterset = ContributionFilters
    is_known_by_version = False  # what is cleared changes without it
    writes = {
        "partial_update": Write(bodies.WriteContribution, is_versioned=True),
        "sign": Write(common.Nothing, is_versioned=True),
    }
    orderings = {"cycle": ("cycle__opens_on", "pk")}
    shape = Shape(
        "Contribution",
        (
            Column("_pk", "pk"),
            Column("_cycle_id", "cycle_id"),
            Column("_state_id", "member_state_id"),
            Column("key", CONTRIBUTION_PATHS, types.text("`cycle:KAZ`"), make=join_key),
            Column("cycle", "cycle__slug", types.text()),
            Column("member_state", "member_state__iso_alpha3", types.text()),
            Column("text", "text", types.text("The statement.")),
            Column("explanation", "explanation", types.text("Why updates that are due are not cleared.")),
            Column("original_language", "original_language", types.language()),
            Column("translations", "translations", types.thing("{language: {text, explanation}}")),
            Column("audience", "audience", types.one_of(Audience, "Who may read the statement once it is signed.")),
            Column("version", "version", types.number("What If-Match must name; 0 until it is begun.")),
            Column("last_edited_by", "last_edited_by__full_name", types.text(allow_null=True)),
            Column("last_edited_at", "last_edited_at", types.instant(null=True)),
            Gathered(
                "uncleared",
                types.number("Updates due and not cleared: with any, an explanation is needed."),
                still_open,
                needs=("_cycle_id", "_state_id"),
            ),
            Gathered(
                "signatures", types.things("number, receipt, audience, signed_by, signed_at; oldest first."), signatures
            ),
            Gathered(
                "receipt",
                types.text("Of the last signature: the SHA-256 of its manifest.", allow_null=True),
                receipt,
                needs=("signatures",),
            ),
            Gathered("links", types.thing("Each form, and the verbs."), links, needs=("key", "signatures")),
        ),
        telling=Telling(
            frozenset({"text", "explanation", "translations"}), words_told, ("_state_id", "key", "version")
        ),
    )

    def version_of(self, row: Row) -> int | None:
        return row["version"]

    def retrieve(self, request: Request, key: str) -> Any:
        """One that nobody has begun yet shows as it will begin."""
        one = contribution_seen(self.mandate, key)
        if one.pk is not None:
            return super().retrieve(request, key)
        wanted = ask(request, (), names=self.shape.names, default_names=self.shape.names, orderings=())
        row = _unwritten(one)
        return answer({name: row[name] for name in wanted.names}, version=one.version)

    def partial_update(self, request: Request, key: str) -> HttpResponse:
        """Write the statement, or begin it on version 0: only what is given is changed."""
        one = contribution_seen(self.mandate, key)
        words = self.body()
        version = version_read(request)
        self._written(
            one, lambda: Contribution.write(one.cycle, one.member_state, by=self.person, version=version, **words)
        )
        return self._shown(key)

    def sign(self, request: Request, key: str) -> HttpResponse:
        """Sign for the State, on the version that you have read. The receipt covers every update that is cleared."""
        return once(request, lambda: self._sign(key))

    def _sign(self, key: str) -> HttpResponse:
        one = contribution_seen(self.mandate, key)
        self.body()
        version = version_read(self.request)
        if one.pk is None:
            if one.member_state_id not in self.mandate.coordinated_state_ids:
                raise Forbidden()
            check_version(version, one.version)
            raise refuse("text", "required", _("Write the statement first."))
        self._written(one, lambda: one.sign(by=self.person, version=version, manifest=manifest))
        return self._shown(key)

    def _written(self, one: Contribution, act: Any) -> None:
        tell_version(one, act, lambda: self.read_one(self.by_key(one.key, {})))

    def _shown(self, key: str) -> HttpResponse:
        row = self.read_one(self.by_key(key, {}))
        return answer(row, version=row["version"])


def contribution_seen(mandate: Mandate, key: str) -> Contribution:
    """The contribution under this key, or an unsaved one where nobody of the caller's own State has begun it."""
    rows = Contribution.objects.visible_to(mandate).select_related("cycle", "member_state")
    if one := named(rows, CONTRIBUTION_PATHS, key).first():
        return one
    slug, iso = key.split(":")
    state = only(MemberState.objects.filter(pk__in=mandate.state_ids, iso_alpha3=iso))
    return Contribution(cycle=only(Cycle.objects.filter(slug=slug)), member_state=state)


def _unwritten(one: Contribution) -> Row:
    place = (one.cycle_id, one.member_state_id)
    return {
        "key": one.key,
        "cycle": one.cycle.slug,
        "member_state": one.member_state.iso_alpha3,
        **{name: getattr(one, name) for name in WORDS},
        "version": one.version,
        "last_edited_by": None,
        "last_edited_at": None,
        "uncleared": uncleared([place]).get(place, 0),
        "signatures": [],
        "receipt": None,
        "links": _links(one.key, is_signed=False),
    }


class ContributionFiles(Noun):
    """The national contribution as a file, for the State's own officers."""

    tag = TAG
    model = Contribution
    key_paths = CONTRIBUTION_PATHS
    shape = Contributions.shape
    content_negotiation_class = NamedByAddress

    @extend_schema(
        operation_id="contributions_file",
        parameters=[KEY, EXTENSION, LANGUAGE_ASKED],
        responses=documented("400", "401", "404", "429", "503"),
    )
    def file(self, request: Request, key: str, extension: str) -> HttpResponse:
        """The contribution in one format: as it was signed last or, before that, as it is being written."""
        asked: dict[str, Any] = read_parameters(request, ("language",))
        one = contribution_seen(self.mandate, key)
        renderer = renderer_of(extension)
        language = known_language(asked.get("language", LANGUAGES[0]))
        document = national_document(one, language, person=self.mandate)
        name = f"national-contribution-{one.cycle.slug}-{one.member_state.iso_alpha3}-{language}"
        return file_of(request, document, renderer, name)
