"""What partners do for the plan. Public."""

from __future__ import annotations

from django_filters import FilterSet

from commitments.api import filters, types
from commitments.api.plan import gathered, gathered_codes
from commitments.api.shapes import Column, Gathered, Shape
from commitments.api.views import PublicNoun
from commitments.models import Participation, PartnerActivity


class PartnerActivityFilters(FilterSet):
    kind = filters.Text("kind")
    partner = filters.of_partner("partners")
    member_state = filters.of_state("member_states", many=True)
    action_item = filters.of_item("action_items", many=True)
    pillar = filters.of_pillar("action_items__objective__pillar", many=True)
    theme = filters.of_theme("action_items__themes")


class PartnerActivities(PublicNoun):
    """Projects, events and tools of partners, with the action items and the States that they support."""

    tag = "The plan"
    model = PartnerActivity
    key_paths = ("slug",)
    filterset = PartnerActivityFilters
    orderings = {"slug": ("slug",)}
    shape = Shape(
        "PartnerActivity",
        (
            Column("_pk", "pk"),
            Column("slug", "slug", types.text()),
            Column("kind", "kind", types.text()),
            Column("title", "title", types.text()),
            Column("summary", "summary", types.text()),
            Column("starts_on", "starts_on", types.day(null=True)),
            Column("ends_on", "ends_on", types.day(null=True)),
            Column("dates_as_stated", "dates_as_stated", types.text()),
            Column("place", "place", types.text()),
            Gathered(
                "partners",
                types.things("Who takes part, and as what."),
                gathered(
                    Participation,
                    "activity",
                    {
                        "slug": "partner__slug",
                        "name": "partner__name",
                        "acronym": "partner__acronym",
                        "kind": "partner__kind",
                        "role": "role",
                    },
                    ["role", "partner__slug"],
                ),
            ),
            Gathered(
                "member_states",
                types.codes(),
                gathered_codes(PartnerActivity.member_states.through, "partneractivity", "memberstate__iso_alpha3"),
            ),
            Gathered(
                "action_items",
                types.codes(),
                gathered_codes(PartnerActivity.action_items.through, "partneractivity", "actionitem__code"),
            ),
            Column("source", "source", types.text()),
            Column("lines", "lines", types.things("Lines in the source.")),
            Column("translations", "translations", types.thing()),
        ),
    )
