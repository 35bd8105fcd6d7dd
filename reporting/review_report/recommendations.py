"""Conclusions, recommendations, and what became of those of the last report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from reporting.document import Block, Bullets, Cell, Column, Heading, Kind, Paragraph, Reference, Table, Text
from reporting.facts import ReviewFacts
from reporting.manuscript import FollowUp, Manuscript, Recommendation
from reporting.models import Addressee, Outcome
from reporting.review_report.narrative import filled, narrative
from reporting.review_report.wording import joined, link_to_item, low, text_blocks


def conclusions(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    concluded = narrative(facts, manuscript, "conclusions")
    nothing = Paragraph(_("No conclusions are drawn in this report."), is_numbered=True)
    none = Paragraph(_("No recommendations are made in this report."), is_numbered=True)
    return (
        Heading(1, _("Conclusions and recommendations"), "conclusions-and-recommendations", is_numbered=True),
        Heading(2, _("Conclusions"), "conclusions", is_numbered=True),
        *(concluded or (nothing,)),
        Heading(2, _("Recommendations"), "recommendations", is_numbered=True),
        *narrative(facts, manuscript, "recommendations"),
        *(recommendations(facts, manuscript) or (none,)),
        Heading(2, _("What became of the recommendations of the last report"), "follow-up", is_numbered=True),
        *_follow_ups(facts, manuscript),
    )


def recommendations(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Paragraph | Bullets, ...]:
    """Each with its number and addressee, and with the items that it is about."""
    return tuple(block for one in manuscript.recommendations for block in _recommendation(facts, manuscript, one))


def _recommendation(facts: ReviewFacts, manuscript: Manuscript, one: Recommendation) -> Iterator[Paragraph | Bullets]:
    """Number and addressee first, then the words, then what it is about."""
    text, written_in = filled(facts, manuscript, one.text)
    addressee = low(Addressee(one.addressee).label)
    lead = _("Recommendation %(number)d, to %(addressee)s.") % {"number": one.number, "addressee": addressee}
    first, *rest = text_blocks(text, lead, written_in=written_in)
    if isinstance(first, Paragraph):
        first = replace(first, is_numbered=True, anchor=f"recommendation-{one.number}")
    yield first
    yield from rest
    if one.items:
        yield Paragraph(joined((_("Action items:"), _about(facts, one.items))))


def _about(facts: ReviewFacts, codes: tuple[str, ...]) -> Text:
    """Codes of items or of provisions of the roadmap, each leading to its place in the report where it has one."""
    provisions = {one.code for one in facts.roadmap}
    links: Iterator[Text] = (
        (Reference(f"provision-{code}", code),) if code in provisions else link_to_item(facts, code) for code in codes
    )
    return joined((joined(links, ", "), "."), "")


def _follow_ups(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    if not manuscript.follow_ups:
        return (Paragraph(_("No recommendations of an earlier report are followed up here."), is_numbered=True),)
    counted = "; ".join(
        f"{low(outcome.label)}: {number}"
        for outcome in Outcome
        if (number := sum(one.outcome == outcome for one in manuscript.follow_ups))
    )
    text = _("Recommendations of the last report: %(number)d. %(counted)s.")
    said = text % {"number": len(manuscript.follow_ups), "counted": counted[:1].upper() + counted[1:]}
    table = Table(
        caption=_("Recommendations of the last report, and what became of them"),
        columns=(
            Column("number", _("No."), 1, Kind.NUMBER),
            Column("recommendation", _("Recommendation"), 6),
            Column("addressee", _("Addressee"), 3),
            Column("outcome", _("What became of it"), 2),
            Column("remarks", _("Remarks"), 5),
        ),
        rows=tuple(_follow_up_row(facts, manuscript, one) for one in manuscript.follow_ups),
        sheet=_("Follow-up"),
        anchor="follow-up-table",
    )
    return Paragraph(said, is_numbered=True), table


def _follow_up_row(facts: ReviewFacts, manuscript: Manuscript, one: FollowUp) -> tuple[Cell, ...]:
    text, written_in = filled(facts, manuscript, one.text)
    remarks, remarked_in = filled(facts, manuscript, one.remarks)
    return (
        Cell(str(one.number), value=one.number),
        Cell(text, language=written_in),
        Cell(str(Addressee(one.addressee).label)),
        Cell(str(Outcome(one.outcome).label)),
        Cell(remarks, language=remarked_in if remarks else ""),
    )
