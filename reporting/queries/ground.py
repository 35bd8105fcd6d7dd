"""What every report stands on: the cycle with its windows, the States, the plan and what partners do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from commitments.errors import NotVisible
from commitments.models import Cycle, Extension, MemberState, Plan
from reporting.facts import CycleFacts, PlanFacts, Provision, ReviewFacts
from reporting.queries.activities import activities_within
from reporting.queries.plan import members_of, pillars_of, roadmap_of, state_facts, themes_of
from reporting.queries.windows import Windows
from reporting.queries.words import wording

MONITORING = "monitoring"  # the part of the roadmap that reviews rest on


@dataclass(frozen=True)
class Ground:
    """Rows that further reads go by, and the facts without any update. `earlier`: cycles of the plan, newest last."""

    cycle: Cycle
    members: tuple[MemberState, ...]
    earlier: tuple[Cycle, ...]
    windows: Windows
    facts: ReviewFacts

    @cached_property
    def places(self) -> tuple[dict[str, int], dict[str, int]]:
        """Where each item stands in the plan and each State in the alphabet: the order of all updates."""
        items, states = self.facts.items, self.facts.states
        return {one.code: place for place, one in enumerate(items)}, {one.code: n for n, one in enumerate(states)}


def ground_of(slug: str, audience: str, *, now: dt.datetime) -> Ground:
    """Sixteen reads, or thirteen where there is no activity. Raises NotVisible where there is no such cycle."""
    granted = Extension.objects.select_related("action_item").order_by("granted_at", "pk")
    named = Cycle.objects.select_related("plan").prefetch_related(Prefetch("extensions", granted))
    cycle = named.filter(slug=slug).first()
    if cycle is None:
        raise NotVisible()
    before = list(Cycle.objects.filter(closes_on__lt=cycle.opens_on).order_by("closes_on", "pk"))
    members = members_of(cycle.plan)
    dates = _cycle_facts(cycle, before[-1] if before else None, now)
    themes, tagged = themes_of(cycle.plan)
    roadmap = roadmap_of(cycle.plan)
    facts = ReviewFacts(
        audience=audience,
        plan=_plan_facts(cycle.plan),
        cycle=dates,
        states=state_facts(members, cycle, now),
        pillars=pillars_of(cycle.plan, tagged),
        mandate=tuple(Provision(one.code, one.text, one.place) for one in roadmap if one.part == MONITORING),
        updates=(),
        activities=activities_within(cycle.plan, dates.begins_on, dates.closes_on),
        released_on=None,
        roadmap=roadmap,
        themes=themes,
    )
    # In a cycle that was never opened nobody could report: it is no term of comparison.
    earlier = tuple(one for one in before if one.plan_id == cycle.plan_id and one.opened_at)
    return Ground(cycle, members, earlier, Windows(cycle, members), facts)


def _plan_facts(plan: Plan) -> PlanFacts:
    places = wording(plan, "adopted_in").translations
    return PlanFacts(plan.slug, wording(plan, "title"), plan.adopted_on, plan.adopted_in, plan.source, places)


def _cycle_facts(cycle: Cycle, earlier: Cycle | None, now: dt.datetime) -> CycleFacts:
    return CycleFacts(
        slug=cycle.slug,
        title=wording(cycle, "title"),
        review=wording(cycle, "review"),
        begins_on=earlier.closes_on + dt.timedelta(days=1) if earlier else None,
        opens_on=cycle.opens_on,
        submissions_due_on=cycle.submissions_due_on,
        closes_on=cycle.closes_on,
        phase=cycle.phase(now.date()).value,
        dates_note=wording(cycle, "dates_note"),
    )
