"""What the State reports, by pillar, objective and item: status, rating, words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from commitments.content import Answer, Rating, Trend
from commitments.guidance import GUIDANCE
from commitments.workflow import Audience, Status
from reporting.document import Block, Bullets, Citation, Heading, Paragraph, Text, spans, web_link
from reporting.facts import ItemFacts, PillarFacts, ReleasedUpdate, ReviewFacts
from reporting.national_contribution.cleared import own_update
from reporting.national_contribution.stated import TABLES
from reporting.review_report.updates import section_blocks
from reporting.review_report.wording import anchor, cited, day, joined, low, pillar_title, quotes, referring, words


def item_by_item(cleared: ReviewFacts) -> tuple[Block, ...]:
    heading = Heading(1, _("What the State reports"), "reports", is_numbered=True)
    if not cleared.updates:
        return heading, Paragraph(_("No update is cleared yet."), is_numbered=True)
    return heading, *(block for pillar in cleared.pillars for block in _pillar(cleared, pillar))


def _pillar(cleared: ReviewFacts, pillar: PillarFacts) -> Iterator[Block]:
    yield Heading(2, pillar_title(pillar), f"pillar-{pillar.code}", is_numbered=True)
    if not any(own_update(cleared, item) for item in pillar.items):
        yield Paragraph(_("No update is cleared under this pillar yet."), is_numbered=True)
    for objective in pillar.objectives:
        reported = [item for item in objective.items if own_update(cleared, item)]
        if reported:
            yield Heading(3, f"{objective.code}. {words(objective.title)}", f"objective-{objective.code}")
        for item in reported:
            yield from _item(cleared, item)


def _item(cleared: ReviewFacts, item: ItemFacts) -> Iterator[Block]:
    update = own_update(cleared, item)
    if update is None:
        return
    yield Heading(4, f"{item.code} {words(item.short_title)}", f"item-{item.code}")
    yield from quotes(item.text, cited(item.place))
    judgement = Paragraph(
        _judgement(update), lead=f"{Rating(update.rating).label}.", is_numbered=True, anchor=anchor(update)
    )
    blocks: list[Paragraph | Bullets] = [judgement]
    for section in update.sections:
        if section.name not in TABLES:
            blocks += section_blocks(section, update, f"{GUIDANCE[section.name].label}.")
    if elsewhere := tuple(_elsewhere(update)):
        blocks.append(Paragraph(joined(elsewhere)))
    sources = tuple(Citation(source.title, web_link(source.address)) for source in update.sources)
    blocks[-1] = replace(blocks[-1], citations=sources)
    yield from blocks


def _judgement(update: ReleasedUpdate) -> str:
    """Status, and the State's answers, in one line."""
    answers = (
        (_("Status: %(answer)s."), low(Status(update.status).label) if update.status else ""),
        (_("Trend: %(answer)s."), low(Trend(update.trend).label) if update.trend else ""),
        (_("Adopted in law or policy: %(answer)s."), low(Answer(update.adopted).label) if update.adopted else ""),
        (_("Applied in practice: %(answer)s."), low(Answer(update.applied).label) if update.applied else ""),
        (_("Next steps by: %(answer)s."), day(update.next_steps_on) if update.next_steps_on else ""),
        (_("Who may read it: %(answer)s."), low(Audience(update.audience).label) if update.audience else ""),
    )
    return " ".join(text % {"answer": answer} for text, answer in answers if answer)


def _elsewhere(update: ReleasedUpdate) -> Iterator[Text]:
    """A line for the words that stand in tables of their own."""
    for section in update.sections:
        if section.name in TABLES:
            table = referring(_("table %(number)s."), number=TABLES[section.name])
            yield f"{GUIDANCE[section.name].label}: ", *spans(table)
