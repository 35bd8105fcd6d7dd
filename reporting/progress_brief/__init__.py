"""The progress brief: where reporting stands in every State during a cycle. Facts in, document out; never a ranking."""

from __future__ import annotations

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _

from reporting.document import Document
from reporting.facts import ReviewFacts
from reporting.manuscript import Manuscript
from reporting.progress_brief.stage import glance, next_days, stage
from reporting.progress_brief.standing import overdue, standing, unknown
from reporting.review_report.masthead import masthead
from reporting.review_report.wording import words

__all__ = ["build", "sections"]


def sections(facts: ReviewFacts) -> tuple[tuple[str, str], ...]:
    """What editors write, in the order it stands."""
    return (
        ("stage", _("Where the cycle stands")),
        ("standing", _("Who has reported what")),
        ("overdue", _("What is overdue")),
        ("next", _("What comes next")),
    )


def build(
    facts: ReviewFacts, manuscript: Manuscript, *, made_on: dt.date, language: str = "en", scope: str = ""
) -> Document:
    """The brief as of `made_on`. The same facts, manuscript, date and language make the same document."""
    with translation.override(language):
        return Document(
            title=_("Progress brief on reporting under the Joint Plan of Action"),
            subtitle=words(facts.cycle.title),
            symbol=manuscript.masthead.symbol,
            language=language,
            date_on=made_on,
            meta=masthead(facts, manuscript),
            contents_depth=0,
            blocks=(
                glance(facts, made_on),
                *stage(facts, manuscript, made_on),
                *standing(facts, manuscript),
                *overdue(facts, manuscript),
                *unknown(),
                *next_days(facts, manuscript, made_on),
            ),
        )
