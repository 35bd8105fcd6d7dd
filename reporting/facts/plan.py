"""The plan, the cycle and the States as facts: what is adopted, and when it is reported on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Wording:
    """Words as adopted or submitted, and their unofficial translations as (language, text)."""

    text: str
    translations: tuple[tuple[str, str], ...] = ()

    def translated(self, language: str) -> str:
        """The translation into this language, or empty."""
        return dict(self.translations).get(language, "")

    def within(self, *languages: str) -> str:
        """The words in the first of these languages that there is a translation into, else as they are."""
        return next(filter(None, map(self.translated, languages)), self.text)


@dataclass(frozen=True)
class Place:
    """Lines of a source document, first to last; (0, 0) where none are recorded."""

    document: str
    first_line: int = 0
    last_line: int = 0


@dataclass(frozen=True)
class PlanFacts:
    """`places`: the place of adoption in other languages, as (language, name)."""

    slug: str
    title: Wording
    adopted_on: dt.date
    adopted_in: str
    source: str
    places: tuple[tuple[str, str], ...] = ()

    @property
    def adopted_at(self) -> Wording:
        return Wording(self.adopted_in, self.places)


@dataclass(frozen=True)
class CycleFacts:
    """`begins_on` is the day after the cycle before ended, None for the first one."""

    slug: str
    title: Wording
    review: Wording
    begins_on: dt.date | None
    opens_on: dt.date
    submissions_due_on: dt.date
    closes_on: dt.date
    phase: str
    dates_note: Wording


@dataclass(frozen=True)
class StateFacts:
    """One Member State; `code` is ISO 3166-1 alpha-3, `is_over` whether the cycle has ended by its capital's clock."""

    code: str
    name: Wording
    is_over: bool


@dataclass(frozen=True)
class Provision:
    """A quoted line of the plan with its code: a sub-measure, or a provision of the roadmap."""

    code: str
    text: Wording
    place: Place


@dataclass(frozen=True)
class RoadmapFacts:
    """A provision of the roadmap; `part` is implementation, monitoring or communication."""

    code: str
    part: str
    short_title: Wording
    text: Wording
    place: Place


@dataclass(frozen=True)
class ThemeFacts:
    slug: str
    title: Wording


@dataclass(frozen=True)
class ItemFacts:
    code: str
    short_title: Wording
    text: Wording
    addressee: str
    is_owed: bool  # by each Member State: national and joint items
    place: Place
    group: Wording | None = None
    sub_measures: tuple[Provision, ...] = ()
    themes: tuple[str, ...] = ()  # slugs


@dataclass(frozen=True)
class ObjectiveFacts:
    code: str
    title: Wording
    items: tuple[ItemFacts, ...]


@dataclass(frozen=True)
class PillarFacts:
    code: str
    title: Wording
    objectives: tuple[ObjectiveFacts, ...]

    @cached_property
    def items(self) -> tuple[ItemFacts, ...]:
        return tuple(item for objective in self.objectives for item in objective.items)
