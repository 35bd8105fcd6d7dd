"""What cuts across the items: gender, human rights, good practices, partners' support, assistance asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.guidance import GUIDANCE
from reporting.document import Block, Citation, Heading, Paragraph
from reporting.facts import ReleasedUpdate, Section
from reporting.review_report.assistance import assistance
from reporting.review_report.partners import partner_activities
from reporting.review_report.updates import IN_THREADS, section_blocks, thread_anchor, with_words
from reporting.review_report.wording import anchor, words
from reporting.thematic_report.wholes import Whole


def threads(whole: Whole) -> tuple[Block, ...]:
    """What the States say of gender and age and of human rights stands here in full and nowhere else."""
    return (
        Heading(1, _("Gender and human rights"), "threads", is_numbered=True),
        *whole.written("threads"),
        *(block for name in IN_THREADS for block in _thread(whole, name)),
    )


def _thread(whole: Whole, name: str) -> Iterator[Block]:
    yield Heading(2, str(GUIDANCE[name].label), name.replace("_", "-"), is_numbered=True)
    said, number = with_words(whole.scoped, name), len(whole.scoped.updates)
    if not said:
        yield Paragraph(_("No update in this report speaks of it."), is_numbered=True)
        return
    text = ngettext(
        "Of %(whole)d update in this report, %(number)d speaks of it.",
        "Of %(whole)d updates in this report, %(number)d speak of it.",
        number,
    )
    yield Paragraph(text % {"whole": number, "number": len(said)}, is_numbered=True)
    for update, section in said:
        yield from _words_of(whole, update, section)


def _words_of(whole: Whole, update: ReleasedUpdate, section: Section) -> Iterator[Block]:
    name = words(whole.scoped.state(update.state).name)
    first, *rest = section_blocks(section, update, f"{update.item}, {name}.")
    if isinstance(first, Paragraph):
        first = replace(first, is_numbered=True, anchor=thread_anchor(update, section.name))
    source = Citation(_("update on %(item)s") % {"item": update.item}, f"#{anchor(update)}")
    *before, last = first, *rest
    yield from (*before, replace(last, citations=(source,)))


def good_practices(whole: Whole) -> tuple[Block, ...]:
    heading = Heading(1, _("Good practices"), "good-practices", is_numbered=True)
    silence = Paragraph(_("The editors of this report name no good practice."), is_numbered=True)
    return heading, *(whole.written("good-practices") or (silence,))


def partners(whole: Whole) -> tuple[Block, ...]:
    return partner_activities(whole.scoped, whole.manuscript)


def needs(whole: Whole) -> tuple[Block, ...]:
    """What assistance the States ask for."""
    return assistance(whole.scoped, whole.manuscript)
