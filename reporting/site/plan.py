"""The plan, to be read and searched: the whole of it, and a page for each pillar, objective and theme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.models import ActionItem, Objective, Pillar, ThematicGroup
from commitments.search import matches
from reporting.facts import ItemFacts, ObjectiveFacts, PillarFacts, ReviewFacts, Wording
from reporting.figures import of_items
from reporting.portion import of_items as portion_of_items
from reporting.queries.words import place, wording
from reporting.site.asking import found, public_page
from reporting.site.cells import rows_of
from reporting.site.forms import PlanFilters
from reporting.site.reads import Shown, activities_of, shown, shown_cycle

Groups = dict[tuple[str, str], ThematicGroup]  # by objective and title


@public_page()
def browser(request: HttpRequest) -> HttpResponse:
    """The whole plan, or what is asked for of it: by part, by theme, by words in English or Russian."""
    at_hand = found(shown_cycle())
    groups = _groups(at_hand)
    form = PlanFilters(request.GET, at_hand.facts, [(one.slug, one.in_language("title")) for one in groups.values()])
    items = _asked_for(at_hand, form.named, groups) if form.is_valid() else []
    context = {
        "facts": portion_of_items(at_hand.facts, {item.code for item in items}),
        "form": form,
        "count": len(items),
        "whole": len(at_hand.facts.items),
        "is_narrowed": bool(form.named),
    }
    return render(request, "reporting/site/plan.html", context, status=200 if form.is_valid() else 400)


def _groups(at_hand: Shown) -> Groups:
    rows = ThematicGroup.objects.filter(objective__plan=at_hand.cycle.plan_id).select_related("objective")
    return {(row.objective.code, row.title): row for row in rows.order_by("objective__position", "position")}


def _asked_for(at_hand: Shown, asked: dict[str, str], groups: Groups) -> list[ItemFacts]:
    """In the order of the plan."""
    words_found = _with_words(at_hand, asked["q"]) if "q" in asked else None
    chosen = []
    for pillar in at_hand.facts.pillars:
        for objective in pillar.objectives:
            for item in objective.items:
                group = groups.get((objective.code, item.group.text)) if item.group else None
                is_of = {
                    "q": words_found is None or item.code in words_found,
                    "pillar": pillar.code == asked.get("pillar"),
                    "objective": objective.code == asked.get("objective"),
                    "group": group is not None and group.slug == asked.get("group"),
                    "theme": asked.get("theme") in item.themes,
                    "addressee": item.addressee == asked.get("addressee"),
                }
                chosen += [item] if all(is_of[name] for name in asked) else []
    return chosen


def _with_words(at_hand: Shown, text: str) -> set[str]:
    """Codes of the items that hold these words, or the one whose code they are."""
    code = text.strip().upper()
    if any(code == item.code for item in at_hand.facts.items):
        return {code}
    rows = ActionItem.objects.filter(matches(text), plan=at_hand.cycle.plan_id)
    return set(rows.values_list("code", flat=True))


@public_page(shows_releases=True)
def pillar(request: HttpRequest, code: str) -> HttpResponse:
    at_hand = shown(request)
    one = found(next((one for one in at_hand.facts.pillars if one.code == code), None))
    row = Pillar.objects.get(plan=at_hand.cycle.plan_id, code=one.code)
    objectives = [(each, of_items(at_hand.facts, each.items)) for each in one.objectives]
    context = {"pillar": one, "objectives": objectives, "figures": of_items(at_hand.facts, one.items)}
    return render(request, "reporting/site/pillar.html", at_hand.context() | _introduced(at_hand, row) | context)


@public_page(shows_releases=True)
def objective(request: HttpRequest, code: str) -> HttpResponse:
    at_hand = shown(request)
    above, one = found(_objective(at_hand.facts, code))
    row = Objective.objects.get(plan=at_hand.cycle.plan_id, code=one.code)
    context = {
        "pillar": above,
        "objective": one,
        "rows": rows_of(at_hand.facts, one.items),
        "figures": of_items(at_hand.facts, one.items),
    }
    return render(request, "reporting/site/objective.html", at_hand.context() | _introduced(at_hand, row) | context)


def _objective(facts: ReviewFacts, code: str) -> tuple[PillarFacts, ObjectiveFacts] | None:
    pairs = ((above, one) for above in facts.pillars for one in above.objectives)
    return next((pair for pair in pairs if pair[1].code == code), None)


def _introduced(at_hand: Shown, row: Pillar | Objective) -> dict[str, Any]:
    """Title and introduction as adopted, with their lines."""
    translated = row.translations.get("ru", {}).get("introduction") or []
    return {
        "title": wording(row, "title"),
        "place": place(row, at_hand.cycle.plan.source),
        "introduction": list(_paragraphs(row.introduction, translated)),
    }


def _paragraphs(adopted: list[str], translated: list[str]) -> Iterator[Wording]:
    for number, text in enumerate(adopted):
        russian = translated[number] if number < len(translated) else ""
        yield Wording(text, (("ru", russian),) if russian else ())


@public_page()
def themes(request: HttpRequest) -> HttpResponse:
    at_hand = found(shown_cycle())
    counted = [(one, _with_theme(at_hand.facts, one.slug)) for one in at_hand.facts.themes]
    return render(request, "reporting/site/themes.html", {"themes": counted})


@public_page(shows_releases=True)
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    at_hand = shown(request)
    chosen = found(next((one for one in at_hand.facts.themes if one.slug == slug), None))
    items = _with_theme(at_hand.facts, chosen.slug)
    codes = {item.code for item in items}
    context = {
        "theme": chosen,
        "rows": rows_of(at_hand.facts, items),
        "figures": of_items(at_hand.facts, items),
        "activities": [one for one in activities_of(at_hand.cycle.plan) if codes & set(one.items)],
    }
    return render(request, "reporting/site/theme.html", at_hand.context() | context)


def _with_theme(facts: ReviewFacts, slug: str) -> tuple[ItemFacts, ...]:
    return tuple(item for item in facts.items if slug in item.themes)
