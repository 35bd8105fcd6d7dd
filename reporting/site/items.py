"""A page for one action item: what was adopted, and what has come of it since, cycle by cycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.models import ActionItem
from reporting.document import Tone
from reporting.facts import CycleFacts, EarlierCycle, ItemFacts, ReleasedUpdate, ReviewFacts, StateFacts
from reporting.figures import cycles, history
from reporting.site.asking import found, public_page
from reporting.site.reads import Words, activities_of, shown_cycle, words_on
from reporting.site.wording import recorded_from, why


@dataclass(frozen=True)
class Told:
    """What one State says of the item in one cycle, or why nothing is there."""

    cycle: EarlierCycle | CycleFacts
    tone: Tone
    update: ReleasedUpdate | None

    @property
    def recorded_from(self) -> Any:
        return recorded_from(self.cycle.slug)


@public_page(shows_releases=True)
def item(request: HttpRequest, code: str) -> HttpResponse:
    """The item through every cycle; `at_hand` is the newest that was opened, so that all others are earlier ones."""
    at_hand = found(shown_cycle(newest=True))
    facts = at_hand.facts
    one = found(next((each for each in facts.items if each.code == code), None))
    words = words_on(at_hand, one.code)
    timeline = [(state, _told(facts, state, tones, words)) for state, tones in history(facts, one)]
    tones = (each.tone for _state, entries in timeline for each in entries)
    context = {
        "facts": facts,
        "item": one,
        "parts": _above(facts, one),
        "row": ActionItem.objects.get(plan=at_hand.cycle.plan_id, code=one.code),
        "themes": [theme for theme in facts.themes if theme.slug in one.themes],
        "timeline": timeline,
        "told": [(state, told) for state, entries in timeline if (told := [each for each in entries if each.update])],
        "empty": [(tone, reason) for tone in dict.fromkeys(tones) if (reason := why(tone))],
        "cycles": cycles(facts)[::-1],
        "activities": [each for each in activities_of(at_hand.cycle.plan) if one.code in each.items],
        "neighbours": _neighbours(facts, one),
    }
    return render(request, "reporting/site/item.html", context)


def _above(facts: ReviewFacts, one: ItemFacts) -> dict[str, Any]:
    pairs = ((pillar, objective) for pillar in facts.pillars for objective in pillar.objectives)
    pillar, objective = next(pair for pair in pairs if one in pair[1].items)
    return {"pillar": pillar, "objective": objective}


def _told(facts: ReviewFacts, state: StateFacts, tones: tuple[Tone, ...], words: Words) -> list[Told]:
    """The newest cycle first."""
    pairs = zip(cycles(facts), tones, strict=True)
    return [Told(cycle, tone, words.get((cycle.slug, state.code))) for cycle, tone in pairs][::-1]


def _neighbours(facts: ReviewFacts, one: ItemFacts) -> tuple[ItemFacts | None, ItemFacts | None]:
    """The items before and after it in the plan."""
    place = facts.items.index(one)
    before, after = facts.items[place - 1 : place] if place else (), facts.items[place + 1 : place + 2]
    return next(iter(before), None), next(iter(after), None)
