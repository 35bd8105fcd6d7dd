"""The tables that show what the pictures show, in numbers: every part, and what the parts add up to."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reporting import figures
from reporting.charts import tones
from reporting.charts.wording import item_title, named, number_cell, percent_cell
from reporting.document import Cell, Column, Kind, Table, Tone
from reporting.facts import ItemFacts, ReviewFacts
from reporting.figures import Figures, share

_NARROW_PAGE_COLUMNS = 6


def heat_table(facts: ReviewFacts, *, anchor: str) -> Table:
    """A row for each objective and State: the figures of `heat`."""
    rows = tuple(
        (
            Cell(objective.code),
            Cell(named(state.name)),
            *_numbers(facts, figures.of_state(facts, state.code, objective.items)),
        )
        for pillar in facts.pillars
        for objective in pillar.objectives
        for state in facts.states
    )
    return Table(
        caption=_("Ratings by objective and Member State"),
        columns=(
            Column("code", _("Objective"), 2, Kind.CODE),
            Column("state", _("Member State"), 3),
            *_number_columns(facts),
        ),
        rows=rows,
        footer=(Cell(_("Whole plan")), Cell(""), *_numbers(facts, figures.of_all(facts))),
        notes=(_sums(facts),),
        sheet=_("Objectives and States"),
        is_wide=True,
        anchor=anchor,
    )


def bars_table(facts: ReviewFacts, *, anchor: str) -> Table:
    """A row for each pillar: the figures of `bars`."""
    return Table(
        caption=_("Ratings by pillar"),
        columns=(
            Column("code", _("Pillar"), 2, Kind.CODE),
            Column("title", _("Title"), 6),
            *_number_columns(facts),
        ),
        rows=tuple(
            (Cell(one.code), Cell(named(one.title)), *_numbers(facts, figures.of_items(facts, one.items)))
            for one in facts.pillars
        ),
        footer=(Cell(""), Cell(_("Whole plan")), *_numbers(facts, figures.of_all(facts))),
        notes=(_sums(facts),),
        sheet=_("Ratings by pillar"),
        is_wide=True,
        anchor=anchor,
    )


def coverage_table(facts: ReviewFacts, *, anchor: str) -> Table:
    """A row for each objective: the figures of `coverage`."""
    return Table(
        caption=_("Items with an update of at least one Member State, by objective"),
        columns=(
            Column("code", _("Objective"), 2, Kind.CODE),
            Column("title", _("Title"), 8),
            Column("touched", _("With an update"), 2, Kind.NUMBER),
            Column("untouched", _("Without"), 2, Kind.NUMBER),
            Column("items", _("Items"), 2, Kind.NUMBER),
            Column("share", _("With an update, share"), 2, Kind.PERCENT),
        ),
        rows=tuple(
            (Cell(one.objective.code), Cell(named(one.objective.title)), *_touched(one.touched, one.items))
            for one in figures.coverage(facts)
        ),
        footer=(Cell(""), Cell(_("Whole plan")), *_touched(len(figures.touched(facts, facts.items)), len(facts.items))),
        notes=(_("All action items are counted, also those that no State owes an update on."),),
        sheet=_("Coverage"),
        anchor=anchor,
    )


def trends_table(facts: ReviewFacts, *, anchor: str) -> Table:
    """A row for each cycle, a column for each pillar: the lines of `trends`. `trends_sums` has the counts."""
    moments = figures.moments(facts)
    return Table(
        caption=_("Implemented or substantial progress, of what is due, by cycle and pillar"),
        columns=(
            Column("cycle", _("Cycle"), 3),
            *(
                Column(f"pillar-{one.code}", _("Pillar %(code)s") % {"code": one.code}, 2, Kind.PERCENT)
                for one in facts.pillars
            ),
        ),
        rows=tuple(
            (Cell(named(moment.title)), *(percent_cell(one.reached_share) for one in moment.pillars))
            for moment in moments
        ),
        notes=(_today(),),
        sheet=_("Trends"),
        anchor=anchor,
    )


def trends_sums(facts: ReviewFacts, *, anchor: str) -> Table:
    """A row for each cycle and pillar: what every share of `trends_table` is made of."""
    return Table(
        caption=_("What the shares by cycle and pillar are counted from"),
        columns=(
            Column("cycle", _("Cycle"), 4),
            Column("pillar", _("Pillar"), 1, Kind.CODE),
            Column("reached", _("Implemented or substantial"), 2, Kind.NUMBER),
            Column("rest", _("Other ratings"), 2, Kind.NUMBER),
            Column("not_applicable", tones.label(Tone.NOT_APPLICABLE), 2, Kind.NUMBER),
            Column("empty", _("Not released or awaited"), 2, Kind.NUMBER),
            Column("due", _("Due"), 2, Kind.NUMBER),
            Column("share", _("Share"), 2, Kind.PERCENT),
        ),
        rows=tuple(
            (Cell(named(moment.title)), Cell(pillar.code), *_reached(one))
            for moment in figures.moments(facts)
            for pillar, one in zip(facts.pillars, moment.pillars, strict=True)
        ),
        notes=(_("The four columns before “Due” add up to it."), _today()),
        sheet=_("Trends, counts"),
        anchor=anchor,
    )


def timeline_table(facts: ReviewFacts, item: ItemFacts, *, anchor: str) -> Table:
    """A row for each State, a column for each cycle: the cells of `timeline`, in words."""
    cycles = [(one.slug, one.title) for one in figures.cycles(facts)]
    return Table(
        caption=_("Action item %(item)s, cycle by cycle") % {"item": item_title(item)},
        columns=(
            Column("state", _("Member State"), 2),
            *(Column(f"cycle-{slug}", named(title), 2) for slug, title in cycles),
        ),
        rows=tuple(
            (Cell(named(state.name)), *(Cell(tones.label(tone), tone) for tone in cells))
            for state, cells in figures.history(facts, item)
        ),
        is_wide=len(cycles) > _NARROW_PAGE_COLUMNS,
        anchor=anchor,
    )


def _number_columns(facts: ReviewFacts) -> tuple[Column, ...]:
    """Every part in the order of the pictures, then what they add up to, and what was reported of it."""
    return (
        *(Column(tone.value, tones.label(tone), 2, Kind.NUMBER) for tone in tones.STACK),
        Column("empty", tones.label(figures.rest(facts)), 2, Kind.NUMBER),
        Column("due", _("Due"), 2, Kind.NUMBER),
        Column("reported", _("Reported"), 2, Kind.NUMBER),
        Column("share", _("Reported, of what is due"), 2, Kind.PERCENT),
    )


def _numbers(facts: ReviewFacts, one: Figures) -> tuple[Cell, ...]:
    numbers = (*(number for _tone, number in tones.parts(facts, one)), one.due, one.reported)
    return *map(number_cell, numbers), percent_cell(one.reported_share)


def _touched(touched: int, items: int) -> tuple[Cell, ...]:
    return *map(number_cell, (touched, items - touched, items)), percent_cell(share(touched, items))


def _reached(one: Figures) -> tuple[Cell, ...]:
    numbers = (one.reached, one.rest, one.not_applicable, one.empty, one.due)
    return *map(number_cell, numbers), percent_cell(one.reached_share)


def _sums(facts: ReviewFacts) -> str:
    text = _("The ratings and “%(empty)s” add up to “Due”: items that States owe, times Member States.")
    return text % {"empty": tones.label(figures.rest(facts))}


def _today() -> str:
    return _("Every cycle is counted over the action items and Member States of this report.")
