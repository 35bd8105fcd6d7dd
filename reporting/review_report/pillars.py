"""The pillars, objective by objective: what editors wrote, the figures, then item by item what the States report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from commitments.content import Rating
from commitments.guidance import GUIDANCE
from reporting import figures
from reporting.document import Block, Bullets, Citation, Heading, Paragraph
from reporting.facts import ItemFacts, ObjectiveFacts, PillarFacts, ReviewFacts
from reporting.manuscript import Manuscript
from reporting.quoting import quoted
from reporting.review_report.counting import empty_label
from reporting.review_report.narrative import narrative
from reporting.review_report.places import SPRR, is_sprr, objective_section
from reporting.review_report.updates import update_blocks
from reporting.review_report.wording import (
    ADOPTED,
    cited,
    language,
    low,
    percent,
    pillar_title,
    quotes,
    referring,
    words,
)

_COUNTED = ("measures_taken", "results", "challenges", "lessons_learned", "next_steps", "assistance_needed")


def pillars(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    """A section for each pillar; the block on screening, prosecution, rehabilitation and reintegration has its own."""
    return tuple(block for pillar in facts.pillars for block in _pillar(facts, manuscript, pillar))


def _pillar(facts: ReviewFacts, manuscript: Manuscript, pillar: PillarFacts) -> Iterator[Block]:
    yield Heading(1, pillar_title(pillar), f"pillar-{pillar.code}", is_numbered=True)
    yield Paragraph(figures_line(facts, pillar.items), is_numbered=True)
    for objective in pillar.objectives:
        if is_sprr(objective):
            text = _(
                "What this pillar says of screening, prosecution, rehabilitation and reintegration (SPRR) stands in "
                "section %(section)s."
            )
            yield Paragraph(referring(text, section=SPRR), is_numbered=True)
            continue
        title = _("Objective %(code)s. %(title)s") % {"code": objective.code, "title": words(objective.title)}
        yield Heading(2, title, f"objective-{objective.code}", is_numbered=True)
        yield from objective_head(facts, manuscript, objective, objective_section(objective.code))
        yield from item_blocks(facts, objective.items)


def objective_head(
    facts: ReviewFacts, manuscript: Manuscript, objective: ObjectiveFacts, *written_in: str
) -> Iterator[Block]:
    """What stands before its items: the passages of these sections, the figures, what the updates speak of."""
    yield from narrative(facts, manuscript, *written_in)
    yield Paragraph(figures_line(facts, objective.items), is_numbered=True)
    if said := sections_line(facts, objective.items):
        yield Paragraph(said, is_numbered=True)


def figures_line(facts: ReviewFacts, items: tuple[ItemFacts, ...]) -> str:
    """What is due and reported on some items, in one sentence that adds up."""
    one = figures.of_items(facts, items)
    if not one.due:
        return _("No update is due from the States on these items.")
    rated = ", ".join(f"{low(Rating(rating).label)} {number}" for rating, number in one.ratings if number)
    figure = {
        "due": one.due,
        "reported": one.reported,
        "share": percent(one.reported_share),
        "empty_label": low(empty_label(facts)),
        "empty": one.empty,
        "rated": f" ({rated})" if rated else "",
    }
    text = _("Updates due: %(due)d. Reported: %(reported)d, or %(share)s%(rated)s; %(empty_label)s: %(empty)d.")
    return text % figure


def sections_line(facts: ReviewFacts, items: tuple[ItemFacts, ...]) -> str:
    """How many of the updates on some items speak of each subject; empty where none speaks of any."""
    updates = [update for item in items for update in facts.updates_on(item.code)]
    if not updates:
        return ""
    counts = {name: sum(section.name == name for update in updates for section in update.sections) for name in _COUNTED}
    said = [f"{low(GUIDANCE[name].label)} ({number})" for name, number in counts.items() if number]
    return _("Subjects of these updates: %(sections)s.") % {"sections": ", ".join(said)} if said else ""


def item_blocks(facts: ReviewFacts, items: Iterable[ItemFacts]) -> Iterator[Block]:
    """Items with updates in full, withdrawals said in a line each, then those without in one line.

    Their headings are of level 3 and bear the items' codes for numbers.
    """
    silent = []
    gone = {one.item for one in facts.tombstones}
    for item in items:
        name = f"{item.code} {words(item.short_title)}"
        if (updates := facts.updates_on(item.code)) or item.code in gone:
            yield Heading(3, name, f"item-{item.code}")
            yield from _adopted_text(item)
            for update in updates:
                yield from update_blocks(facts, update)
            yield from _withdrawals(facts, item)
        else:
            silent.append(name)
    if silent:
        yield Paragraph("; ".join(silent) + ".", lead=_("No update is released on:"), is_numbered=True)


def _adopted_text(item: ItemFacts) -> Iterator[Block]:
    group = [quoted(words(item.group))] if item.group else []
    yield from quotes(item.text, ", ".join([*group, cited(item.place)]))
    if item.sub_measures:
        yield Bullets(tuple(f"{one.code} {one.text.text}" for one in item.sub_measures), language=ADOPTED)
        translated = tuple(f"{one.code} {one.text.translated(language())}" for one in item.sub_measures)
        if language() != ADOPTED and all(one.text.translated(language()) for one in item.sub_measures):
            yield Bullets(translated, (Citation(_("unofficial translation")),), language=language())


def _withdrawals(facts: ReviewFacts, item: ItemFacts) -> Iterator[Block]:
    for one in facts.tombstones:
        if one.item == item.code and not facts.update(one.state, one.item):
            text = _("The State has withdrawn the update that stood here.")
            yield Paragraph(text, lead=f"{words(facts.state(one.state).name)}.", is_numbered=True)
