"""Words that stand beside figures: what a rest is called, and what a sum leaves out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reporting import figures
from reporting.document import Tone
from reporting.facts import ReviewFacts
from reporting.review_report.wording import reason


def empty_label(facts: ReviewFacts) -> str:
    """What is due and not there: awaited while the cycle runs, not released once it is over."""
    return reason(Tone.NOT_RELEASED if facts.is_over else Tone.AWAITING)


def beyond_note(facts: ReviewFacts) -> tuple[str, ...]:
    """A remark where States report on items that nobody owes."""
    number = figures.of_all(facts).beyond
    if not number:
        return ()
    text = _("Updates on items that no State owes, which these figures leave out: %(number)d.")
    return (text % {"number": number},)
