"""Several rows in one go: each named before, each acted upon or refused on its own, each outcome told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from commitments.errors import NotVisible, Refused
from commitments.models import Person, Update
from commitments.querysets import UpdateQuerySet
from commitments.workflow import Move

MOST = 200  # rows acted upon at once: more than a State has commitments


@dataclass(frozen=True)
class Outcome:
    """What became of one row."""

    row: Any
    message: str
    is_done: bool = True
    refusal: Refused | None = None

    @property
    def title(self) -> str:
        """The item's code and short title, in the reader's language; of an update as of a commitment."""
        return str(getattr(self.row, "commitment", self.row).action_item.titled)


def each(rows: Iterable[Any], act: Callable[[Any], Any]) -> list[Outcome]:
    """`act` on each row, which answers what became of it in words; what is refused leaves the others alone."""
    return [_outcome(row, act) for row in rows]


def _outcome(row: Any, act: Callable[[Any], Any]) -> Outcome:
    try:
        return Outcome(row, str(act(row)))
    except Refused as refusal:
        return Outcome(row, refusal.in_words, False, refusal)


def make_each(
    move: Move, rows: Iterable[Update], words: Mapping[str, Any], *, by: Person, read: Callable[[Update], int | None]
) -> list[Outcome]:
    """The move on each row, upon the version that `read` says was shown."""
    return each(rows, lambda row: row.make(move.name, by=by, version=read(row), **words).get_status_display())


def why_not(move: Move, row: Update) -> Outcome:
    """A row that this move cannot be made on now, with what the move needs."""
    needs = ", ".join(str(need.label) for need in move.needs)
    told = gettext("Not possible now: it is %(status)s.") % {"status": row.get_status_display().lower()}
    return Outcome(row, told + (" " + gettext("It needs %(needs)s.") % {"needs": needs} if needs else ""), False)


def chosen_rows(keys: Iterable[str], rows: UpdateQuerySet) -> list[Update]:
    """The rows under these keys (`cycle:KAZ:I.1.1`), in the order of the plan. Raises NotVisible if one is absent."""
    wanted = set(keys)
    ordered = rows.order_by("cycle__opens_on", "commitment__action_item__position")
    found = ordered.by_keys(wanted) if len(wanted) <= MOST else {}
    if len(found) != len(wanted):
        raise NotVisible()
    return list(found.values())
