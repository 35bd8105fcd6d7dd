"""Where a State's updates of one cycle stand, since when, and with whom: lines, and a board that counts them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.models import Cycle, MemberState, Update
from commitments.models.plan import OWED_BY_STATES
from commitments.querysets import UpdateQuerySet
from commitments.waiting import Waiting, moves_made
from commitments.workflow import CLEARED_STATUSES, Status

NOBODY_LEADS = "none"
# Besides the statuses: what a coordinator looks for across them.
OPEN, OVERDUE = "open", "overdue"
STAGES = (
    *Status.choices,
    (OPEN, _("Not cleared yet")),
    (OVERDUE, _("Overdue")),
)
PLAN_ORDER = "plan"
LIGHT = (
    *("status", "version", "to_be_reconfirmed", "withheld_sections", "cycle__slug", "cycle__opened_at"),
    *(f"commitment__{name}" for name in ("lead_agency_id", "member_state__iso_alpha3")),
    *(f"commitment__lead_agency__{name}" for name in ("slug", "name", "translations")),
    *(f"commitment__action_item__{name}" for name in ("code", "short_title", "translations", "position", "addressee")),
    *(f"commitment__action_item__objective__pillar__{name}" for name in ("code", "title", "translations", "position")),
)
RELATED = ("cycle", "commitment__member_state", "commitment__lead_agency")
PILLAR = "commitment__action_item__objective__pillar"


@dataclass(frozen=True)
class Line:
    """One update on the board: where it stands, and since when."""

    update: Update
    since: dt.datetime | None
    days: int
    is_overdue: bool

    @property
    def status(self) -> str:
        return self.update.status

    @property
    def item(self) -> Any:
        return self.update.commitment.action_item

    @property
    def title(self) -> str:
        return str(self.item.in_language("short_title"))

    @property
    def pillar(self) -> Any:
        return self.item.objective.pillar

    @property
    def agency(self) -> Any:
        return self.update.commitment.lead_agency

    @property
    def agency_slug(self) -> str:
        return self.agency.slug if self.agency else NOBODY_LEADS

    @property
    def is_owed(self) -> bool:
        return self.item.addressee in OWED_BY_STATES

    def is_at(self, stage: str) -> bool:
        if stage == OPEN:
            return self.is_owed and self.status not in CLEARED_STATUSES
        return self.is_overdue if stage == OVERDUE else self.status == stage


def lines_of(rows: UpdateQuerySet, waiting: Waiting) -> list[Line]:
    """In the order of the plan, each with the age of its stage: days since the move that brought it there.

    Two queries, whatever is asked. A draft that nobody has moved is as old as the cycle is open.
    """
    late = set(waiting.updates().filter(waiting.overdue(), pk__in=rows.values("pk")).values_list("pk", flat=True))
    moved = rows.annotate(moved_at=Subquery(moves_made().values("at")[:1])).select_related(*RELATED, PILLAR)
    ordered = moved.order_by("commitment__action_item__position", "pk").only(*LIGHT)
    return [_line(update, update.pk in late, waiting.now) for update in ordered]


def _line(update: Any, is_overdue: bool, now: dt.datetime) -> Line:
    since = update.moved_at or update.cycle.opened_at
    return Line(update, since, max((now - since).days, 0) if since else 0, is_overdue)


def first_things_first(lines: Iterable[Line]) -> list[Line]:
    """What is late, then what has stood longest where it is."""
    return sorted(lines, key=lambda line: (not line.is_overdue, -line.days))


@dataclass(frozen=True)
class Filters:
    """What the board is narrowed to. Words that name nothing find nothing."""

    pillar: str = ""
    agency: str = ""
    stage: str = ""
    order: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Filters:
        return cls(**{name: asked.get(name, "")[:80] for name in cls.__dataclass_fields__})

    def narrow(self, lines: Iterable[Line]) -> list[Line]:
        kept = [
            line
            for line in lines
            if self.pillar in ("", line.pillar.code)
            and self.agency in ("", line.agency_slug)
            and (not self.stage or line.is_at(self.stage))
        ]
        return kept if self.order == PLAN_ORDER else first_things_first(kept)


@dataclass(frozen=True)
class Cell:
    """How many stand there, how long the oldest has, and the list behind it."""

    count: int = 0
    oldest: int = 0
    query: str = ""
    stage: str = ""

    @property
    def is_late(self) -> bool:
        return self.stage == OVERDUE and self.count > 0


@dataclass(frozen=True)
class Row:
    label: str
    is_vacant: bool
    cells: list[Cell]
    total: Cell


@dataclass(frozen=True)
class Group:
    """One pillar, or all of them."""

    label: str
    rows: list[Row]
    total: Row


class Board:
    """A State's updates of one cycle: pillar x agency x status. A fixed number of queries, whatever the size."""

    stages = (*Status.choices, STAGES[-1])

    def __init__(self, waiting: Waiting, state: MemberState, cycle: Cycle) -> None:
        self.waiting, self.state, self.cycle = waiting, state, cycle

    @cached_property
    def lines(self) -> list[Line]:
        """What is owed, and what was written beyond that and submitted."""
        mandate = self.waiting.mandate
        own = Update.objects.visible_to(mandate).coordinated_by(mandate)
        here = own.filter(commitment__member_state=self.state, cycle=self.cycle)
        asked = Q(commitment__action_item__addressee__in=OWED_BY_STATES) | ~Q(status=Status.DRAFT)
        return lines_of(here.filter(asked), self.waiting)

    @property
    def uncleared(self) -> int:
        return sum(line.is_at(OPEN) for line in self.lines)

    @property
    def unled(self) -> int:
        return sum(line.agency is None and line.status == Status.DRAFT for line in self.lines)

    @property
    def overdue(self) -> int:
        return sum(line.is_overdue for line in self.lines)

    @property
    def submitted(self) -> int:
        return sum(line.status == Status.SUBMITTED for line in self.lines)

    @property
    def pillars(self) -> list[tuple[str, str]]:
        return list(dict.fromkeys((line.pillar.code, line.pillar.titled) for line in self.lines))

    @property
    def agencies(self) -> list[tuple[str, Any]]:
        """Those that lead something here, by name; nobody comes last."""
        named = {line.agency_slug: line.agency.own_name() if line.agency else "" for line in self.lines}
        rest = sorted(((slug, name) for slug, name in named.items() if name), key=lambda pair: pair[1])
        return [*rest, *([(NOBODY_LEADS, _("No lead agency"))] if NOBODY_LEADS in named else [])]

    def groups(self) -> list[Group]:
        """A group of rows for each pillar, and one of the whole."""
        found = []
        for code, title in self.pillars:
            inside = [line for line in self.lines if line.pillar.code == code]
            found.append(self._group(title, inside, {"pillar": code}))
        return [*found, self._group(str(_("All pillars")), self.lines, {})] if len(found) > 1 else found

    def _group(self, label: str, lines: list[Line], where: dict[str, str]) -> Group:
        by_agency: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            by_agency[line.agency_slug].append(line)
        rows = [
            self._row(str(name), by_agency[slug], where | {"agency": slug}, slug == NOBODY_LEADS)
            for slug, name in self.agencies
            if slug in by_agency
        ]
        return Group(label, rows, self._row(label, lines, where))

    def _row(self, label: str, lines: list[Line], where: dict[str, str], is_vacant: bool = False) -> Row:
        at = {stage: [line for line in lines if line.is_at(stage)] for stage, _name in self.stages}
        cells = [self._cell(found, where, stage) for stage, found in at.items()]
        return Row(label, is_vacant, cells, self._cell(lines, where))

    def _cell(self, lines: list[Line], where: dict[str, str], stage: str = "") -> Cell:
        asked = {"cycle": self.cycle.slug, "state": self.state.iso_alpha3} | where | ({"stage": stage} if stage else {})
        return Cell(len(lines), max((line.days for line in lines), default=0), urlencode(asked), stage)


def queue(waiting: Waiting) -> list[Line]:
    """What waits for this coordinator's clearance, in whatever cycle, the oldest first; owed or not."""
    own = Update.objects.visible_to(waiting.mandate).coordinated_by(waiting.mandate)
    lines = lines_of(own.filter(status=Status.SUBMITTED), waiting)
    return sorted(lines, key=lambda line: line.since or timezone.now())
