"""What a thematic report is made from, in one value."""

from __future__ import annotations

from dataclasses import dataclass

from reporting.document import Block
from reporting.facts import ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.narrative import narrative

NOT_WRITTEN = Manuscript()  # where a piece of the review report is asked for its facts alone


@dataclass(frozen=True)
class Whole:
    """How many items the plan has, the facts of the scope, what people wrote, and what the scope is called."""

    items_of_the_plan: int
    scoped: ReviewFacts
    manuscript: Manuscript
    subject: str

    def written(self, section: str) -> tuple[Block, ...]:
        """The passages of a section; what they cite is linked where it is of the scope."""
        return narrative(self.scoped, self.manuscript, section)
