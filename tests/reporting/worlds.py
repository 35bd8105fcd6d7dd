"""How the tests of reports release words, by the moves of real people, and the facts that come of it."""

from __future__ import annotations

import datetime as dt

from commitments.content import SECTIONS
from commitments.models import (
    ActionItem,
    Cycle,
    MemberState,
    Participation,
    Partner,
    PartnerActivity,
    Update,
)
from commitments.workflow import Status
from reporting.facts import ReviewFacts
from reporting.queries import review_facts
from tests.builders import World

NEEDS_REASON = ("not_started", "not_applicable", "no_information")


def noon(world: World, after_days: int = 0) -> dt.datetime:
    """Noon of today, as the world was built, or of a day after it."""
    day = world.cycle.opens_on + dt.timedelta(days=10 + after_days)
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def facts_for(world: World, audience: str = "public", *, after_days: int = 0) -> ReviewFacts:
    """The facts of the world's cycle as they stand at noon, some days from today."""
    return review_facts(world.cycle.slug, audience, now=noon(world, after_days))


def rated(rating: str) -> dict[str, str]:
    """What a complete update of this rating has besides what `World.walk` writes."""
    return {"rating": rating, "rating_reason": "A reason." if rating in NEEDS_REASON else ""}


def attach(world: World, update: Update, title: str, *, audience: str = "public", url: str = "") -> Update:
    """Add a piece of evidence to a draft."""
    focal = world.who(f"focal.{update.commitment.member_state.iso_alpha3.lower()}")
    kind = "link" if url else "reference"
    piece = {"kind": kind, "title": title, "url": url, "audience": audience}
    return update.edit(by=focal, version=update.version, attach=piece)


def publish(world: World, update: Update, audience: str = "public") -> Update:
    """Walk a complete draft on until it is published."""
    return move_on(world, update, "published", audience=audience)


def move_on(world: World, update: Update, to: str, *, audience: str = "public") -> Update:
    """Walk a complete draft on to a status, whatever it was before it became a draft."""
    state = update.commitment.member_state.iso_alpha3.lower()
    editor = world.who("editor")
    steps = {
        Status.SUBMITTED: lambda: update.submit(by=world.who(f"focal.{state}"), version=update.version),
        Status.CLEARED: lambda: update.clear(
            by=world.who(f"coordinator.{state}"), version=update.version, audience=audience
        ),
        Status.ACCEPTED: lambda: update.accept(by=editor, version=update.version),
        Status.PUBLISHED: lambda: update.publish(by=editor, version=update.version),
    }
    for status, step in steps.items():
        step()
        if status == to:
            return update
    raise ValueError(to)


def revise(world: World, update: Update, words: str = "Canary of a revision.") -> Update:
    """Take what is published back into work, and write other words and another rating."""
    state = update.commitment.member_state.iso_alpha3.lower()
    update.revise(by=world.who(f"coordinator.{state}"), version=update.version)
    values = {"measures_taken": words, **rated("not_started"), "trend": "backward"}
    return update.edit(by=world.who(f"focal.{state}"), version=update.version, values=values)


def earlier_cycle(world: World, slug: str = "review-2026", *, days_ago: int = 300) -> Cycle:
    """A cycle of the same plan that was opened and is over: its window is held open for what a test reports in it."""
    today = world.cycle.opens_on + dt.timedelta(days=10)
    days = {
        name: today - dt.timedelta(days=days_ago) for name in ("submissions_due_on", "clearances_due_on", "closes_on")
    }
    cycle = Cycle.schedule(
        by=None,
        plan=world.plan,
        slug=slug,
        title=slug.title(),
        opens_on=today - dt.timedelta(days=days_ago + 60),
        **days,
    )
    cycle.open(by=None)
    for state in world.states.values():
        cycle.extend(state, by=None, ends_on=today + dt.timedelta(days=30), reason="Recorded later.")
    return cycle


def activity(title: str, world: World, items: list[str], states: list[str], **facts: object) -> PartnerActivity:
    """What a partner does for these items in these States."""
    values = {"kind": "project", "summary": "Help.", "source": "elsewhere", "lines": [3, 4], **facts}
    one = PartnerActivity.objects.create(slug=title.lower().replace(" ", "-"), title=title, **values)
    one.action_items.set(ActionItem.objects.filter(code__in=items))
    one.member_states.set(MemberState.objects.filter(iso_alpha3__in=states))
    Participation.objects.create(activity=one, partner=Partner.objects.get(slug="helper"), role="lead")
    return one


def canaries() -> dict[str, str]:
    """A word in every section that occurs nowhere else."""
    return {name: f"Canary-{name}." for name in SECTIONS}
