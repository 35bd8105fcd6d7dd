"""What people wrote for a report: frozen, in order, free of the database. Facts stand in `facts`, never here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reporting.facts import Wording

NO_WORDS = Wording("")
WHOLE_DRAFT = "0"  # the paragraph of a comment on the draft as a whole


@dataclass(frozen=True)
class Masthead:
    """What stands above the title; empty parts are left out, an empty symbol is reserved."""

    symbol: str = ""
    session: str = ""
    agenda_item: str = ""
    original_language: str = "en"


@dataclass(frozen=True)
class Cited:
    """An update that a passage rests on, by its natural key within the cycle."""

    state: str
    item: str


@dataclass(frozen=True)
class Passage:
    """One paragraph that an editor wrote for one section. `{{ name }}` in its words is a figure of `placeholders`.

    `form` is "paragraph", or "good_practice" for one that stands in a box under its title.
    """

    uid: str
    section: str
    text: Wording
    form: str = "paragraph"
    title: Wording = NO_WORDS
    cites: tuple[Cited, ...] = ()


@dataclass(frozen=True)
class Recommendation:
    """Numbered through the report; `addressee` as in `models.Recommendation.Addressee`, `items` are codes."""

    number: int
    text: Wording
    addressee: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class FollowUp:
    """What became of a recommendation of the last report."""

    number: int
    text: Wording
    addressee: str
    outcome: str
    remarks: Wording = NO_WORDS


@dataclass(frozen=True)
class Remark:
    """A State's comment on one paragraph of the circulated draft, and how it was met."""

    state: str
    paragraph: str  # its number in the draft, or WHOLE_DRAFT
    text: str
    language: str
    verdict: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Statement:
    """What a State says of the cycle as a whole, signed by its coordinator; `receipt` is a SHA-256."""

    state: str
    text: Wording
    language: str
    signed_on: dt.date
    receipt: str


@dataclass(frozen=True)
class Manuscript:
    """All that people wrote for one report. An empty one makes a report of facts alone."""

    masthead: Masthead = Masthead()
    passages: tuple[Passage, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    remarks: tuple[Remark, ...] = ()
    statements: tuple[Statement, ...] = ()

    def of(self, section: str, form: str = "") -> tuple[Passage, ...]:
        """The passages of a section, in their order; those of one form where one is named."""
        return tuple(one for one in self.passages if one.section == section and form in ("", one.form))
