"""What a revision says that an earlier one did not: field by field, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from commitments.content import SECTIONS
from commitments.guidance import GROUPS, GUIDANCE, LANGUAGE_NAMES
from commitments.models import Evidence, Revision
from commitments.screens.differences import Piece, differences
from commitments.screens.wording import shown

NAMES = ("original_language",)  # what stands in no group of the form


@dataclass(frozen=True)
class Compared:
    """One field: its pieces when put together without what was removed are the present words."""

    name: str
    label: Any
    pieces: list[Piece]
    language: str = ""  # of its words; those of a choice are in the reader's own

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


@dataclass(frozen=True)
class Comparison:
    """All that stands in one revision or the other. Against nothing, every word is simply there."""

    groups: list[tuple[Any, list[Compared]]]
    added: list[Evidence] = field(default_factory=list)
    removed: list[Evidence] = field(default_factory=list)

    @property
    def rows(self) -> list[Compared]:
        return [row for _legend, rows in self.groups for row in rows]

    @property
    def changed(self) -> list[Compared]:
        return [row for row in self.rows if row.is_changed]

    @property
    def is_same(self) -> bool:
        return not (self.changed or self.added or self.removed)


def compare(before: Revision | None, after: Revision) -> Comparison:
    """For whoever reads both whole. `before` None: the words of `after` as they are."""
    groups = [(legend, list(_fields(before, after, names))) for legend, names in GROUPS]
    about = [*_fields(before, after, NAMES), *_translations(before, after)]
    kept = [(legend, rows) for legend, rows in [*groups, (_("Language and translations"), about)] if rows]
    if before is None:
        return Comparison(kept)
    old, new = ({piece.pk: piece for piece in one.evidence.all()} for one in (before, after))
    return Comparison(kept, [new[pk] for pk in new.keys() - old.keys()], [old[pk] for pk in old.keys() - new.keys()])


def _fields(before: Revision | None, after: Revision, names: tuple[str, ...]) -> Iterator[Compared]:
    for name in names:
        then = shown(before, name) if before else ""
        if pieces := _pieces(before, then, shown(after, name)):
            yield Compared(name, GUIDANCE[name].label, pieces, after.original_language if name in SECTIONS else "")


def _translations(before: Revision | None, after: Revision) -> Iterator[Compared]:
    for language, named in LANGUAGE_NAMES.items():
        then, now = ((one.translations if one else {}).get(language, {}) for one in (before, after))
        for name in SECTIONS:
            if pieces := _pieces(before, then.get(name, ""), now.get(name, "")):
                yield Compared(f"{name}_{language}", f"{GUIDANCE[name].label} ({named})", pieces, language)


def _pieces(before: Revision | None, then: str, now: str) -> list[Piece]:
    if before is None:
        return [Piece("same", now)] if now else []
    return differences(then, now)
