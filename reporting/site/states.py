"""The Member States, in English alphabetical order, and the status matrix. Never a ranking or a sum of States."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.content import translation_read
from commitments.guidance import LANGUAGE_NAMES
from commitments.models import Adoption, MemberState
from reporting.facts import PillarFacts, ReviewFacts
from reporting.figures import of_state, tone_of
from reporting.models import Signature
from reporting.queries.words import wording
from reporting.site.asking import found, public_page
from reporting.site.cells import rows_of
from reporting.site.reads import PUBLIC, Shown, activities_of, shown, shown_cycle
from reporting.site.wording import why


@public_page()
def states(request: HttpRequest) -> HttpResponse:
    at_hand = found(shown_cycle())
    adoptions = Adoption.objects.filter(member_state__in=at_hand.ground.members).select_related("plan")
    members = at_hand.ground.members
    known = [(one, one.in_language("formal_name"), _adopted(adoptions, one)) for one in members]
    return render(request, "reporting/site/states.html", {"states": known, "facts": at_hand.facts})


def _adopted(adoptions: Any, member: MemberState) -> list[Adoption]:
    """What the State was to each edition of the plan, the first edition first."""
    own = (one for one in adoptions if one.member_state_id == member.pk)
    return sorted(own, key=lambda one: one.plan.adopted_on)


@public_page(shows_releases=True)
def state(request: HttpRequest, code: str) -> HttpResponse:
    """What one State has released on every item in a cycle, its statement, and what partners do with it."""
    at_hand = shown(request)
    member = found(next((one for one in at_hand.ground.members if one.iso_alpha3 == code), None))
    facts = at_hand.facts
    pillars = [_pillar_of(facts, code, pillar) for pillar in facts.pillars]
    adoptions = Adoption.objects.filter(member_state=member).select_related("plan")
    context = {
        "member": member,
        "formal_name": member.in_language("formal_name"),
        "adoptions": _adopted(adoptions, member),
        "languages": [LANGUAGE_NAMES.get(one, one) for one in member.official_languages],
        "figures": of_state(facts, code),
        "pillars": pillars,
        "empty": [
            (tone, why(tone)) for tone in dict.fromkeys(tone for one in pillars for _item, tone in one["untold"])
        ],
        "statement": _statement(at_hand, member),
        "activities": [one for one in activities_of(at_hand.cycle.plan) if code in one.states],
    }
    return render(request, "reporting/site/state.html", at_hand.context() | context)


def _pillar_of(facts: ReviewFacts, code: str, pillar: PillarFacts) -> dict[str, Any]:
    """The pillar, its figures for this State, and the cell of each item: those with a release, then the others."""
    stands = facts.state(code)
    rows = [(item, tone_of(facts, stands, item)) for item in pillar.items]
    released = [row for row in rows if facts.update(code, row[0].code)]
    return {
        "pillar": pillar,
        "figures": of_state(facts, code, pillar.items),
        "told": released,
        "untold": [row for row in rows if row not in released],
    }


def _statement(at_hand: Shown, member: MemberState) -> dict[str, Any] | None:
    """What the State says of the cycle, as it signed it last, where it lets everyone read that."""
    signed = Signature.objects.in_force().released_to(PUBLIC)
    row = signed.filter(cycle=at_hand.cycle, member_state=member).first()
    if row is None:
        return None
    words = wording(row, "text")
    return {
        "text": words.text,
        "written_in": row.original_language,
        "translation": translation_read(dict(words.translations), row.original_language),
        "signed_on": row.signed_at.astimezone(ZoneInfo(member.time_zone)).date(),
        "receipt": row.receipt,
    }


@public_page(shows_releases=True)
def matrix(request: HttpRequest) -> HttpResponse:
    """Items x States, a table for each pillar. `?pillar=` shows one of them."""
    at_hand = shown(request)
    codes = [one.code for one in at_hand.facts.pillars]
    asked = request.GET.get("pillar") or ""
    if asked and asked not in codes:
        found(None)
    shown_pillars = [one for one in at_hand.facts.pillars if asked in ("", one.code)]
    context = {
        "pillars": [(one, rows_of(at_hand.facts, one.items)) for one in shown_pillars],
        "codes": codes,
        "asked": asked,
    }
    return render(request, "reporting/site/matrix.html", at_hand.context() | context)
