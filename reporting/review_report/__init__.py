"""The review report of a cycle: facts in, document out. Reads nothing, asks no clock."""

from __future__ import annotations

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _

from commitments.models import Phase
from commitments.workflow import Audience
from reporting.document import Document
from reporting.facts import ReviewFacts
from reporting.review_report.annexes import annexes
from reporting.review_report.introduction import introduction, summary
from reporting.review_report.partners import partner_activities
from reporting.review_report.picture import picture
from reporting.review_report.updates import assistance, item_by_item
from reporting.review_report.wording import day, words

__all__ = ["LANGUAGES", "review_report"]

LANGUAGES = ("en", "ru")


def review_report(facts: ReviewFacts, *, made_on: dt.date, language: str = "en") -> Document:
    """The report in one of LANGUAGES, bearing the date `made_on`.

    The same facts, date and language make the same document, and so the same fingerprint.
    """
    with translation.override(language):
        return Document(
            title=_("Review report on the implementation of the Joint Plan of Action in Central Asia"),
            subtitle=words(facts.cycle.title),
            language=language,
            date_on=made_on,
            meta=_masthead(facts),
            blocks=(
                *summary(facts),
                *introduction(facts),
                *picture(facts),
                *item_by_item(facts),
                *assistance(facts),
                *partner_activities(facts),
                *annexes(facts),
            ),
        )


def _masthead(facts: ReviewFacts) -> tuple[tuple[str, str], ...]:
    adopted = _("%(place)s, %(day)s") % {"place": facts.plan.adopted_in, "day": day(facts.plan.adopted_on)}
    return (
        (_("Symbol"), _("to be assigned")),
        (_("Distribution"), str(Audience(facts.audience).label)),
        (_("Original language"), _("English")),
        (_("Plan"), f"{words(facts.plan.title)} ({adopted})"),
        (_("Review cycle"), words(facts.cycle.title)),
        (_("Stage of the cycle"), str(Phase(facts.cycle.phase).label)),
    )
