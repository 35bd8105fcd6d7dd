"""Which of a State's updates count in its contribution, and what the others are called."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from commitments.workflow import CLEARED_STATUSES, Audience
from reporting.document import Tone
from reporting.facts import ItemFacts, ReleasedUpdate, ReviewFacts
from reporting.review_report.counting import empty_label


def cleared_facts(facts: ReviewFacts) -> ReviewFacts:
    """The facts with the updates that the coordinator has cleared; one without a status is released, and so cleared."""
    return replace(facts, updates=tuple(one for one in facts.updates if one.status in ("", *CLEARED_STATUSES)))


def own_update(cleared: ReviewFacts, item: ItemFacts) -> ReleasedUpdate | None:
    return cleared.update(cleared.states[0].code, item.code)


def rest_label(cleared: ReviewFacts) -> str:
    """What is due and not here: the State knows that it is not cleared, others only that it is not released."""
    return _("Not cleared") if cleared.audience == Audience.STATE else empty_label(cleared)


def rest_tone(cleared: ReviewFacts, item: ItemFacts) -> Tone:
    return cleared.why_empty(cleared.states[0], item)
