"""A whole synthetic cycle: every State reports on every item but one, and people wrote something of everything."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

from benchmarks.full_cycle import full_cycle
from reporting.document import Document
from reporting.facts import EarlierCycle, EarlierRating, Participant, ReviewFacts, Section, ThemeFacts, Wording
from reporting.manuscript import FollowUp, Manuscript, Masthead, Recommendation, Remark, Statement
from reporting.review_report import build, sections
from tests.reporting.small_plan import activity, passage

MADE_ON = dt.date(2028, 7, 10)
RATINGS = ("not_started", "limited", "substantial", "implemented", "not_applicable", "no_information")


@cache
def facts() -> ReviewFacts:
    """Every kind of rating, an item on which nobody reports, late and extended updates, support, the cycle before."""
    whole = full_cycle()
    silent = whole.items[1].code
    late, extended = dt.date(2028, 5, 2), dt.date(2028, 4, 2)
    updates = [
        replace(
            one,
            rating=RATINGS[place % 6],
            is_late=place % 11 == 0,
            submitted_on=late if place % 11 == 0 else extended if place % 7 == 0 else one.submitted_on,
            sections=(*one.sections, Section("lessons_learned", Wording("Begin early."))),
        )
        for place, one in enumerate(whole.updates)
        if one.item != silent
    ]
    then = tuple(
        EarlierRating(one.state, one.item, RATINGS[place % 5]) for place, one in enumerate(whole.updates) if place % 3
    )
    helper = Participant(Wording("Helper", (("ru", "Помощник"),)), "lead")
    return replace(
        whole,
        updates=tuple(updates),
        earlier=(EarlierCycle("before", Wording("The cycle before"), dt.date(2026, 6, 30), then),),
        activities=(activity("one", "I.1.1", "II.1.1", states=("KAZ", "UZB"), participants=(helper,)),),
        themes=(ThemeFacts("youth", Wording("Youth")),),
    )


def manuscript() -> Manuscript:
    return Manuscript(
        masthead=Masthead("A/82/123", "Eighty-second session", "Agenda item 12"),
        passages=(
            *(passage(slug, f"Canary-{slug}.") for slug, _label in sections(facts())),
            replace(
                passage("objective-I-1", "It works.", ("KAZ", "I.1.1")),
                uid="practice", form="good_practice", title=Wording("A course"),
            ),
        ),
        recommendations=(Recommendation(1, Wording("Train more officers."), "states", ("I.1.1", "A.I.4")),),
        follow_ups=(FollowUp(2, Wording("Do it."), "partners", "in_hand", Wording("It began.")),),
        remarks=(Remark("TJK", "31", "Это не так.", "ru", "partly", "The source says otherwise."),),
        statements=(Statement("UZB", Wording("We did much."), "en", dt.date(2028, 1, 5), "cd" * 32),),
    )  # fmt: skip


@cache
def report(language: str = "en") -> Document:
    return build(facts(), manuscript(), made_on=MADE_ON, language=language)
