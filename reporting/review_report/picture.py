"""The region as a whole: figures, trend, coverage of the objectives, what nobody reports on, status of every item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.content import Rating
from reporting import charts, figures
from reporting.document import Block, Cell, Column, Heading, Kind, Paragraph, Table
from reporting.facts import ItemFacts, ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.counting import beyond_note, empty_label
from reporting.review_report.matrix import is_wide, matrix, state_cells, state_columns
from reporting.review_report.narrative import narrative
from reporting.review_report.trend import trend
from reporting.review_report.wording import (
    joined,
    number_cell,
    percent_cell,
    referring,
    words,
)

__all__ = ["beyond_note", "empty_label", "figures_table", "is_wide", "picture", "state_cells", "state_columns"]


def picture(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    remark = _(
        "For every action item and State the tables show the rating, or why there is none. A rating leads to what the "
        "State reports. The code of an item begins with the code of its objective."
    )
    return (
        Heading(1, _("Regional picture"), "picture", is_numbered=True),
        *narrative(facts, manuscript, "picture"),
        Heading(2, _("The pillars"), "figures", is_numbered=True),
        *_figures(facts),
        Heading(2, _("Trend"), "trend", is_numbered=True),
        *trend(facts),
        Heading(2, _("Coverage of the objectives"), "coverage", is_numbered=True),
        *_coverage(facts),
        Heading(2, _("Action items on which nobody reports"), "silent", is_numbered=True),
        *_silent(facts),
        Heading(2, _("Status of the action items"), "status", is_numbered=True),
        Paragraph(remark, is_numbered=True),
        *(matrix(facts, pillar) for pillar in facts.pillars),
    )


def _figures(facts: ReviewFacts) -> Iterator[Block]:
    """The pictures first and then their tables, which lie on pages across."""
    text = _("Table %(pillars)s and figure %(bars)s count the updates by pillar, table %(objectives)s by objective.")
    counted = referring(text, pillars="figures-pillars", bars="figure-pillars", objectives="figures-objectives")
    objectives = [((one.code, words(one.title)), one.items) for pillar in facts.pillars for one in pillar.objectives]
    pillars = [((one.code, words(one.title)), one.items) for one in facts.pillars]
    heat = charts.heat(facts, table="heat-table", anchor="figure-heat")
    yield Paragraph(counted, is_numbered=True)
    yield charts.bars(facts, table="figures-pillars", anchor="figure-pillars")
    if heat:
        shown = _("Figure %(figure)s and table %(table)s show each objective and State.")
        yield Paragraph(referring(shown, figure="figure-heat", table="heat-table"), is_numbered=True)
        yield heat
    yield figures_table(facts, _("Figures by pillar"), "figures-pillars", pillars)
    yield figures_table(facts, _("Figures by objective"), "figures-objectives", objectives)
    if heat:
        yield charts.heat_table(facts, anchor="heat-table")


def figures_table(
    facts: ReviewFacts,
    caption: str,
    anchor: str,
    rows: Iterable[tuple[tuple[str, str], tuple[ItemFacts, ...]]],
) -> Table:
    """Due, each rating, reported and the rest for each (code, title) and its items, and for the whole plan."""
    columns = ((rating.value, str(rating.label)) for rating in Rating)
    return Table(
        caption=caption,
        columns=(
            Column("code", _("Code"), 2, Kind.CODE),
            Column("title", _("Title"), 6),
            Column("items", _("Items"), 2, Kind.NUMBER),
            Column("due", _("Due"), 2, Kind.NUMBER),
            *(Column(key, label, 2, Kind.NUMBER) for key, label in columns),
            Column("reported", _("Reported"), 2, Kind.NUMBER),
            Column("empty", empty_label(facts), 2, Kind.NUMBER),
            Column("share", _("Reported, of what is due"), 2, Kind.PERCENT),
        ),
        rows=tuple(_figures_row(facts, names, items) for names, items in rows),
        footer=_figures_row(facts, ("", _("Whole plan")), facts.items),
        notes=(_sums(facts), *beyond_note(facts)),
        sheet=caption,
        is_wide=True,
        anchor=anchor,
    )


def _sums(facts: ReviewFacts) -> str:
    text = _(
        "Due: items addressed to the States, each or together, times %(states)d Member States. The six ratings add up "
        "to “Reported”; this and “%(empty)s” add up to “Due”."
    )
    return text % {"states": len(facts.states), "empty": empty_label(facts)}


def _figures_row(facts: ReviewFacts, names: tuple[str, str], items: tuple[ItemFacts, ...]) -> tuple[Cell, ...]:
    one = figures.of_items(facts, items)
    numbers = (len(items), one.due, *(number for _rating, number in one.ratings), one.reported, one.empty)
    return *map(Cell, names), *map(number_cell, numbers), percent_cell(one.reported_share)


def _coverage(facts: ReviewFacts) -> tuple[Block, ...]:
    objectives = [one for pillar in facts.pillars for one in pillar.objectives]
    touched = sum(any(facts.updates_on(item.code) for item in one.items) for one in objectives)
    text = ngettext(
        "The plan has %(objectives)d objective; on %(touched)d at least one State reports.",
        "The plan has %(objectives)d objectives; on %(touched)d of them at least one State reports.",
        len(objectives),
    )
    seen = _("Table %(table)s and figure %(figure)s show how many of their action items have an update.")
    shown = referring(seen, table="coverage-table", figure="figure-coverage")
    said = text % {"objectives": len(objectives), "touched": touched}
    return (
        Paragraph(joined((said, shown)), is_numbered=True),
        charts.coverage(facts, table="coverage-table", anchor="figure-coverage"),
        charts.coverage_table(facts, anchor="coverage-table"),
    )


def _silent(facts: ReviewFacts) -> Iterator[Block]:
    """By pillar, the codes of items that States owe and none reports on."""
    for pillar in facts.pillars:
        owed = [item.code for item in pillar.items if item.is_owed]
        silent = [item.code for item in figures.unreported(facts, pillar.items)]
        text = ngettext(
            "%(silent)d of %(owed)d item: %(codes)s.", "%(silent)d of %(owed)d items: %(codes)s.", len(owed)
        )
        if not silent:
            text = ngettext(
                "there is an update on the %(owed)d item that the States owe.",
                "there is an update on each of the %(owed)d items that the States owe.",
                len(owed),
            )
        said = text % {"silent": len(silent), "owed": len(owed), "codes": ", ".join(silent)}
        yield Paragraph(said, lead=_("Pillar %(code)s:") % {"code": pillar.code}, is_numbered=True)
