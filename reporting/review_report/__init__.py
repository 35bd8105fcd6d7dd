"""The regional review report of a cycle: facts and manuscript in, document out. Reads nothing, asks no clock."""

from __future__ import annotations

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _

from reporting.document import Document
from reporting.facts import ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.across import joint_items, strategies
from reporting.review_report.annexes import annexes
from reporting.review_report.assistance import assistance
from reporting.review_report.introduction import introduction
from reporting.review_report.masthead import masthead
from reporting.review_report.participation import participation
from reporting.review_report.partners import partner_activities
from reporting.review_report.picture import picture
from reporting.review_report.pillars import pillars
from reporting.review_report.places import sections
from reporting.review_report.recommendations import conclusions
from reporting.review_report.roadmap import roadmap
from reporting.review_report.sprr import sprr
from reporting.review_report.summary import summary
from reporting.review_report.threads import threads
from reporting.review_report.wording import words

__all__ = ["LANGUAGES", "build", "review_report", "sections"]

LANGUAGES = ("en", "ru")

_PARTS = (
    summary,
    introduction,
    participation,
    picture,
    pillars,
    sprr,
    threads,
    joint_items,
    strategies,
    partner_activities,
    assistance,
    roadmap,
    conclusions,
    annexes,
)


def build(facts: ReviewFacts, manuscript: Manuscript, *, made_on: dt.date, language: str, scope: str = "") -> Document:
    """The report in one of LANGUAGES, bearing the date `made_on`. A regional report is of the whole: no scope.

    The same facts, manuscript, date and language make the same document, and so the same fingerprint.
    """
    with translation.override(language):
        return Document(
            title=_("Review report on the implementation of the Joint Plan of Action in Central Asia"),
            subtitle=words(facts.cycle.title),
            symbol=manuscript.masthead.symbol,
            language=language,
            date_on=made_on,
            meta=masthead(facts, manuscript),
            blocks=tuple(block for part in _PARTS for block in part(facts, manuscript)),
        )


def review_report(facts: ReviewFacts, *, made_on: dt.date, language: str = "en") -> Document:
    """The report of the facts alone, without what editors write."""
    return build(facts, Manuscript(), made_on=made_on, language=language)
