"""What a person finds with some words: only in what they may see, group by group.

Nothing here widens what a person sees. A group tells how many it has up to a limit, and no more than that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from commitments.search import Piece, Sought

LIMIT = 50  # from here on a group has "more than" so many
LONGEST, MOST_WORDS = 200, 12  # of a query: letters, and words that it is searched by
_CODE = re.compile(r"(?:IV|I{1,3}|A)(?:\.(?:\d{1,2}|SPRR|[IMC]))*")


@dataclass(frozen=True)
class Question:
    """What is looked for, by whom, and where. Filters are natural keys; none is everywhere."""

    words: str
    person: Any
    state: str = ""
    cycle: str = ""
    pillar: str = ""

    @property
    def sought(self) -> Sought:
        return Sought.of(self.words)

    @property
    def filters(self) -> frozenset[str]:
        return frozenset(name for name in ("state", "cycle", "pillar") if getattr(self, name))

    @property
    def code(self) -> str:
        """The code of the plan that the query is, however its parts are divided; none if it is not one."""
        code = re.sub(r"[\s.,]+", ".", self.words.strip().strip(".,")).upper()
        return code if _CODE.fullmatch(code) else ""

    def within(self, **paths: str) -> Q:
        """The filters as a condition; `paths` leads to the natural key of each."""
        return Q(**{path: getattr(self, name) for name, path in paths.items() if getattr(self, name)})


@dataclass(frozen=True)
class Hit:
    """One line of what was found: where it leads, what it is, and the words around what was looked for."""

    title: list[Piece]
    address: str = ""
    about: str = ""
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """One group: what is found in it, how one row is shown, and the filters that can narrow it.

    A filter that says nothing about a group leaves the group out. `found` answers rows, or a list made in memory.
    """

    kind: str
    label: Any
    found: Callable[[Question], Any]
    shown: Callable[[Any, Question], Hit]
    narrowed_by: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Group:
    """What one source has for a question: some hits, how many in all up to LIMIT, and whether there are more here."""

    source: Source
    hits: list[Hit]
    count: int
    has_next: bool

    @property
    def is_beyond_limit(self) -> bool:
        return self.count > LIMIT


def look(source: Source, question: Question, *, start: int = 0, size: int) -> Group:
    """Keys are looked for first, no more than are told of; then the rows of one page are read."""
    if question.filters - source.narrowed_by:
        return Group(source, [], 0, has_next=False)
    found, enough = source.found(question), max(LIMIT, start + size) + 1
    if isinstance(found, list):
        rows, count = found[start : start + size], len(found)
    else:
        keys = list(found.values_list("pk", flat=True)[:enough])
        rows, count = list(found.filter(pk__in=keys[start : start + size])), len(keys)
    hits = [source.shown(row, question) for row in rows]
    return Group(source, hits, min(count, LIMIT + 1), has_next=count > start + size)
