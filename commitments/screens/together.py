"""One move on many updates: each made or refused on its own, each outcome told."""

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
        return titled(getattr(self.row, "commitment", self.row))

    @classmethod
    def refused(cls, row: Any, refusal: Refused) -> Outcome:
        told = [str(problem.message) for problem in refusal.problems] or [str(refusal.detail)]
        return cls(row, " ".join(told), False, refusal)


def titled(commitment: Any) -> str:
    item = commitment.action_item
    return f"{item.code} {item.in_language('short_title')}"


def make_each(
    move: Move, rows: Iterable[Update], words: Mapping[str, Any], *, by: Person, read: Callable[[Update], int | None]
) -> list[Outcome]:
    """The move on each row, upon the version that `read` says was shown; what is refused leaves the others alone."""
    outcomes = []
    for row in rows:
        try:
            row.make(move.name, by=by, version=read(row), **words)
        except Refused as refusal:
            outcomes.append(Outcome.refused(row, refusal))
        else:
            outcomes.append(Outcome(row, str(row.get_status_display())))
    return outcomes


def why_not(move: Move, row: Update) -> Outcome:
    """A row that this move cannot be made on now, with what the move needs."""
    needs = ", ".join(str(need.label) for need in move.needs)
    told = gettext("Not possible now: it is %(status)s.") % {"status": row.get_status_display().lower()}
    return Outcome(row, told + (" " + gettext("It needs %(needs)s.") % {"needs": needs} if needs else ""), False)


def is_number(text: str) -> bool:
    """A whole number that any database takes."""
    return text.isascii() and text.isdecimal() and len(text) < 19


def version_sent(sent: Mapping[str, Any], name: str = "version") -> int | None:
    """The version that a page had shown, as its form sends it back; None where it says none."""
    value = str(sent.get(name, ""))
    return int(value) if is_number(value) else None


def chosen(keys: Iterable[str], rows: UpdateQuerySet) -> list[Update]:
    """The rows under these keys (`cycle:KAZ:I.1.1`), in the order of the plan. Raises NotVisible if one is absent."""
    wanted = {key[:200] for key in keys}
    parts = [key.split(":") for key in wanted]
    if len(wanted) > MOST or any(len(part) != 3 for part in parts) or not "".join(wanted).isprintable():
        raise NotVisible()
    cycles, states, codes = ({part[place] for part in parts} for place in range(3))
    near = rows.filter(
        cycle__slug__in=cycles,
        commitment__member_state__iso_alpha3__in=states,
        commitment__action_item__code__in=codes,
    )
    found = [row for row in near.order_by("cycle__opens_on", "commitment__action_item__position") if row.key in wanted]
    if len(found) != len(wanted):
        raise NotVisible()
    return found
