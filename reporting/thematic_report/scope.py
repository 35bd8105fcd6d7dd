"""What a thematic report can be of: `pillar:II`, `objective:IV.1`, `theme:youth`, `sprr`."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reporting.facts import ItemFacts, ReviewFacts
from reporting.review_report.places import SPRR, is_sprr
from reporting.review_report.wording import pillar_title, words


def scopes(facts: ReviewFacts) -> tuple[tuple[str, str], ...]:
    """(scope, label) of everything that a report can be of, in the order of the plan; themes by name."""
    return tuple((scope, label) for scope, label, _items in _all(facts))


def scope_label(facts: ReviewFacts, scope: str) -> str:
    """What the scope is called, in the active language. Raises ValueError for a scope that is not among `scopes`."""
    return _found(facts, scope)[0]


def items_of(facts: ReviewFacts, scope: str) -> frozenset[str]:
    """Codes of the items that the scope covers. Raises ValueError for a scope that is not among `scopes`."""
    return frozenset(item.code for item in _found(facts, scope)[1])


def _found(facts: ReviewFacts, scope: str) -> tuple[str, tuple[ItemFacts, ...]]:
    for name, label, items in _all(facts):
        if name == scope:
            return label, items
    raise ValueError(f"There is nothing of the scope {scope!r} in the plan.")


def _all(facts: ReviewFacts) -> Iterator[tuple[str, str, tuple[ItemFacts, ...]]]:
    for pillar in facts.pillars:
        yield f"pillar:{pillar.code}", pillar_title(pillar), pillar.items
    for objective in (one for pillar in facts.pillars for one in pillar.objectives):
        label = _("Objective %(code)s. %(title)s") % {"code": objective.code, "title": words(objective.title)}
        yield f"objective:{objective.code}", label, objective.items
        if is_sprr(objective):
            yield SPRR, words(objective.title), objective.items
    for theme in sorted(facts.themes, key=lambda one: words(one.title)):
        tagged = tuple(item for item in facts.items if theme.slug in item.themes)
        yield f"theme:{theme.slug}", words(theme.title), tagged
