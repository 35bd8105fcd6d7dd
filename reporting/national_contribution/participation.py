"""What is due of the State, how far it has come, and its figures by rating."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.document import Block, Cell, Column, Heading, Kind, Paragraph, Table
from reporting.facts import ReviewFacts, Standing
from reporting.manuscript import Manuscript
from reporting.national_contribution.cleared import rest_label
from reporting.review_report.counting import figures_table
from reporting.review_report.narrative import narrative
from reporting.review_report.wording import number_cell, referring, words
from reporting.short_report import whose_words

_COUNTED = {
    "due": gettext_lazy("Due"),
    "open": gettext_lazy("Not yet cleared"),
    "overdue": gettext_lazy("of these, overdue"),
    "not_reconfirmed": gettext_lazy("of these, not reconfirmed"),
    "cleared": gettext_lazy("Cleared"),
    "accepted": gettext_lazy("Accepted"),
    "published": gettext_lazy("Published"),
}


def participation(cleared: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    """Figures of what is here; beside it, where the facts know, how far the rest has come."""
    heading = Heading(1, _("What is due and what is reported"), "participation", is_numbered=True)
    text = referring(
        _("Table %(pillars)s counts the updates by pillar and rating, table %(objectives)s by objective."),
        pillars="figures-pillars",
        objectives="figures-objectives",
    )
    pillars = [(one.code, words(one.title), one.items) for one in cleared.pillars]
    objectives = [(one.code, words(one.title), one.items) for pillar in cleared.pillars for one in pillar.objectives]
    rest = rest_label(cleared)
    return (
        heading,
        *narrative(cleared, manuscript, "participation"),
        Paragraph(whose_words(cleared), is_numbered=True),
        *_how_far(cleared),
        Paragraph(text, is_numbered=True),
        figures_table(cleared, _("Updates by pillar"), "figures-pillars", pillars, empty=rest),
        figures_table(cleared, _("Updates by objective"), "figures-objectives", objectives, empty=rest),
    )


def _how_far(cleared: ReviewFacts) -> tuple[Block, ...]:
    if not cleared.standing:
        said = _("How far the other updates have come is known to the State alone.")
        return (Paragraph(said, is_numbered=True),)
    text = referring(_("Table %(standing)s shows how far the updates have come."), standing="standing-table")
    return Paragraph(text, is_numbered=True), _standing(cleared)


def _standing(facts: ReviewFacts) -> Table:
    """Only the coordinator learns what is not reconfirmed: for others the column is left out."""
    titles = {one.code: words(one.title) for one in facts.pillars}
    names = [name for name in _COUNTED if any(getattr(one, name) is not None for one in facts.standing)]
    return Table(
        caption=_("Updates due, by pillar, and how far they have come"),
        columns=(
            Column("pillar", _("Pillar"), 1, Kind.CODE),
            Column("title", _("Title"), 5),
            *(Column(name, str(_COUNTED[name]), 2, Kind.NUMBER) for name in names),
        ),
        rows=tuple(
            (Cell(one.pillar), Cell(titles.get(one.pillar, "")), *_counts((one,), names)) for one in facts.standing
        ),
        footer=(Cell(""), Cell(_("All pillars")), *_counts(facts.standing, names)),
        notes=tuple(_notes(names)),
        sheet=_("Standing"),
        anchor="standing-table",
    )


def _notes(names: Collection[str]) -> Iterator[str]:
    yield _("“Not yet cleared”, “Cleared”, “Accepted” and “Published” add up to “Due”.")
    if "not_reconfirmed" in names:
        yield _("Not reconfirmed: the text was carried over from the last cycle, and nobody has confirmed it since.")


def _counts(standing: tuple[Standing, ...], names: Collection[str]) -> tuple[Cell, ...]:
    return tuple(number_cell(sum(getattr(one, name) or 0 for one in standing)) for name in names)
