"""What the shorter kinds of report have in common: the lines of the masthead, narrative, figures by rating."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from commitments.content import Rating
from commitments.guidance import LANGUAGE_NAMES
from commitments.models import Phase
from commitments.workflow import Audience
from reporting import figures
from reporting.document import Block, Cell, Column, Kind, Table
from reporting.facts import ItemFacts, ReviewFacts, Wording
from reporting.manuscript import Manuscript
from reporting.placeholders import fill
from reporting.review_report.introduction import is_recorded
from reporting.review_report.narrative import narrative
from reporting.review_report.picture import beyond_note, empty_label
from reporting.review_report.wording import day, number_cell, percent_cell, words
from reporting.sources import RECORDED_FROM, document


def masthead(facts: ReviewFacts, manuscript: Manuscript) -> tuple[tuple[str, str], ...]:
    """Lines above the text: an empty symbol is reserved, other empty parts are left out."""
    above = manuscript.masthead
    adopted = _("%(place)s, %(day)s") % {"place": facts.plan.adopted_in, "day": day(facts.plan.adopted_on)}
    written = LANGUAGE_NAMES.get(above.original_language, above.original_language)
    lines = (
        (_("Symbol"), "" if above.symbol else _("to be assigned")),
        (_("Distribution"), str(Audience(facts.audience).label)),
        (_("Original language"), str(written)),
        (_("Session"), above.session),
        (_("Agenda item"), above.agenda_item),
        (_("Plan"), f"{words(facts.plan.title)} ({adopted})"),
        (_("Review cycle"), words(facts.cycle.title)),
        (_("Stage of the cycle"), str(Phase(facts.cycle.phase).label)),
    )
    return tuple((label, value) for label, value in lines if value)


def whose_words(facts: ReviewFacts) -> str:
    """What the figures are and are not, in two sentences."""
    if not is_recorded(facts):
        return _(
            "What is reported, its rating and its trend are each State's own assertion, cleared by its national "
            "coordinator and released to the audience that the State decided; nobody has verified it."
        )
    text = _(
        "The updates of this cycle were recorded from a public document, %(source)s, and rated by a cautious reading "
        "of it; the ratings are not the States' own judgement, and nobody has verified the statements."
    )
    return text % {"source": document(RECORDED_FROM[facts.cycle.slug]).title}


def with_figures(facts: ReviewFacts, manuscript: Manuscript) -> Manuscript:
    """What people wrote, with the figures of these facts in place of their names, in the language that is active.

    So a report on a portion of the facts shows the figures that an editor sees, who writes beside the whole.
    """
    return replace(
        manuscript,
        passages=tuple(_filled(facts, one, "text", "title") for one in manuscript.passages),
        recommendations=tuple(_filled(facts, one, "text") for one in manuscript.recommendations),
        follow_ups=tuple(_filled(facts, one, "text", "remarks") for one in manuscript.follow_ups),
    )


def _filled(facts: ReviewFacts, one: Any, *names: str) -> Any:
    wordings = {name: getattr(one, name) for name in names}
    return replace(
        one,
        **{
            name: Wording(fill(each.text, facts), tuple((code, fill(text, facts)) for code, text in each.translations))
            for name, each in wordings.items()
        },
    )


def unlinked(facts: ReviewFacts, manuscript: Manuscript, section: str) -> tuple[Block, ...]:
    """The passages of a section in a report that does not show the updates they cite: these go by name."""
    return narrative(replace(facts, updates=()), with_figures(facts, manuscript), section)


def figures_table(
    facts: ReviewFacts,
    caption: str,
    anchor: str,
    rows: Iterable[tuple[str, str, tuple[ItemFacts, ...]]],
    *,
    empty: str = "",
) -> Table:
    """Due, each rating, reported and the rest for each (code, title, items), and for all items of the facts.

    `empty` is what the rest is called, where it is neither awaited nor unreleased.
    """
    empty = empty or empty_label(facts)
    return Table(
        caption=caption,
        columns=(
            Column("code", _("Code"), 2, Kind.CODE),
            Column("title", _("Title"), 6),
            Column("items", _("Items"), 2, Kind.NUMBER),
            *rating_columns(empty),
        ),
        rows=tuple(_figures_row(facts, code, title, items) for code, title, items in rows),
        footer=_figures_row(facts, "", _("All"), facts.items),
        notes=(sums_note(empty), *beyond_note(facts)),
        sheet=caption,
        is_wide=True,
        anchor=anchor,
    )


def rating_columns(empty: str) -> tuple[Column, ...]:
    """Due, each rating, reported, the rest and the share."""
    return (
        Column("due", _("Due"), 2, Kind.NUMBER),
        *(Column(rating.value, str(rating.label), 2, Kind.NUMBER) for rating in Rating),
        Column("reported", _("Reported"), 2, Kind.NUMBER),
        Column("empty", empty, 2, Kind.NUMBER),
        Column("share", _("Reported, of what is due"), 2, Kind.PERCENT),
    )


def sums_note(empty: str) -> str:
    """How the numbers of a table of figures hang together."""
    text = _(
        "Due: items addressed to the States, each or together, once for each State. The six ratings add up to "
        "“Reported”; this and “%(empty)s” add up to “Due”."
    )
    return text % {"empty": empty}


def _figures_row(facts: ReviewFacts, code: str, title: str, items: tuple[ItemFacts, ...]) -> tuple[Cell, ...]:
    one = figures.of_items(facts, items)
    numbers = (len(items), one.due, *(number for _rating, number in one.ratings), one.reported, one.empty)
    return Cell(code), Cell(title), *map(number_cell, numbers), percent_cell(one.reported_share)
