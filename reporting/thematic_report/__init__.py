"""The thematic report: one pillar, objective, theme or the SPRR block across States. Facts in, document out."""

from __future__ import annotations

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _

from reporting import portion
from reporting.document import Document
from reporting.facts import ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.masthead import masthead
from reporting.review_report.wording import words
from reporting.short_report import with_figures
from reporting.thematic_report.needs import good_practices, needs, partners, threads
from reporting.thematic_report.opening import introduction, summary
from reporting.thematic_report.picture import picture
from reporting.thematic_report.reports import comments, concluding, item_by_item, item_table
from reporting.thematic_report.scope import items_of, scope_label, scopes
from reporting.thematic_report.wholes import Whole

__all__ = ["build", "scope_label", "scopes", "sections"]


def sections(facts: ReviewFacts) -> tuple[tuple[str, str], ...]:
    """What editors write, in the order it stands; the same for every scope."""
    return (
        ("summary", _("Summary")),
        ("introduction", _("Introduction")),
        ("picture", _("Status and figures")),
        ("reports", _("What the Member States report")),
        ("threads", _("Gender and human rights")),
        ("good-practices", _("Good practices")),
        ("partners", _("Activities of partners")),
        ("assistance", _("Assistance needed")),
        ("conclusions", _("Conclusions")),
        ("recommendations", _("Recommendations")),
    )


def build(
    facts: ReviewFacts, manuscript: Manuscript, *, made_on: dt.date, language: str = "en", scope: str = ""
) -> Document:
    """The report on what `scope` names, one of `scopes`. Raises ValueError for any other scope."""
    codes = items_of(facts, scope)
    with translation.override(language):
        scoped = portion.of_items(facts, codes)
        whole = Whole(len(facts.items), scoped, with_figures(facts, manuscript), scope_label(facts, scope))
        return Document(
            title=_("Thematic report: %(subject)s") % {"subject": whole.subject},
            subtitle=words(facts.cycle.title),
            symbol=manuscript.masthead.symbol,
            language=language,
            date_on=made_on,
            meta=masthead(facts, manuscript),
            blocks=(
                summary(whole),
                *introduction(whole),
                *picture(whole),
                *item_by_item(whole),
                *threads(whole),
                *good_practices(whole),
                *partners(whole),
                *needs(whole),
                *concluding(whole),
                *item_table(whole),
                *comments(whole),
            ),
        )
