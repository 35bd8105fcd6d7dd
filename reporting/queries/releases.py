"""What States have released, cut to what one audience may read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from commitments.models import Release
from commitments.querysets import ReleaseQuerySet
from commitments.workflow import Audience
from reporting.facts import EarlierCycle, EarlierRating, ReleasedUpdate
from reporting.queries.ground import Ground
from reporting.queries.reported import REVISION, Reported, reported_updates, sources_of
from reporting.queries.words import wording

_RELEASE = ("commitment__member_state__iso_alpha3", "commitment__action_item__code", "audience", "withheld_sections")


def released_updates(ground: Ground, audience: str) -> tuple[tuple[ReleasedUpdate, ...], dt.date | None]:
    """Updates in the order of items and then of States, and the day of the latest release. Two reads.

    Sections that a State withholds from those beyond the UN are gone, with their date and their translations,
    for every wider audience.
    """
    releases = Release.objects.released_to(audience).filter(cycle=ground.cycle)
    sources = sources_of({"revision__release__in": releases}, audience)
    rows = releases.values_list(*_RELEASE, "released_at", *(f"revision__{name}" for name in REVISION))
    reported, days = [], set()
    for state, item, to, withheld, released_at, *words in rows:
        kept = set() if audience == Audience.UN else set(withheld)
        reported.append(Reported(state, item, to, dict(zip(REVISION, words, strict=True)), kept))
        days.add(released_at.astimezone(dt.UTC).date())
    return reported_updates(ground, reported, sources), max(days, default=None)


def earlier_ratings(ground: Ground, releases: ReleaseQuerySet) -> tuple[EarlierCycle, ...]:
    """What these releases say of the cycles before, newest last. One read.

    What was released and withdrawn since is gone; what was released later on is there.
    """
    paths = ("cycle_id", *_RELEASE[:2], "rating")
    found: dict[int, list[EarlierRating]] = defaultdict(list)
    for cycle_id, *rating in releases.filter(cycle__in=[one.pk for one in ground.earlier]).values_list(*paths):
        found[cycle_id].append(EarlierRating(*rating))
    items, states = ground.places
    return tuple(
        EarlierCycle(
            cycle.slug,
            wording(cycle, "title"),
            cycle.closes_on,
            tuple(sorted(found[cycle.pk], key=lambda one: (items[one.item], states[one.state]))),
        )
        for cycle in ground.earlier
    )
