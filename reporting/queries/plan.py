"""The plan a cycle reviews, and the States that adopted it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
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
)
from commitments.models.plan import OWED_BY_STATES
from reporting.facts import ItemFacts, ObjectiveFacts, PillarFacts, Provision, StateFacts, Wording
from reporting.queries.words import place, wording


def states_of(cycle: Cycle, now: dt.datetime) -> tuple[StateFacts, ...]:
    """States with commitments under the cycle's plan, in English alphabetical order. One read."""
    committed = MemberState.objects.filter(commitments__action_item__plan=cycle.plan_id).distinct()
    rows = sorted(committed, key=lambda state: state.name)
    return tuple(
        StateFacts(state.iso_alpha3, wording(state, "name"), is_over=now >= state.end_of(cycle.closes_on))
        for state in rows
    )


def pillars_of(plan: Plan) -> tuple[PillarFacts, ...]:
    """Pillars, objectives and items in the order of the plan. Five reads."""
    items = _items_by_objective(plan)
    objectives: dict[int, list[ObjectiveFacts]] = defaultdict(list)
    for row in Objective.objects.filter(plan=plan).order_by("position"):
        objectives[row.pillar_id].append(ObjectiveFacts(row.code, wording(row, "title"), tuple(items[row.pk])))
    pillars = Pillar.objects.filter(plan=plan).order_by("position")
    return tuple(PillarFacts(row.code, wording(row, "title"), tuple(objectives[row.pk])) for row in pillars)


def mandate_of(plan: Plan) -> tuple[Provision, ...]:
    """What the plan's roadmap says of monitoring and reporting. One read."""
    rows = RoadmapProvision.objects.filter(plan=plan, part=RoadmapProvision.Part.MONITORING).order_by("position")
    return tuple(_provision(row, plan) for row in rows)


def _items_by_objective(plan: Plan) -> dict[int, list[ItemFacts]]:
    """Three reads: groups, sub-measures, items."""
    groups = {row.pk: wording(row, "title") for row in ThematicGroup.objects.filter(objective__plan=plan)}
    measures: dict[int, list[Provision]] = defaultdict(list)
    for measure in SubMeasure.objects.filter(action_item__plan=plan).order_by("position"):
        measures[measure.action_item_id].append(_provision(measure, plan))
    items: dict[int, list[ItemFacts]] = defaultdict(list)
    for row in ActionItem.objects.filter(plan=plan).defer("search_text").order_by("position"):
        items[row.objective_id].append(_item(row, plan, groups, tuple(measures[row.pk])))
    return items


def _item(row: ActionItem, plan: Plan, groups: dict[int, Wording], measures: tuple[Provision, ...]) -> ItemFacts:
    return ItemFacts(
        code=row.code,
        short_title=wording(row, "short_title"),
        text=wording(row, "text"),
        addressee=row.addressee,
        is_owed=row.addressee in OWED_BY_STATES,
        place=place(row, plan.source),
        group=groups.get(row.group_id) if row.group_id else None,
        sub_measures=measures,
    )


def _provision(row: Any, plan: Plan) -> Provision:
    return Provision(row.code, wording(row, "text"), place(row, plan.source))
