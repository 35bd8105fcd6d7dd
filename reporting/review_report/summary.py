"""The summary: the report on half a page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from commitments.content import Rating
from commitments.workflow import Audience
from reporting import figures
from reporting.document import Block, Box, Bullets, Paragraph
from reporting.facts import ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.counting import empty_label
from reporting.review_report.introduction import is_recorded
from reporting.review_report.narrative import unnumbered
from reporting.review_report.wording import low, percent, words


def summary(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    """What the report is, what editors make of it, and its main figures."""
    written = unnumbered(facts, manuscript, "summary")
    return (Box(_("Summary"), (Paragraph(_what_it_is(facts)), *written, Bullets(_figures(facts))), anchor="summary"),)


def _figures(facts: ReviewFacts) -> tuple[str, ...]:
    total = figures.of_all(facts)
    figure = {
        "due": total.due,
        "reported": total.reported,
        "share": percent(total.reported_share),
        "empty_label": empty_label(facts),
        "empty": total.empty,
        "items": len(facts.items),
        "touched": sum(bool(facts.updates_on(item.code)) for item in facts.items),
        "activities": len(facts.activities),
    }
    return (
        _("Updates due: %(due)d. Reported: %(reported)d (%(share)s). %(empty_label)s: %(empty)d.") % figure,
        "; ".join(f"{Rating(rating).label}: {number}" for rating, number in total.ratings) + ".",
        _("Action items of the plan: %(items)d. With an update of at least one State: %(touched)d.") % figure,
        _("Activities of partners in the period: %(activities)d.") % figure,
    )


def _what_it_is(facts: ReviewFacts) -> str:
    text = _(
        "This report sets out what the Member States of Central Asia have released on their implementation of the "
        "Joint Plan of Action in the review cycle “%(cycle)s”, item by item and with sources. It holds what "
        "may be read by: %(audience)s."
    )
    if is_recorded(facts):
        text = _(
            "This report sets out what is recorded for the review cycle “%(cycle)s” of statements made on behalf of "
            "the Member States of Central Asia on their implementation of the Joint Plan of Action, item by item and "
            "with sources. It holds what may be read by: %(audience)s."
        )
    return text % {"cycle": words(facts.cycle.title), "audience": low(Audience(facts.audience).label)}
