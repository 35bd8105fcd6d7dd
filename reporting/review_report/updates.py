"""What one State reports on one item: its judgement, its words, where they come from.

Every text stands once in the report. Gender and age, human rights and assistance needed have sections of their own;
at the update a line leads there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from commitments.content import Answer, Rating, Trend
from commitments.guidance import GUIDANCE
from commitments.workflow import Audience
from reporting.document import Block, Bullets, Cell, Citation, Paragraph, Table, Text, web_link
from reporting.facts import ReleasedUpdate, ReviewFacts, Section, Wording
from reporting.review_report.wording import anchor, day, joined, language, low, referring, text_blocks, words

IN_THREADS = ("gender_and_age", "human_rights")
ASSISTANCE = "assistance_needed"
_ELSEWHERE = (*IN_THREADS, ASSISTANCE)


def with_words(facts: ReviewFacts, name: str) -> tuple[tuple[ReleasedUpdate, Section], ...]:
    """The updates that have words in a section of this name, and these words."""
    return tuple((update, one) for update in facts.updates for one in update.sections if one.name == name)


def thread_anchor(update: ReleasedUpdate, name: str) -> str:
    """Where a section that has a thread of its own stands."""
    return f"{name.replace('_', '-')}-{update.state}-{update.item}"


def update_blocks(facts: ReviewFacts, update: ReleasedUpdate) -> Iterator[Block]:
    """One numbered paragraph for the State's judgement, its words beneath, its sources last."""
    name = words(facts.state(update.state).name)
    blocks: list[Paragraph | Bullets] = [
        Paragraph(_judgement(facts, update), lead=f"{name}.", is_numbered=True, anchor=anchor(update))
    ]
    for section in update.sections:
        if section.name not in _ELSEWHERE:
            blocks += section_blocks(section, update, f"{GUIDANCE[section.name].label}.")
    if elsewhere := tuple(_elsewhere(update)):
        blocks.append(Paragraph(joined(elsewhere)))
    citations = tuple(Citation(source.title, web_link(source.address)) for source in update.sources)
    blocks[-1] = replace(blocks[-1], citations=citations)
    yield from blocks


def section_blocks(section: Section, update: ReleasedUpdate, lead: str) -> tuple[Paragraph | Bullets, ...]:
    """The words as submitted and, for a reader of another language, their translation."""
    blocks = text_blocks(section.words.text, lead, written_in=update.language)
    if translated := translation_of(section.words, update.language):
        blocks += text_blocks(translated, _("Translation:"), written_in=language())
    return blocks


TRANSLATION = "translation"  # the column of `told_in_both`


def told_in_both(wording: Wording, written_in: str) -> tuple[Cell, Cell]:
    """Two cells: as the State wrote it, and its translation for a reader of another language."""
    return Cell(wording.text, language=written_in), Cell(translation_of(wording, written_in))


def where_translated(table: Table) -> Table:
    """The table without its column of translations where no row has one."""
    place = [column.key for column in table.columns].index(TRANSLATION)
    if any(row[place].text for row in table.rows):
        return table
    rows = tuple(row[:place] + row[place + 1 :] for row in table.rows)
    return replace(table, columns=table.columns[:place] + table.columns[place + 1 :], rows=rows)


def translation_of(wording: Wording, written_in: str) -> str:
    """The translation for a reader of another language than the State wrote in, or empty."""
    return "" if written_in == language() else wording.translated(language())


def _judgement(facts: ReviewFacts, update: ReleasedUpdate) -> str:
    """The State's answers in one line, and in a report that is not public who may read the update."""
    said = [f"{Rating(update.rating).label}."]
    if update.trend:
        said.append(_("Trend: %(trend)s.") % {"trend": low(Trend(update.trend).label)})
    if update.adopted:
        said.append(_("Adopted in law or policy: %(answer)s.") % {"answer": low(Answer(update.adopted).label)})
    if update.applied:
        said.append(_("Applied in practice: %(answer)s.") % {"answer": low(Answer(update.applied).label)})
    if update.next_steps_on:
        said.append(_("Next steps by: %(day)s.") % {"day": day(update.next_steps_on)})
    if facts.audience != Audience.PUBLIC:
        said.append(_("Released to: %(audience)s.") % {"audience": low(Audience(update.audience).label)})
    return " ".join(said)


def _elsewhere(update: ReleasedUpdate) -> Iterator[Text]:
    """“Gender and age: paragraph 310.” and the like, for the words that stand in sections of their own."""
    names = {section.name for section in update.sections if text_blocks(section.words.text, "")}
    for name in (one for one in IN_THREADS if one in names):
        yield f"{GUIDANCE[name].label}: ", *referring(_("paragraph %(number)s."), number=thread_anchor(update, name))
    if ASSISTANCE in names:
        yield f"{GUIDANCE[ASSISTANCE].label}: ", *referring(_("table %(number)s."), number="assistance-table")
