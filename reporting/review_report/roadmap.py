"""The roadmap of the plan (Annex A): each provision quoted, and what in this report answers it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from commitments.models import RoadmapProvision
from reporting.document import Block, Heading, Paragraph
from reporting.facts import ReviewFacts, RoadmapFacts
from reporting.manuscript import Manuscript
from reporting.review_report.answers import answer, resources_table
from reporting.review_report.narrative import narrative
from reporting.review_report.wording import cited, quotes, words


def roadmap(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    heading = Heading(1, _("The roadmap of the plan, point by point"), "annex-a", is_numbered=True)
    written = narrative(facts, manuscript, "annex-a")
    if not facts.roadmap:
        nothing = _("The plan under review is recorded without a roadmap.")
        return heading, *written, Paragraph(nothing, is_numbered=True)
    intro = _(
        "Annex A of the plan suggests how it is carried out, followed and made known. Below each of its "
        "provisions stands what in this report answers it."
    )
    return heading, *written, Paragraph(intro, is_numbered=True), *_parts(facts, manuscript)


def _parts(facts: ReviewFacts, manuscript: Manuscript) -> Iterator[Block]:
    for part, provisions in groupby(facts.roadmap, key=lambda one: one.part):
        yield Heading(2, str(RoadmapProvision.Part(part).label), f"roadmap-{part}", is_numbered=True)
        for one in provisions:
            yield from _provision(facts, manuscript, one)
        if part == RoadmapProvision.Part.IMPLEMENTATION:
            yield resources_table(facts)


def _provision(facts: ReviewFacts, manuscript: Manuscript, one: RoadmapFacts) -> Iterator[Block]:
    yield Heading(3, f"{one.code} {words(one.short_title)}", f"provision-{one.code}")
    yield from quotes(one.text, cited(one.place))
    yield Paragraph(answer(facts, manuscript, one.code), is_numbered=True)
