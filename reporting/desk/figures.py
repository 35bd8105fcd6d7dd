"""The closed list of figures that a text can name, each in words and with its value, and found by either."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commitments.content import Rating
from commitments.desk.asking import is_partial, page
from reporting.desk.asking import made_by_the_secretariat, show
from reporting.facts import ReviewFacts
from reporting.issuing import facts_of
from reporting.placeholders import names
from reporting.review_report.wording import words

MAX_ASKED = 100  # characters of a search


@dataclass(frozen=True)
class Named:
    """One figure: the name that stands in a text, what it counts, and its value as the reader's language writes it."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Group:
    """The figures of one thing: the whole plan (""), `pillar.II`, `objective.II.6`, `theme.youth` or `state.KAZ`."""

    of: str
    label: str
    figures: tuple[Named, ...]


@page("GET", "HEAD")
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them, or those with every word of `?q=`; to a script, the list alone."""
    found = made_by_the_secretariat(request, slug)
    asked = request.GET.get("q", "")[:MAX_ASKED].strip()
    chosen = list(matching(groups(facts_of(found)), asked))
    context = {"groups": chosen, "asked": asked, "number": sum(len(group.figures) for group in chosen)}
    if is_partial(request):
        return render(request, "reporting/desk/found_figures.html", context | {"report": found})
    return show(request, "figures", found, context)


def groups(facts: ReviewFacts) -> Iterator[Group]:
    """Every figure of the list, by what it is of: the whole, pillars, objectives, themes, States."""
    listed, labels = names(facts), _labels()
    for of, label in _places(facts):
        start = f"{of}." if of else ""
        told = [(f"{start}{leaf}", counted) for leaf, counted in labels.items()]
        yield Group(of, label, tuple(Named(name, counted, listed[name]) for name, counted in told if name in listed))


def matching(all_of_them: Iterator[Group], asked: str) -> Iterator[Group]:
    """The figures in whose name, words or place every word asked for stands."""
    sought = asked.casefold().split()
    for group in all_of_them:
        kept = tuple(
            one for one in group.figures
            if all(word in f"{one.name} {one.label} {group.label}".casefold() for word in sought)
        )  # fmt: skip
        if kept:
            yield Group(group.of, group.label, kept)


def _places(facts: ReviewFacts) -> Iterator[tuple[str, str]]:
    yield "", _("The whole plan")
    for pillar in facts.pillars:
        yield f"pillar.{pillar.code}", _("Pillar %(code)s") % {"code": pillar.code}
    for pillar in facts.pillars:
        for objective in pillar.objectives:
            yield f"objective.{objective.code}", _("Objective %(code)s") % {"code": objective.code}
    for theme in facts.themes:
        yield f"theme.{theme.slug}", words(theme.title)
    for state in facts.states:
        yield f"state.{state.code}", words(state.name)


def _labels() -> dict[str, str]:
    """What each figure counts, in the order in which they are looked for."""
    rated = _("Rated: %(rating)s")
    return {
        "due": _("Updates due"),
        "reported": _("Updates reported"),
        "reported_share": _("Share reported, per cent"),
        "empty": _("Not released"),
        **{f"rated.{one.value}": rated % {"rating": one.label} for one in Rating},
        "items": _("Action items"),
        "touched": _("Action items with an update"),
        "states": _("Member States"),
        "states_reporting": _("Member States with an update"),
        "activities": _("Activities of partners"),
    }
