"""Tables of figures, and the words that stand beside figures: one home for all kinds of report."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from commitments.content import Rating
from reporting import figures
from reporting.charts import tones
from reporting.document import Cell, Column, Kind, Table
from reporting.facts import ItemFacts, ReviewFacts
from reporting.figures import Figures
from reporting.review_report.wording import number_cell, percent_cell, words


def figures_table(
    facts: ReviewFacts,
    caption: str,
    anchor: str,
    rows: Iterable[tuple[str, str, tuple[ItemFacts, ...]]],
    *,
    whole: str = "",
    empty: str = "",
) -> Table:
    """Due, each rating, reported, the rest and a share for each (code, title, items), and for all items of the facts.

    `whole` is what all of them are called; `empty` the rest, where it is neither awaited nor unreleased.
    """
    empty = empty or empty_label(facts)
    return Table(
        caption=caption,
        columns=(
            Column("code", _("Code"), 2, Kind.CODE),
            Column("title", _("Title"), 6),
            Column("items", _("Items"), 2, Kind.NUMBER),
            *_rating_columns(empty),
            Column("share", _("Reported, of what is due"), 2, Kind.PERCENT),
        ),
        rows=tuple(_row(facts, code, title, items) for code, title, items in rows),
        footer=_row(facts, "", whole or _("All"), facts.items),
        notes=(sums_note(empty), *beyond_note(facts)),
        sheet=caption,
        is_wide=True,
        anchor=anchor,
    )


def states_table(facts: ReviewFacts, anchor: str) -> Table:
    """The same by State, and without a share: the States are not made to be compared."""
    empty = empty_label(facts)
    return Table(
        caption=_("Figures by Member State"),
        columns=(Column("state", _("Member State"), 6), *_rating_columns(empty)),
        rows=tuple((Cell(words(one.name)), *_numbers(figures.of_state(facts, one.code))) for one in facts.states),
        footer=(Cell(_("All States")), *_numbers(figures.of_all(facts))),
        notes=(sums_note(empty), *beyond_note(facts)),
        sheet=_("Figures by State"),
        is_wide=True,
        anchor=anchor,
    )


def _rating_columns(empty: str) -> tuple[Column, ...]:
    return (
        Column("due", _("Due"), 2, Kind.NUMBER),
        *(Column(rating.value, str(rating.label), 2, Kind.NUMBER) for rating in Rating),
        Column("reported", _("Reported"), 2, Kind.NUMBER),
        Column("empty", empty, 2, Kind.NUMBER),
    )


def _row(facts: ReviewFacts, code: str, title: str, items: tuple[ItemFacts, ...]) -> tuple[Cell, ...]:
    one = figures.of_items(facts, items)
    return Cell(code), Cell(title), number_cell(len(items)), *_numbers(one), percent_cell(one.reported_share)


def _numbers(one: Figures) -> tuple[Cell, ...]:
    """Due, each rating, reported, and the rest."""
    return tuple(map(number_cell, (one.due, *(number for _rating, number in one.ratings), one.reported, one.empty)))


def empty_label(facts: ReviewFacts) -> str:
    """What is due and not there: awaited while the cycle runs, not released once it is over."""
    return tones.label(figures.rest(facts))


def sums_note(empty: str) -> str:
    """How the numbers of a table of figures hang together."""
    text = _(
        "Due: items addressed to the States, each or together, once for each State. The six ratings add up to "
        "“Reported”; this and “%(empty)s” add up to “Due”."
    )
    return text % {"empty": empty}


def beyond_note(facts: ReviewFacts) -> tuple[str, ...]:
    """A remark where States report on items that nobody owes."""
    number = figures.of_all(facts).beyond
    if not number:
        return ()
    text = _("Updates on items that no State owes, which these figures leave out: %(number)d.")
    return (text % {"number": number},)
