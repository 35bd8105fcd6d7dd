"""Gender, youth and human rights, which run through all pillars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.document import Block, Citation, Heading, Paragraph
from reporting.facts import ItemFacts, ReleasedUpdate, ReviewFacts, Section
from reporting.manuscript import Manuscript
from reporting.review_report.matrix import reported_on
from reporting.review_report.narrative import narrative
from reporting.review_report.updates import section_blocks, thread_anchor, with_words
from reporting.review_report.wording import anchor, words


def threads(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    """Three threads. What States say of gender and age, and of human rights, stands here in full and nowhere else."""
    intro = _(
        "Some considerations belong to every action item. What the States say of gender and age and of safeguards for "
        "human rights is brought together here, by action item, in their words; the items that the plan itself gives "
        "to these subjects are listed beside it."
    )
    return (
        Heading(1, _("Gender, youth and human rights"), "threads", is_numbered=True),
        Paragraph(intro, is_numbered=True),
        *narrative(facts, manuscript, "threads"),
        Heading(2, _("Gender and age"), "gender", is_numbered=True),
        *narrative(facts, manuscript, "gender"),
        *_said(facts, "gender_and_age"),
        *_items(facts, "women-and-girls", _("Items on women and girls"), _("Women and girls")),
        Heading(2, _("Youth"), "youth", is_numbered=True),
        *narrative(facts, manuscript, "youth"),
        *_items(facts, "youth", _("Items on youth"), _("Youth")),
        Heading(2, _("Human rights"), "human-rights", is_numbered=True),
        *narrative(facts, manuscript, "human-rights"),
        *_said(facts, "human_rights"),
        *_items(facts, "human-rights", _("Items on human rights"), _("Human rights")),
    )


def _said(facts: ReviewFacts, name: str) -> Iterator[Block]:
    """How many updates speak of it, then each in its words, in the order of items and of States."""
    said = with_words(facts, name)
    whole = len(facts.updates)
    text = ngettext(
        "Of %(whole)d update in this report, %(number)d speaks of it.",
        "Of %(whole)d updates in this report, %(number)d speak of it.",
        whole,
    )
    if not said:
        yield Paragraph(_("No update in this report speaks of it."), is_numbered=True)
        return
    yield Paragraph(text % {"whole": whole, "number": len(said)}, is_numbered=True)
    for update, section in said:
        yield from _words_of(facts, update, section)


def _words_of(facts: ReviewFacts, update: ReleasedUpdate, section: Section) -> Iterator[Block]:
    name = words(facts.state(update.state).name)
    blocks = section_blocks(section, update, f"{update.item}, {name}.")
    if not blocks:
        return
    first = blocks[0]
    if isinstance(first, Paragraph):  # a list alone has its lead before it
        blocks = (replace(first, is_numbered=True, anchor=thread_anchor(update, section.name)), *blocks[1:])
    source = Citation(_("update on %(item)s") % {"item": update.item}, f"#{anchor(update)}")
    yield from (*blocks[:-1], replace(blocks[-1], citations=(source,)))


def _items(facts: ReviewFacts, theme: str, caption: str, sheet: str) -> tuple[Block, ...]:
    """The items of a theme; those that a State reports on with all ratings."""
    items = tuple(item for item in facts.items if theme in item.themes)
    if not items:
        return (Paragraph(_("The plan under review has no action item of its own on this."), is_numbered=True),)
    return _counted(facts, items), *reported_on(facts, items, caption, f"theme-{theme}", sheet)


def _counted(facts: ReviewFacts, items: tuple[ItemFacts, ...]) -> Paragraph:
    text = ngettext(
        "The plan has %(items)d action item on this; an update is released on %(touched)d.",
        "The plan has %(items)d action items on this; an update is released on %(touched)d of them.",
        len(items),
    )
    touched = sum(bool(facts.updates_on(item.code)) for item in items)
    return Paragraph(text % {"items": len(items), "touched": touched}, is_numbered=True)
