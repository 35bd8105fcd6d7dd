"""The plan a cycle reviews, and the States that adopted it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from commitments.models import (
    ActionItem,
    Cycle,
    MemberState,
    Objective,
    Pillar,
    Plan,
    RoadmapProvision,
    SubMeasure,
    ThematicGroup,
    Theme,
)
from commitments.models.plan import OWED_BY_STATES
from reporting.facts import (
    ItemFacts,
    ObjectiveFacts,
    PillarFacts,
    Provision,
    RoadmapFacts,
    StateFacts,
    ThemeFacts,
    Wording,
)
from reporting.queries.words import place, wording

Tagged = dict[int, tuple[str, ...]]  # the slugs of themes by the key of the action item

_ITEM = ("code", "short_title", "text", "addressee", "objective_id", "group_id", "first_line", "last_line",
         "translations")  # fmt: skip


def members_of(plan: Plan) -> tuple[MemberState, ...]:
    """States with commitments under the plan, in English alphabetical order. One read."""
    committed = MemberState.objects.filter(commitments__action_item__plan=plan).distinct()
    return tuple(sorted(committed, key=lambda state: state.name))


def state_facts(members: Iterable[MemberState], cycle: Cycle, now: dt.datetime) -> tuple[StateFacts, ...]:
    return tuple(
        StateFacts(state.iso_alpha3, wording(state, "name"), is_over=now >= state.end_of(cycle.closes_on))
        for state in members
    )


def themes_of(plan: Plan) -> tuple[tuple[ThemeFacts, ...], Tagged]:
    """The themes that items of the plan are tagged with, by title, and those of each item. Two reads."""
    titles = {row.slug: wording(row, "title") for row in Theme.objects.order_by("title", "slug")}
    places = {slug: number for number, slug in enumerate(titles)}
    tagged: dict[int, list[str]] = defaultdict(list)
    through = ActionItem.themes.through.objects.filter(actionitem__plan=plan)
    for item_id, slug in through.values_list("actionitem_id", "theme__slug"):
        tagged[item_id].append(slug)
    used = {slug for slugs in tagged.values() for slug in slugs}
    themes = tuple(ThemeFacts(slug, title) for slug, title in titles.items() if slug in used)
    return themes, {item_id: tuple(sorted(slugs, key=places.__getitem__)) for item_id, slugs in tagged.items()}


def pillars_of(plan: Plan, tagged: Tagged) -> tuple[PillarFacts, ...]:
    """Pillars, objectives and items in the order of the plan. Five reads."""
    items = _items_by_objective(plan, tagged)
    objectives: dict[int, list[ObjectiveFacts]] = defaultdict(list)
    for row in Objective.objects.filter(plan=plan).order_by("position"):
        objectives[row.pillar_id].append(ObjectiveFacts(row.code, wording(row, "title"), tuple(items[row.pk])))
    pillars = Pillar.objects.filter(plan=plan).order_by("position")
    return tuple(PillarFacts(row.code, wording(row, "title"), tuple(objectives[row.pk])) for row in pillars)


def roadmap_of(plan: Plan) -> tuple[RoadmapFacts, ...]:
    """The plan's roadmap, in its order. One read."""
    rows = RoadmapProvision.objects.filter(plan=plan).order_by("position", "code")
    return tuple(
        RoadmapFacts(row.code, row.part, wording(row, "short_title"), wording(row, "text"), place(row, plan.source))
        for row in rows
    )


def _items_by_objective(plan: Plan, tagged: Tagged) -> dict[int, list[ItemFacts]]:
    """Three reads: groups, sub-measures, items."""
    groups = {row.pk: wording(row, "title") for row in ThematicGroup.objects.filter(objective__plan=plan)}
    measures: dict[int, list[Provision]] = defaultdict(list)
    for measure in SubMeasure.objects.filter(action_item__plan=plan).order_by("position"):
        measures[measure.action_item_id].append(_provision(measure, plan))
    items: dict[int, list[ItemFacts]] = defaultdict(list)
    for row in ActionItem.objects.filter(plan=plan).only(*_ITEM).order_by("position"):
        items[row.objective_id].append(_item(row, plan, groups, tuple(measures[row.pk]), tagged.get(row.pk, ())))
    return items


def _item(
    row: ActionItem, plan: Plan, groups: dict[int, Wording], measures: tuple[Provision, ...], themes: tuple[str, ...]
) -> ItemFacts:
    return ItemFacts(
        code=row.code,
        short_title=wording(row, "short_title"),
        text=wording(row, "text"),
        addressee=row.addressee,
        is_owed=row.addressee in OWED_BY_STATES,
        place=place(row, plan.source),
        group=groups.get(row.group_id) if row.group_id else None,
        sub_measures=measures,
        themes=themes,
    )


def _provision(row: Any, plan: Plan) -> Provision:
    return Provision(row.code, wording(row, "text"), place(row, plan.source))
