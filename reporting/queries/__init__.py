"""The only reads that reports make. They return frozen facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from commitments.errors import NotVisible
from commitments.models import Release
from commitments.workflow import Audience
from reporting.facts import ReviewFacts
from reporting.figures import is_revealing
from reporting.queries.ground import Ground, ground_of
from reporting.queries.manuscript import manuscript_of
from reporting.queries.national import national_facts
from reporting.queries.releases import earlier_ratings, released_updates
from reporting.queries.standing import known_to_the_secretariat, standing
from reporting.snapshot import snapshot

__all__ = ["manuscript_of", "national_facts", "progress_facts", "review_facts"]


def review_facts(cycle: str, audience: str, *, now: dt.datetime) -> ReviewFacts:
    """All that the review report of a cycle says, as far as `audience` may read it. Nineteen reads, one snapshot.

    Only released revisions are read, never a working copy: the facts are the same whatever drafts exist. `now`
    decides the phase of the cycle and nothing else. Raises NotVisible where there is no such cycle.
    """
    with snapshot():
        return _released(ground_of(cycle, audience, now=now), audience)


def progress_facts(cycle: str, audience: str, *, now: dt.datetime) -> ReviewFacts:
    """Where reporting stands, as the secretariat may know it. Twenty reads, one snapshot.

    Drafts, submitted updates and what a State keeps to itself only ever count as open. These figures are wider than
    what is released, so they are for the UN alone: raises NotVisible for any other audience.
    """
    if is_revealing(Audience.UN, audience):
        raise NotVisible()
    with snapshot():
        ground = ground_of(cycle, audience, now=now)
        facts = _released(ground, audience)
        return replace(facts, standing=standing(ground, known_to_the_secretariat(ground, facts), now=now))


def _released(ground: Ground, audience: str) -> ReviewFacts:
    updates, released_on = released_updates(ground, audience)
    earlier = earlier_ratings(ground, Release.objects.released_to(audience))
    return replace(ground.facts, updates=updates, released_on=released_on, earlier=earlier)
