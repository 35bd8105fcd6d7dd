"""The region as a whole: figures, trend, coverage of the objectives, what nobody reports on, status of every item."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting import charts, figures
from reporting.document import Block, Heading, Paragraph
from reporting.facts import ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.counting import figures_table
from reporting.review_report.matrix import matrix
from reporting.review_report.narrative import narrative
from reporting.review_report.trend import trend
from reporting.review_report.wording import joined, referring, words


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
    objectives = [(one.code, words(one.title), one.items) for pillar in facts.pillars for one in pillar.objectives]
    pillars = [(one.code, words(one.title), one.items) for one in facts.pillars]
    whole = _("Whole plan")
    heat = charts.heat(facts, table="heat-table", anchor="figure-heat")
    yield Paragraph(counted, is_numbered=True)
    yield charts.bars(facts, table="figures-pillars", anchor="figure-pillars")
    if heat:
        shown = _("Figure %(figure)s and table %(table)s show each objective and State.")
        yield Paragraph(referring(shown, figure="figure-heat", table="heat-table"), is_numbered=True)
        yield heat
    yield figures_table(facts, _("Figures by pillar"), "figures-pillars", pillars, whole=whole)
    yield figures_table(facts, _("Figures by objective"), "figures-objectives", objectives, whole=whole)
    if heat:
        yield charts.heat_table(facts, anchor="heat-table")


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
