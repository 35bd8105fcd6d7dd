"""The only reads that reports make. They return frozen facts."""

from __future__ import annotations

import datetime as dt

from commitments.errors import NotVisible
from commitments.models import Cycle, Plan
from reporting.facts import CycleFacts, PlanFacts, ReviewFacts
from reporting.queries.activities import activities_within
from reporting.queries.plan import mandate_of, pillars_of, states_of
from reporting.queries.releases import released_updates
from reporting.queries.words import wording
from reporting.snapshot import snapshot

__all__ = ["review_facts"]


def review_facts(cycle: str, audience: str, *, now: dt.datetime) -> ReviewFacts:
    """All that the review report of a cycle says, as far as `audience` may read it. Fifteen reads, one snapshot.

    Only released revisions are read, never a working copy: the facts are the same whatever drafts exist. `now`
    decides the phase of the cycle and nothing else. Raises NotVisible where there is no such cycle.
    """
    with snapshot():
        row = Cycle.objects.select_related("plan").filter(slug=cycle).first()
        if row is None:
            raise NotVisible()
        earlier = Cycle.objects.filter(closes_on__lt=row.opens_on).order_by("-closes_on").first()
        facts = _cycle_facts(row, earlier, now)
        updates, released_on = released_updates(row, audience)
        return ReviewFacts(
            audience=audience,
            plan=_plan_facts(row.plan),
            cycle=facts,
            states=states_of(row, now),
            pillars=pillars_of(row.plan),
            mandate=mandate_of(row.plan),
            updates=updates,
            activities=activities_within(row.plan, facts.begins_on, facts.closes_on),
            released_on=released_on,
        )


def _plan_facts(plan: Plan) -> PlanFacts:
    return PlanFacts(plan.slug, wording(plan, "title"), plan.adopted_on, plan.adopted_in, plan.source)


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
