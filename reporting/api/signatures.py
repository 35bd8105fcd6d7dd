"""Signatures: the statements of States on a cycle, as each signed last, for the audience that it decided on."""

from __future__ import annotations

from django.db.models import QuerySet
from django_filters import FilterSet

from commitments.api import filters, types
from commitments.api.shapes import Column, Row, Shape, Telling, join_key
from commitments.api.views import Noun
from commitments.mandates import Mandate
from commitments.workflow import Audience
from reporting.api.contributions import CONTRIBUTION_PATHS
from reporting.api.working import TAG
from reporting.models import Signature
from reporting.readings import signature_words


def mask(row: Row, mandate: Mandate) -> None:
    """What is signed for, item by item, stays in the State; who signed, and why something is not cleared, goes as far
    as the UN."""
    is_own = row["_state_id"] in mandate.state_ids
    if "manifest" in row and not is_own:
        row["manifest"] = None
    if is_own or mandate.is_secretariat:
        return
    if "explanation" in row:
        row["explanation"] = ""
    if "signed_by" in row:
        row["signed_by"] = None
    for texts in row.get("translations", {}).values():
        texts.pop("explanation", None)


class SignatureFilters(FilterSet):
    cycle = filters.of_cycle("cycle")
    member_state = filters.of_state("member_state")


class Signatures(Noun):
    """Statements as each State signed last, for the audience that it decided on."""

    tag = TAG
    model = Signature
    key_paths = CONTRIBUTION_PATHS
    filterset = SignatureFilters
    public_actions = frozenset({"list", "retrieve"})
    orderings = {"signed_at": ("signed_at", "pk"), "member_state": ("member_state__name", "pk")}
    shape = Shape(
        "Signature",
        (
            Column("_state_id", "member_state_id"),
            Column("key", CONTRIBUTION_PATHS, types.text("`cycle:KAZ`"), make=join_key),
            Column("cycle", "cycle__slug", types.text()),
            Column("member_state", "member_state__iso_alpha3", types.text()),
            Column("text", "text", types.text("The statement.")),
            Column("explanation", "explanation", types.text("Why something is not cleared; for the State and the UN.")),
            Column("original_language", "original_language", types.language()),
            Column("translations", "translations", types.thing("{language: {text, explanation}}")),
            Column("audience", "audience", types.one_of(Audience, "Who may read it, as the State decided.")),
            Column("receipt", "receipt", types.text("The SHA-256 of the manifest.")),
            Column(
                "manifest",
                "manifest",
                types.text("For the State's officers: the JSON that was signed, byte by byte.", allow_null=True),
                in_list=False,
            ),
            Column("signed_by", "signed_by_name", types.text("For the State and the UN.", allow_null=True)),
            Column("signed_at", "signed_at", types.instant()),
        ),
        mask=mask,
        mask_needs=("_state_id",),
        telling=Telling(
            frozenset({"text", "explanation", "translations"}),
            lambda rows: map(signature_words, rows),
            ("_state_id", "key", "audience"),
        ),
    )

    def rows(self) -> QuerySet:
        """The last of each State and cycle, as reports tell it."""
        return Signature.objects.in_force().visible_to(self.mandate)
