"""What the States report, item by item, and what assistance they need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from commitments.content import Answer, Rating, Trend
from commitments.guidance import GUIDANCE
from commitments.workflow import Audience
from reporting.document import Block, Bullets, Cell, Citation, Column, Heading, Kind, Paragraph, Table, web_link
from reporting.facts import ItemFacts, ObjectiveFacts, PillarFacts, ReleasedUpdate, ReviewFacts, Section, Wording
from reporting.review_report.wording import (
    ADOPTED,
    anchor,
    cited,
    day,
    language,
    quotes,
    text_blocks,
    words,
)


def item_by_item(facts: ReviewFacts) -> tuple[Block, ...]:
    """Every objective: items with updates in full, those without in one line."""
    return (
        Heading(1, _("What the Member States report"), "item-by-item", is_numbered=True),
        *(block for pillar in facts.pillars for block in _pillar(facts, pillar)),
    )


def assistance(facts: ReviewFacts) -> tuple[Block, ...]:
    """Requests by State and then by item, in the words of the updates."""
    heading = Heading(1, _("Assistance needed"), "assistance", is_numbered=True)
    titles = {item.code: item.short_title for item in facts.items}
    rows = tuple(
        (Cell(words(state.name)), Cell(update.item, link=f"#{anchor(update)}"), Cell(words(titles[update.item])), cell)
        for state in facts.states
        for update in facts.updates_of(state.code)
        for cell in _request(update)
    )
    if not rows:
        return heading, Paragraph(_("No released update names assistance that a State needs."), is_numbered=True)
    table = Table(
        caption=_("Assistance needed, by Member State and action item"),
        columns=(
            Column("state", _("Member State"), 2),
            Column("code", _("Code"), 1, Kind.CODE),
            Column("item", _("Action item"), 3),
            Column("assistance", _("Assistance needed"), 6),
        ),
        rows=rows,
        sheet=_("Assistance"),
        anchor="assistance-table",
    )
    return heading, Paragraph(_("What follows is taken from the updates above."), is_numbered=True), table


def _request(update: ReleasedUpdate) -> Iterator[Cell]:
    for section in update.sections:
        if section.name == "assistance_needed":
            translated = _translation(section.words, update)
            text = "\n".join([section.words.text, *([f"{_('Translation:')} {translated}"] if translated else [])])
            yield Cell(text, language="" if translated else update.language)


def _pillar(facts: ReviewFacts, pillar: PillarFacts) -> Iterator[Block]:
    yield Heading(2, _("Pillar %(code)s. %(title)s") % {"code": pillar.code, "title": words(pillar.title)})
    for objective in pillar.objectives:
        yield Heading(3, f"{objective.code}. {words(objective.title)}", f"objective-{objective.code}")
        yield from _objective(facts, objective)


def _objective(facts: ReviewFacts, objective: ObjectiveFacts) -> Iterator[Block]:
    silent = []
    for item in objective.items:
        if updates := facts.updates_on(item.code):
            yield Heading(4, f"{item.code} {words(item.short_title)}", f"item-{item.code}")
            yield from _adopted_text(item)
            for update in updates:
                yield from _update(facts, update)
        else:
            silent.append(f"{item.code} {words(item.short_title)}")
    if silent:
        yield Paragraph("; ".join(silent) + ".", lead=_("No update is released on:"), is_numbered=True)


def _adopted_text(item: ItemFacts) -> Iterator[Block]:
    group = [f"“{words(item.group)}”"] if item.group else []
    yield from quotes(item.text, ", ".join([*group, cited(item.place)]))
    if item.sub_measures:
        yield Bullets(tuple(f"{one.code} {one.text.text}" for one in item.sub_measures), language=ADOPTED)
        translated = tuple(f"{one.code} {one.text.translated(language())}" for one in item.sub_measures)
        if language() != ADOPTED and all(one.text.translated(language()) for one in item.sub_measures):
            yield Bullets(translated, (Citation(_("unofficial translation")),), language=language())


def _update(facts: ReviewFacts, update: ReleasedUpdate) -> Iterator[Block]:
    """One numbered paragraph for the State's judgement, its words beneath, its sources last."""
    name = words(facts.state(update.state).name)
    blocks: list[Paragraph | Bullets] = [
        Paragraph(_judgement(facts, update), lead=f"{name}.", is_numbered=True, anchor=anchor(update))
    ]
    for section in update.sections:
        blocks += _section(section, update)
    citations = tuple(Citation(source.title, web_link(source.address)) for source in update.sources)
    blocks[-1] = replace(blocks[-1], citations=citations)
    yield from blocks


def _judgement(facts: ReviewFacts, update: ReleasedUpdate) -> str:
    """The State's answers in one line, and in a report that is not public who may read the update."""
    said = [f"{Rating(update.rating).label}."]
    if update.trend:
        said.append(_("Trend: %(trend)s.") % {"trend": _low(Trend(update.trend).label)})
    if update.adopted:
        said.append(_("Adopted in law or policy: %(answer)s.") % {"answer": _low(Answer(update.adopted).label)})
    if update.applied:
        said.append(_("Applied in practice: %(answer)s.") % {"answer": _low(Answer(update.applied).label)})
    if update.next_steps_on:
        said.append(_("Next steps by: %(day)s.") % {"day": day(update.next_steps_on)})
    if facts.audience != Audience.PUBLIC:
        said.append(_("Released to: %(audience)s.") % {"audience": _low(Audience(update.audience).label)})
    return " ".join(said)


def _low(label: object) -> str:
    text = str(label)
    return text[:1].lower() + text[1:]


def _section(section: Section, update: ReleasedUpdate) -> tuple[Paragraph | Bullets, ...]:
    blocks = text_blocks(section.words.text, f"{GUIDANCE[section.name].label}.", written_in=update.language)
    if translated := _translation(section.words, update):
        blocks += text_blocks(translated, _("Translation:"), written_in=language())
    return blocks


def _translation(wording: Wording, update: ReleasedUpdate) -> str:
    """The translation for a reader of another language than the State wrote in, or empty."""
    return "" if update.language == language() else wording.translated(language())
