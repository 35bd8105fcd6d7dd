"""The regional review report of facts made in memory, and what the tests of it read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reporting.document import Document, Heading, Paragraph, plain
from reporting.facts import Place, ReviewFacts, RoadmapFacts, Wording
from reporting.manuscript import Manuscript
from reporting.review_report import build
from tests.reporting import small_plan

PROVISIONS = {
    "implementation": ("A.I.1", "A.I.2", "A.I.3", "A.I.4", "A.I.5", "A.I.6"),
    "monitoring": ("A.M.1", "A.M.2", "A.M.3", "A.M.4", "A.M.5"),
    "communication": ("A.C.1", "A.C.2", "A.C.3", "A.C.4"),
}
ROADMAP = tuple(
    RoadmapFacts(code, part, Wording(f"Short {code}"), Wording(f"Text of {code}."), Place("report", 950, 950))
    for part, codes in PROVISIONS.items()
    for code in codes
)


def report(facts: ReviewFacts, manuscript: Manuscript | None = None, language: str = "en") -> Document:
    return build(facts, manuscript or Manuscript(), made_on=small_plan.MADE_ON, language=language)


def under(document: Document, anchor: str) -> list[str]:
    """All running text from the heading of this name to the next heading of its level or above."""
    found, level = [], 0
    for block in document.blocks:
        if isinstance(block, Heading):
            level = block.level if block.anchor == anchor else 0 if block.level <= level else level
        elif level and isinstance(block, Paragraph):
            found.append(f"{block.lead} {plain(block.text)}".strip())
    return found


def retold(facts: ReviewFacts, code: str, **changes: Any) -> ReviewFacts:
    """The facts with one action item changed."""
    pillars = tuple(
        replace(pillar, objectives=tuple(
            replace(one, items=tuple(replace(item, **changes) if item.code == code else item for item in one.items))
            for one in pillar.objectives
        ))
        for pillar in facts.pillars
    )  # fmt: skip
    return replace(facts, pillars=pillars)
