"""Figures by objective and by State, a picture of them, and the status of every item in every State."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from reporting import charts
from reporting.document import Block, Cell, Heading, Paragraph, Table
from reporting.facts import ReviewFacts
from reporting.review_report.counting import figures_table, states_table
from reporting.review_report.matrix import ratings_table
from reporting.review_report.wording import referring, words
from reporting.thematic_report.wholes import Whole


def picture(whole: Whole) -> tuple[Block, ...]:
    heading = Heading(1, _("Status and figures"), "picture", is_numbered=True)
    scoped, written = whole.scoped, whole.written("picture")
    if not scoped.items:
        return heading, *written, Paragraph(_("There is no action item to count."), is_numbered=True)
    text = referring(
        _(
            "Table %(matrix)s shows the rating of every item in every State, or why there is none. Table "
            "%(objectives)s counts the updates by objective, table %(states)s by State, table %(cells)s by both."
        ),
        matrix="matrix",
        objectives="figures-objectives",
        states="figures-states",
        cells="heat-table",
    )
    objectives = [(one.code, words(one.title), one.items) for pillar in scoped.pillars for one in pillar.objectives]
    return (
        heading,
        *written,
        Paragraph(text, is_numbered=True),
        *_drawn(scoped),
        ratings_table(scoped, scoped.items, _("Status of the action items"), "matrix", _("Matrix")),
        figures_table(scoped, _("Figures by objective"), "figures-objectives", objectives),
        states_table(scoped, "figures-states"),
        _by_both(scoped),
    )


def _drawn(scoped: ReviewFacts) -> tuple[Block, ...]:
    """A picture of every objective in every State, where there is room for one."""
    figure = charts.heat(scoped, table="heat-table", anchor="figure-heat")
    return (figure,) if figure else ()


def _by_both(scoped: ReviewFacts) -> Table:
    table = charts.heat_table(scoped, anchor="heat-table")
    whole = (Cell(_("All")), *table.footer[1:])  # of this report, and not of the whole plan
    return replace(table, footer=whole)
