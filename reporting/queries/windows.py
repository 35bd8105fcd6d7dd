"""When each State's window ends, and which day it is in its capital."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from commitments.models import Cycle, MemberState
from reporting.sources import RECORDED_FROM


class Windows:
    """The windows of a cycle by code, extensions and reopenings included. Reads nothing: the cycle has them at hand.

    A cycle that was recorded later from a document had no window for anybody, so none has ended.
    """

    def __init__(self, cycle: Cycle, members: Iterable[MemberState]) -> None:
        self._cycle = cycle
        self._members = {member.iso_alpha3: member for member in members}
        self._zones = {code: ZoneInfo(member.time_zone) for code, member in self._members.items()}
        self._codes = {member.pk: code for code, member in self._members.items()}
        self._reopened = {
            (self._codes.get(one.member_state_id), one.action_item.code): one.action_item_id
            for one in cycle.extensions.all()
            if one.action_item
        }
        self._ends: dict[tuple[str, int | None], dt.datetime] = {}

    def has_ended(self, state: str, item: str, at: dt.datetime) -> bool:
        """Whether, at this instant, the State could no longer write on this item."""
        if self._cycle.slug in RECORDED_FROM:
            return False
        key = state, self._reopened.get((state, item))
        if key not in self._ends:
            self._ends[key] = self._cycle.due_at(self._members[state], key[1])
        return at >= self._ends[key]

    def day(self, state: str, at: dt.datetime) -> dt.date:
        """The day of an instant in the State's capital, where its deadlines are days too."""
        return at.astimezone(self._zones[state]).date()
