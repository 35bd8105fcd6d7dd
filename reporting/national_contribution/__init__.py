"""The national contribution: what one State reports in a cycle, for its own use and as annex. Facts in, document out.

In the State's own facts what is cleared counts, and no word is shown of what is not; for others, what is released.
"""

from __future__ import annotations

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _

from reporting import portion
from reporting.document import Document
from reporting.facts import ReviewFacts
from reporting.manuscript import Manuscript
from reporting.national_contribution.cleared import cleared_facts
from reporting.national_contribution.due import due_items, manifest, missing
from reporting.national_contribution.participation import participation
from reporting.national_contribution.stated import assistance, resources
from reporting.national_contribution.statement import signing, statement
from reporting.national_contribution.words import item_by_item
from reporting.review_report.masthead import masthead
from reporting.review_report.wording import words
from reporting.short_report import with_figures

__all__ = ["build", "sections"]


def sections(facts: ReviewFacts) -> tuple[tuple[str, str], ...]:
    """What is written for it, in the order it stands: the coordinator's words, until they are signed, as passages."""
    return (
        ("statement", _("Statement")),
        ("explanation", _("What is not cleared, and why")),
        ("participation", _("What is due and what is reported")),
    )


def build(
    facts: ReviewFacts, manuscript: Manuscript, *, made_on: dt.date, language: str = "en", scope: str = ""
) -> Document:
    """The contribution of the State of `scope`, such as state:KAZ, or of the only one that the facts hold.

    Raises ValueError where there is no such State, or more than one and no scope.
    """
    own = _own(facts, scope)
    cleared = cleared_facts(own)
    with translation.override(language):
        manuscript = with_figures(facts, manuscript)
        return Document(
            title=_("National contribution of %(state)s") % {"state": words(own.states[0].name)},
            subtitle=words(facts.cycle.title),
            symbol=manuscript.masthead.symbol,
            language=language,
            date_on=made_on,
            meta=masthead(facts, manuscript),
            blocks=(
                *statement(cleared, manuscript),
                *participation(cleared, manuscript),
                *item_by_item(cleared),
                *assistance(cleared),
                *resources(cleared),
                *missing(cleared),
                *signing(cleared, manuscript),
                *due_items(cleared),
                *manifest(cleared),
            ),
        )


def _own(facts: ReviewFacts, scope: str) -> ReviewFacts:
    kind, _colon, code = scope.partition(":")
    if kind == "state":
        return portion.of_state(facts, code)
    if scope or len(facts.states) != 1:
        raise ValueError(f"A national contribution is one State's, such as state:KAZ, and not of {scope!r}.")
    return facts
