"""What the shorter kinds of report have in common: whose words these are, and what people wrote with its figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from reporting.document import Block
from reporting.facts import ReviewFacts, Wording
from reporting.manuscript import Manuscript
from reporting.placeholders import fill
from reporting.review_report.introduction import is_recorded
from reporting.review_report.narrative import narrative
from reporting.sources import RECORDED_FROM, document


def whose_words(facts: ReviewFacts) -> str:
    """What the figures are and are not, in two sentences."""
    if not is_recorded(facts):
        return _(
            "What is reported, its rating and its trend are each State's own assertion, cleared by its national "
            "coordinator and released to the audience that the State decided; nobody has verified it."
        )
    text = _(
        "The updates of this cycle were recorded from a public document, %(source)s, and rated by a cautious reading "
        "of it; the ratings are not the States' own judgement, and nobody has verified the statements."
    )
    return text % {"source": document(RECORDED_FROM[facts.cycle.slug]).title}


def with_figures(facts: ReviewFacts, manuscript: Manuscript) -> Manuscript:
    """What people wrote, with the figures of these facts in place of their names, in the language that is active.

    So a report on a portion of the facts shows the figures that an editor sees, who writes beside the whole.
    """
    return replace(
        manuscript,
        passages=tuple(_filled(facts, one, "text", "title") for one in manuscript.passages),
        recommendations=tuple(_filled(facts, one, "text") for one in manuscript.recommendations),
        follow_ups=tuple(_filled(facts, one, "text", "remarks") for one in manuscript.follow_ups),
    )


def _filled(facts: ReviewFacts, one: Any, *names: str) -> Any:
    wordings = {name: getattr(one, name) for name in names}
    return replace(
        one,
        **{
            name: Wording(fill(each.text, facts), tuple((code, fill(text, facts)) for code, text in each.translations))
            for name, each in wordings.items()
        },
    )


def unlinked(facts: ReviewFacts, manuscript: Manuscript, section: str) -> tuple[Block, ...]:
    """The passages of a section in a report that does not show the updates they cite: these go by name."""
    return narrative(replace(facts, updates=()), with_figures(facts, manuscript), section)
