"""The plan as adopted: editions, pillars, objectives, action items, roadmap. Public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, FilterSet

from commitments.api import filters, types
from commitments.api.asking import refuse
from commitments.api.keys import plan_named
from commitments.api.shapes import Column, Gathered, Row, Shape
from commitments.api.views import PublicNoun
from commitments.mandates import Mandate
from commitments.models import (
    ActionItem,
    Adoption,
    Objective,
    Pillar,
    Plan,
    PlanParagraph,
    RoadmapProvision,
    SubMeasure,
    ThematicGroup,
)
from commitments.models.plan import Addressee
from commitments.search import matches, stems

WORDING = (
    Column("first_line", "first_line", types.number("First line in the source.", null=True)),
    Column("last_line", "last_line", types.number("Last line in the source.", null=True)),
    Column("translations", "translations", types.thing("Unofficial translations: {language: {field: text}}.")),
)


def gathered(model: type[Model], owner: str, paths: dict[str, str], order: Iterable[str]) -> Any:
    """A gatherer of what belongs to each row of a page: one query, a list of objects for each row."""

    def gather(rows: list[Row], mandate: Mandate) -> list[list[Row]]:
        found = defaultdict(list)
        owned = model._default_manager.filter(**{f"{owner}__in": [row["_pk"] for row in rows]})
        for pk, *values in owned.order_by(owner, *order).values_list(owner, *paths.values()):
            found[pk].append(dict(zip(paths, values, strict=True)))
        return [found[row["_pk"]] for row in rows]

    return gather


def gathered_codes(model: type[Model], owner: str, path: str) -> Any:
    """A gatherer of codes: one query, a sorted list of texts for each row."""

    def gather(rows: list[Row], mandate: Mandate) -> list[list[str]]:
        found = defaultdict(list)
        owned = model._default_manager.filter(**{f"{owner}__in": [row["_pk"] for row in rows]})
        for pk, code in owned.order_by(owner, path).values_list(owner, path):
            found[pk].append(code)
        return [found[row["_pk"]] for row in rows]

    return gather


class OfPlan(PublicNoun):
    """A noun of one edition: the latest, or the one that `plan=` names."""

    key_paths = ("code",)
    extra_parameters = detail_parameters = {"plan": "Slug of the edition; the latest where it is left out."}
    tag = "The plan"

    def narrowed(self, queryset: QuerySet, parameters: dict[str, str]) -> QuerySet:
        return queryset.filter(plan=plan_named(parameters.get("plan")))

    def by_key(self, key: str, parameters: dict[str, str]) -> QuerySet:
        return self.narrowed(super().by_key(key, parameters), parameters)


class Plans(PublicNoun):
    """Adopted editions of the Joint Plan of Action."""

    tag = "The plan"
    model = Plan
    key_paths = ("slug",)
    orderings = {"adopted_on": ("adopted_on", "slug")}
    shape = Shape(
        "Plan",
        (
            Column("_pk", "pk"),
            Column("slug", "slug", types.text()),
            Column("title", "title", types.text()),
            Column("adopted_on", "adopted_on", types.day()),
            Column("adopted_in", "adopted_in", types.text()),
            Column("supersedes", "supersedes__slug", types.text("The edition before it.", allow_null=True)),
            Column("source", "source", types.text()),
            Gathered(
                "adoptions",
                types.things("What each State was to this edition, and since when."),
                gathered(
                    Adoption,
                    "plan",
                    {"member_state": "member_state__iso_alpha3", "role": "role", "on": "on", "lines": "lines"},
                    ["member_state__name"],
                ),
            ),
            Column("facts", "facts", types.things("What the sources say of it.")),
            Gathered(
                "paragraphs",
                types.things("Preamble, operative paragraphs, and the introduction of the roadmap, as adopted."),
                gathered(
                    PlanParagraph,
                    "plan",
                    {name: name for name in ("part", "number", "text", "first_line", "last_line", "translations")},
                    ["pk"],
                ),
                in_list=False,
            ),
            *WORDING,
        ),
    )


class Pillars(OfPlan):
    """The four pillars, each with its introduction."""

    model = Pillar
    orderings = {"position": ("position", "pk")}
    shape = Shape(
        "Pillar",
        (
            Column("_pk", "pk"),
            Column("code", "code", types.text()),
            Column("plan", "plan__slug", types.text()),
            Column("position", "position", types.number()),
            Column("title", "title", types.text()),
            Column("introduction", "introduction", types.texts("Paragraphs, as adopted.")),
            Gathered("objectives", types.codes(), gathered_codes(Objective, "pillar", "code")),
            *WORDING,
        ),
    )


class ObjectiveFilters(FilterSet):
    pillar = filters.of_pillar("pillar")


class Objectives(OfPlan):
    """The objectives under the pillars, and the thematic groups inside them."""

    model = Objective
    filterset = ObjectiveFilters
    orderings = {"position": ("position", "pk")}
    shape = Shape(
        "Objective",
        (
            Column("_pk", "pk"),
            Column("code", "code", types.text()),
            Column("plan", "plan__slug", types.text()),
            Column("pillar", "pillar__code", types.text()),
            Column("position", "position", types.number()),
            Column("title", "title", types.text()),
            Column("introduction", "introduction", types.texts("Paragraphs, as adopted.")),
            Gathered(
                "groups",
                types.things("Thematic groups: slug, title, unofficial translations."),
                gathered(
                    ThematicGroup,
                    "objective",
                    {"slug": "slug", "title": "title", "translations": "translations"},
                    ["position"],
                ),
            ),
            *WORDING,
        ),
    )


class ActionItemFilters(FilterSet):
    pillar = filters.of_pillar("objective__pillar")
    objective = filters.of_objective("objective")
    group = filters.Named("group", ThematicGroup, "slug")
    addressee = filters.OneOf("addressee", Addressee.choices)
    theme = filters.of_theme("themes")
    search = CharFilter(method="find", label="Words in English or Russian; the last may be only a beginning.")

    def find(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if not stems(value):
            raise refuse(name, "words", _("Write at least one word."))
        return queryset.filter(matches(value))


class ActionItems(OfPlan):
    """What the plan asks for, quoted exactly."""

    model = ActionItem
    filterset = ActionItemFilters
    orderings = {"position": ("position", "pk")}
    shape = Shape(
        "ActionItem",
        (
            Column("_pk", "pk"),
            Column("code", "code", types.text()),
            Column("plan", "plan__slug", types.text()),
            Column("pillar", "objective__pillar__code", types.text()),
            Column("objective", "objective__code", types.text()),
            Column("group", "group__slug", types.text("Slug of the thematic group.", allow_null=True)),
            Column("position", "position", types.number("Place in the whole plan.")),
            Column("short_title", "short_title", types.text("The project's own, for lists.")),
            Column("text", "text", types.text("The wording as adopted.")),
            Column("addressee", "addressee", types.one_of(Addressee)),
            Gathered("themes", types.codes(), gathered_codes(ActionItem.themes.through, "actionitem", "theme__slug")),
            Column("sdg_targets", "sdg_targets", types.texts()),
            Column("resolutions", "resolutions", types.texts()),
            Column("conventions", "conventions", types.texts()),
            Gathered(
                "sub_measures",
                types.things("The lines under the item, where it has any."),
                gathered(
                    SubMeasure,
                    "action_item",
                    {name: name for name in ("code", "text", "first_line", "last_line", "translations")},
                    ["position"],
                ),
            ),
            *WORDING,
        ),
    )


class RoadmapFilters(FilterSet):
    part = filters.OneOf("part", RoadmapProvision.Part.choices)


class Roadmap(OfPlan):
    """The provisions of Annex A."""

    model = RoadmapProvision
    filterset = RoadmapFilters
    orderings = {"position": ("position", "pk")}
    shape = Shape(
        "RoadmapProvision",
        (
            Column("code", "code", types.text()),
            Column("plan", "plan__slug", types.text()),
            Column("part", "part", types.one_of(RoadmapProvision.Part)),
            Column("position", "position", types.number()),
            Column("short_title", "short_title", types.text()),
            Column("text", "text", types.text("The wording as adopted.")),
            *WORDING,
        ),
    )
