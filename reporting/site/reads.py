"""What the public site reads. The public's share of everything, whoever asks: the page is the same for all.

Figures and cells are made from the facts that reports are made from, so that a page and a report never differ.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest
from django.utils import timezone

from commitments.models import Cycle, Extension, Plan, Release
from commitments.workflow import Audience
from reporting.facts import ActivityFacts, ReleasedUpdate, ReviewFacts
from reporting.queries.activities import activities_within
from reporting.queries.ground import Ground, ground_of
from reporting.queries.releases import earlier_ratings
from reporting.queries.reported import REVISION, Reported, reported_updates, sources_of
from reporting.queries.windows import Windows
from reporting.site.asking import found
from reporting.site.wording import recorded_from
from reporting.snapshot import snapshot

PUBLIC = Audience.PUBLIC.value
_PLACE = ("commitment__member_state__iso_alpha3", "commitment__action_item__code")
_JUDGEMENT = ("rating", "revision__trend", "revision__adopted", "revision__applied", "revision__original_language")

Words = dict[tuple[str, str], ReleasedUpdate]  # by cycle and State


@dataclass(frozen=True)
class Shown:
    """What a page rests on: one cycle as the public may read it, ratings without words, and its cycles to choose from.

    `cycles`: those of the plan that were opened, the newest first.
    """

    ground: Ground
    facts: ReviewFacts
    cycles: tuple[Cycle, ...]

    @property
    def cycle(self) -> Cycle:
        return self.ground.cycle

    def context(self) -> dict[str, Any]:
        """What every page on one cycle says of it, and the other cycles that it offers."""
        return {
            "facts": self.facts,
            "cycle": self.cycle,
            "cycles": self.cycles,
            "recorded_from": recorded_from(self.cycle.slug),
        }


def latest_plan() -> Plan | None:
    """The edition in force. One read."""
    return Plan.objects.order_by("-adopted_on").first()


def shown(request: HttpRequest) -> Shown:
    """The cycle that `?cycle=` names, or the newest in which anything is released. 404 where there is none."""
    return found(shown_cycle(request.GET.get("cycle")))


def shown_cycle(slug: str | None = None, *, newest: bool = False) -> Shown | None:
    """The opened cycle of this name; without one, the newest in which anything is released, if there is any at all.

    `newest`: the newest that was opened, whatever is released in it.

    Some twenty reads, one snapshot, whatever is reported.
    """
    with snapshot():
        plan = latest_plan()
        every = _cycles(plan) if plan else ()
        chosen = _chosen(every, slug, newest=newest)
        if chosen is None:
            return None
        ground = ground_of(chosen.slug, PUBLIC, now=timezone.now())
        return Shown(ground, _rated(ground), tuple(one for one in every if one.opened_at))


def _cycles(plan: Plan) -> tuple[Cycle, ...]:
    """Of the plan, the newest first, each with `is_released`: whether the public may read anything of it."""
    released = Release.objects.released_to(PUBLIC).filter(cycle=OuterRef("pk"))
    return tuple(Cycle.objects.filter(plan=plan).annotate(is_released=Exists(released)).order_by("-opens_on", "-pk"))


def _chosen(every: tuple[Cycle, ...], slug: str | None, *, newest: bool) -> Cycle | None:
    opened = [one for one in every if one.opened_at]
    if slug is not None:
        return next((one for one in opened if one.slug == slug), None)
    with_words = [] if newest else [one for one in opened if one.is_released]  # type: ignore[attr-defined]
    return next(iter([*with_words, *opened, *every]), None)


def _rated(ground: Ground) -> ReviewFacts:
    """The facts of a cycle with ratings and without words: enough for every figure and every cell. Two reads."""
    items, states = ground.places
    released = Release.objects.released_to(PUBLIC)
    rows = released.filter(cycle=ground.cycle).values_list(*_PLACE, *_JUDGEMENT, "released_at")
    ordered = sorted(rows, key=lambda row: (items[row[1]], states[row[0]]))
    updates = tuple(_judged(row[:-1]) for row in ordered)
    days = (row[-1].astimezone(dt.UTC).date() for row in ordered)
    return replace(
        ground.facts, updates=updates, released_on=max(days, default=None), earlier=earlier_ratings(ground, released)
    )


def _judged(row: tuple[str, ...]) -> ReleasedUpdate:
    """A row of `_PLACE` and `_JUDGEMENT`."""
    state, item, rating, trend, adopted, applied, language = row
    return ReleasedUpdate(state, item, rating, trend, adopted, applied, audience=PUBLIC, language=language)


def words_on(shown: Shown, item: str) -> Words:
    """What each State released on one item in each cycle of the plan, in words. Four reads.

    Without the sections that the State withholds, and evidence piece by piece, as in every report for the public.
    """
    granted = Extension.objects.select_related("action_item").order_by("granted_at", "pk")
    known = Cycle.objects.filter(pk__in=[one.pk for one in shown.cycles])
    cycles = {one.pk: one for one in known.prefetch_related(Prefetch("extensions", granted))}
    releases = Release.objects.released_to(PUBLIC).filter(cycle__in=cycles, commitment__action_item__code=item)
    sources = sources_of({"revision__release__in": releases}, PUBLIC)
    rows: dict[int, list[Reported]] = defaultdict(list)
    paths = ("cycle_id", *_PLACE, "withheld_sections", *(f"revision__{name}" for name in REVISION))
    for cycle_id, of_state, on_item, withheld, *revision in releases.values_list(*paths):
        words = dict(zip(REVISION, revision, strict=True))
        rows[cycle_id].append(Reported(of_state, on_item, PUBLIC, words, set(withheld)))
    words_of: Words = {}
    for cycle_id, reported in rows.items():
        cycle = cycles[cycle_id]
        ground = replace(shown.ground, cycle=cycle, windows=Windows(cycle, shown.ground.members))
        for update in reported_updates(ground, reported, sources):
            words_of[cycle.slug, update.state] = update
    return words_of


def activities_of(plan: Plan) -> tuple[ActivityFacts, ...]:
    """Everything that partners are known to do for the plan, by date and title. Four reads."""
    return activities_within(plan, None, dt.date.max)
