"""Which way things move: what the States answer, what has changed since the last cycle, and the cycles on a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from commitments.content import Trend
from reporting import charts, figures
from reporting.document import Block, Cell, Column, Kind, Paragraph, Table
from reporting.facts import ItemFacts, ReviewFacts
from reporting.review_report.counting import beyond_note
from reporting.review_report.wording import number_cell, pillar_title, referring, words


def trend(facts: ReviewFacts) -> Iterator[Block]:
    text = _(
        "Table %(table)s counts the trends that the States report: which way things have moved since the last report."
    )
    yield Paragraph(referring(text, table="trend-table"), is_numbered=True)
    yield _answers(facts)
    figure = charts.trends(facts, table="cycles-table", anchor="figure-trends")
    if figure is None:
        first = _(
            "There is no cycle before this one with updates that the readers of this report may see: nothing can be "
            "compared."
        )
        yield Paragraph(first, is_numbered=True)
        return
    moved = _("Table %(table)s compares the ratings with those of the last cycle, item by item.")
    yield Paragraph(referring(moved, table="movement-table"), is_numbered=True)
    yield _movements(facts)
    cycles = _(
        "Table %(table)s and figure %(figure)s compare this cycle with those before it; table %(sums)s shows what the "
        "shares are counted from."
    )
    links = {"table": "cycles-table", "figure": "figure-trends", "sums": "cycles-sums"}
    yield Paragraph(referring(cycles, **links), is_numbered=True)
    yield figure
    yield charts.trends_table(facts, anchor="cycles-table")
    yield charts.trends_sums(facts, anchor="cycles-sums")


def _answers(facts: ReviewFacts) -> Table:
    columns = (*((trend.value, str(trend.label)) for trend in Trend), ("", _("No answer")))
    rows = [(pillar_title(pillar), pillar.items) for pillar in facts.pillars]
    return Table(
        caption=_("Trend, by pillar"),
        columns=(
            Column("pillar", _("Pillar"), 5),
            *(Column(key or "unanswered", label, 1, Kind.NUMBER) for key, label in columns),
            Column("reported", _("Reported"), 1, Kind.NUMBER),
        ),
        rows=tuple(_answers_row(facts, name, items, [key for key, _label in columns]) for name, items in rows),
        footer=_answers_row(facts, _("Whole plan"), facts.items, [key for key, _label in columns]),
        notes=(_("The answers add up to “Reported”."), *beyond_note(facts)),
        sheet=_("Trend"),
        anchor="trend-table",
    )


def _answers_row(facts: ReviewFacts, name: str, items: tuple[ItemFacts, ...], keys: list[str]) -> tuple[Cell, ...]:
    owed = [item for item in items if item.is_owed]
    counts = Counter(update.trend for item in owed for update in facts.updates_on(item.code))
    numbers = [counts[key] for key in keys]
    return Cell(name), *map(number_cell, numbers), number_cell(sum(numbers))


def _movements(facts: ReviewFacts) -> Table:
    rows = [(pillar_title(pillar), pillar.items) for pillar in facts.pillars]
    return Table(
        caption=_("Ratings against those of the last cycle (%(cycle)s)") % {"cycle": words(facts.earlier[-1].title)},
        columns=(
            Column("pillar", _("Pillar"), 5),
            Column("forward", _("Forward"), 1, Kind.NUMBER),
            Column("unchanged", _("Unchanged"), 1, Kind.NUMBER),
            Column("backward", _("Backward"), 1, Kind.NUMBER),
            Column("apart", _("Not comparable"), 1, Kind.NUMBER),
            Column("new", _("Not in the last cycle"), 1, Kind.NUMBER),
            Column("reported", _("Reported"), 1, Kind.NUMBER),
            Column("gone", _("Only in the last cycle"), 1, Kind.NUMBER),
        ),
        rows=tuple(_movements_row(facts, name, items) for name, items in rows),
        footer=_movements_row(facts, _("Whole plan"), facts.items),
        notes=(
            _(
                "The five columns before “Reported” add up to it. “Not comparable”: one of the two ratings is “not "
                "applicable” or “no information”."
            ),
        ),
        sheet=_("Movement"),
        anchor="movement-table",
    )


def _movements_row(facts: ReviewFacts, name: str, items: tuple[ItemFacts, ...]) -> tuple[Cell, ...]:
    one = figures.movement(facts, items) or figures.Movement()
    parts = (one.forward, one.unchanged, one.backward, one.apart, one.new)
    return Cell(name), *map(number_cell, (*parts, sum(parts), one.gone))
