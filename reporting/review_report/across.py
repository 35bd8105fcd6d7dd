"""What cuts across the pillars: items for the States together, and national strategies."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.models.plan import Addressee
from reporting.document import Block, Heading, Paragraph, Reference
from reporting.facts import ItemFacts, ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.matrix import reported_on
from reporting.review_report.narrative import narrative
from reporting.review_report.pillars import figures_line
from reporting.review_report.wording import referring

STRATEGIES = "A.I.1"  # the provision of the roadmap on national strategies
_NAMES_A_STRATEGY = re.compile(r"\bstrateg(?:y|ies)\b", re.IGNORECASE)  # in the adopted text, which is English


def joint_items(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    """Items addressed to the States together. Each State reports its own part."""
    items = tuple(item for item in facts.items if item.addressee == Addressee.JOINT)
    heading = Heading(1, _("Items for the States together"), "joint", is_numbered=True)
    written = narrative(facts, manuscript, "joint")
    if not items:
        return heading, *written, Paragraph(_("The plan addresses no item to the States together."), is_numbered=True)
    text = ngettext(
        "The plan addresses %(number)d action item to the States together. Each State reports its own part of it.",
        "The plan addresses %(number)d action items to the States together. Each State reports its own part of them.",
        len(items),
    )
    return (
        heading,
        *written,
        Paragraph(f"{text % {'number': len(items)}} {figures_line(facts, items)}", is_numbered=True),
        *reported_on(facts, items, _("Items for the States together"), "joint-items", _("Joint items")),
    )


def strategies(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    """National strategies: the items whose adopted text speaks of a strategy, and what is reported on them."""
    heading = Heading(1, _("National strategies"), "strategies", is_numbered=True)
    written = narrative(facts, manuscript, "strategies")
    items = strategy_items(facts)
    if not items:
        return heading, *written, Paragraph(_("No action item of the plan speaks of a strategy."), is_numbered=True)
    text = ngettext(
        "The adopted text of %(number)d action item speaks of a strategy; what the States report on it stands under "
        "its objective.",
        "The adopted text of %(number)d action items speaks of a strategy; what the States report on them stands under "
        "their objectives.",
        len(items),
    )
    return (
        heading,
        *written,
        *_asked_for(facts),
        Paragraph(f"{text % {'number': len(items)}} {figures_line(facts, items)}", is_numbered=True),
        *reported_on(facts, items, _("Items that speak of a strategy"), "strategy-items", _("Strategies")),
    )


def strategy_items(facts: ReviewFacts) -> tuple[ItemFacts, ...]:
    return tuple(item for item in facts.items if item.is_owed and _NAMES_A_STRATEGY.search(item.text.text))


def _asked_for(facts: ReviewFacts) -> tuple[Paragraph, ...]:
    if all(one.code != STRATEGIES for one in facts.roadmap):
        return ()
    text = _("The roadmap of the plan encourages the States to bring their national strategies into line (%(code)s).")
    asked = referring(text, code=Reference(f"provision-{STRATEGIES}", STRATEGIES))
    return (Paragraph(asked, is_numbered=True),)
