"""Screening, return, prosecution, rehabilitation and reintegration: a section of its own."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reporting import figures
from reporting.document import Block, Cell, Column, Heading, Kind, Paragraph, Table
from reporting.facts import ItemFacts, ObjectiveFacts, ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.counting import empty_label
from reporting.review_report.pillars import item_blocks, objective_head
from reporting.review_report.places import SPRR, is_sprr, objective_section
from reporting.review_report.wording import number_cell, percent_cell, referring, words


def sprr(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    """The block of the plan with its figures by stage; nothing where the plan under review has none."""
    blocks = [one for pillar in facts.pillars for one in pillar.objectives if is_sprr(one)]
    return tuple(block for objective in blocks for block in _section(facts, manuscript, objective))


def _section(facts: ReviewFacts, manuscript: Manuscript, objective: ObjectiveFacts) -> Iterator[Block]:
    groups = _by_group(objective)
    yield Heading(1, words(objective.title), SPRR, is_numbered=True)
    yield from objective_head(facts, manuscript, objective, SPRR, objective_section(objective.code))
    yield Paragraph(
        referring(_("Table %(stages)s counts the updates by stage."), stages="sprr-stages"), is_numbered=True
    )
    yield _stages(facts, groups)
    for title, items in groups.items():
        yield Heading(2, title, is_numbered=True)
        yield from item_blocks(facts, items)


def _by_group(objective: ObjectiveFacts) -> dict[str, tuple[ItemFacts, ...]]:
    """The items under the headings of the plan; those under none of them come under a plain one."""
    groups: dict[str, tuple[ItemFacts, ...]] = {}
    for item in objective.items:
        title = words(item.group) if item.group else _("Action items")
        groups[title] = (*groups.get(title, ()), item)
    return groups


def _stages(facts: ReviewFacts, groups: dict[str, tuple[ItemFacts, ...]]) -> Table:
    whole = tuple(item for items in groups.values() for item in items)
    return Table(
        caption=_("Screening, prosecution, rehabilitation and reintegration, by stage"),
        columns=(
            Column("stage", _("Stage"), 4),
            Column("items", _("Items"), 1, Kind.NUMBER),
            Column("due", _("Due"), 1, Kind.NUMBER),
            Column("reported", _("Reported"), 1, Kind.NUMBER),
            Column("empty", empty_label(facts), 1, Kind.NUMBER),
            Column("share", _("Reported, of what is due"), 2, Kind.PERCENT),
        ),
        rows=tuple(_stage(facts, title, items) for title, items in groups.items()),
        footer=_stage(facts, _("All"), whole),
        sheet=_("SPRR"),
        anchor="sprr-stages",
    )


def _stage(facts: ReviewFacts, title: str, items: tuple[ItemFacts, ...]) -> tuple[Cell, ...]:
    one = figures.of_items(facts, items)
    numbers = map(number_cell, (len(items), one.due, one.reported, one.empty))
    return Cell(title), *numbers, percent_cell(one.reported_share)
