"""What waits for whom: the questions of the desk, asked alike by counts, lists and reminders.

Nothing here widens what a person sees: the questions narrow `Update.objects.visible_to(person)`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, TextChoices, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.mandates import Mandate
from commitments.models import Commitment, Cycle, Event, Extension, MemberState, Update
from commitments.querysets import UpdateQuerySet, mandate_of
from commitments.workflow import MOVE_NAMES, Role, Status

NOTHING = Q(pk__in=[])
ONE_DAY = dt.timedelta(days=1)


class Wait(TextChoices):
    """One reason why an update waits for somebody."""

    DUE = "due", _("drafts to complete")
    RETURNED = "returned", _("returned to you")
    RECONFIRM = "reconfirm", _("carried over, to be reconfirmed")
    OVERDUE = "overdue", _("overdue drafts")
    TO_CLEAR = "to_clear", _("submitted, waiting for your clearance")
    SENT_BACK = "sent_back", _("returned by the secretariat")
    TO_REVIEW = "to_review", _("cleared, waiting for review")
    TO_PUBLISH = "to_publish", _("accepted, waiting to be published")


WAITS: dict[str, tuple[Wait, ...]] = {
    Role.FOCAL_POINT: (Wait.DUE, Wait.RETURNED, Wait.RECONFIRM, Wait.OVERDUE),
    Role.COORDINATOR: (Wait.TO_CLEAR, Wait.SENT_BACK, Wait.RECONFIRM, Wait.OVERDUE),
    Role.REVIEWER: (Wait.TO_REVIEW,),
    Role.EDITOR: (Wait.TO_REVIEW, Wait.TO_PUBLISH),
}
# What is in somebody's hands now; being late or carried over is a property of it.
IN_HAND: dict[str, tuple[Wait, ...]] = {
    **WAITS,
    Role.FOCAL_POINT: (Wait.DUE, Wait.RETURNED),
    Role.COORDINATOR: (Wait.TO_CLEAR, Wait.SENT_BACK),
}


def current_cycles(now: dt.datetime | None = None) -> list[Cycle]:
    """Open and not yet over, the newest first, with their extensions at hand."""
    yesterday = (now or timezone.now()).date() - ONE_DAY  # a day ends later in the capitals west of Greenwich
    rows = Cycle.objects.filter(opened_at__isnull=False, closes_on__gte=yesterday)
    return list(rows.order_by("-opens_on", "-pk").prefetch_related("extensions"))


def waits_of(person: Any) -> list[Wait]:
    """The reasons that concern this person's roles, each once, in the order of the desk."""
    roles = mandate_of(person).roles
    return list(dict.fromkeys(wait for role, waits in WAITS.items() if role in roles for wait in waits))


def moves_made() -> QuerySet:
    """Of each update of a query, what brought it from one stage to the next, the last first; a save is no such move."""
    moved = Event.objects.filter(update=OuterRef("pk"), move__in=MOVE_NAMES).exclude(move="edit")
    return moved.order_by("-sequence")  # and not by time: a clock may be set back


class Waiting:
    """The questions as one person asks them now. Five queries at most, whatever is asked."""

    def __init__(self, person: Any, now: dt.datetime | None = None) -> None:
        self.mandate: Mandate = mandate_of(person)
        self.now = now or timezone.now()
        self.cycles = current_cycles(self.now)
        self.states = {state.pk: state for state in MemberState.objects.order_by("name")}

    def updates(self) -> UpdateQuerySet:
        """All that is owed and that this person may see, with how each came to where it is. For whoever serves States
        alone, of these: nothing of another waits for them, and no database need look further."""
        last, seen = moves_made(), Update.objects.visible_to(self.mandate).due()
        if self.mandate.state_ids and not self.mandate.is_secretariat:
            seen = seen.filter(commitment__member_state__in=self.mandate.state_ids)
        return seen.annotate(
            last_move=Subquery(last.values("move")[:1]), last_from=Subquery(last.values("from_status")[:1])
        )

    def question(self, wait: str) -> Q:
        """One reason to wait, as a condition on `updates()`."""
        draft, returned = Q(status=Status.DRAFT), Q(last_move="return")
        here = Commitment.objects.filter(member_state__in=self.mandate.state_ids)
        own = Q(commitment__in=here.of_agencies(self.mandate.agency_ids))
        coordinated = Q(commitment__member_state__in=self.mandate.coordinated_state_ids)
        questions = {
            Wait.DUE: lambda: draft & own & self._open(),
            Wait.RETURNED: lambda: draft & own & returned,
            Wait.RECONFIRM: lambda: draft & (own | coordinated) & Q(to_be_reconfirmed=True) & self._open(),
            Wait.OVERDUE: lambda: draft & (own | coordinated) & self.overdue(),
            Wait.TO_CLEAR: lambda: Q(status=Status.SUBMITTED) & coordinated,
            Wait.SENT_BACK: lambda: draft & coordinated & returned & Q(last_from=Status.CLEARED),
            Wait.TO_REVIEW: lambda: _at(Status.CLEARED) if self.mandate.is_secretariat else NOTHING,
            Wait.TO_PUBLISH: lambda: _at(Status.ACCEPTED) if self.mandate.is_editor else NOTHING,
        }
        return questions[Wait(wait)]()

    def in_hand(self) -> Q:
        """All that waits for this person, in any of their roles."""
        waits = {wait for role in self.mandate.roles for wait in IN_HAND.get(role, ())}
        return reduce(or_, (self.question(wait) for wait in sorted(waits)), NOTHING)

    def counts(self, waits: Iterable[str]) -> dict[str, int]:
        """How many wait for each of these reasons, and under "" how many are in hand. One query."""
        questions = {wait: self.question(wait) for wait in waits} | {"": self.in_hand()}
        rows = self.updates().filter(reduce(or_, questions.values()))
        cases = (Case(When(asked, then=1)) for asked in questions.values())  # a filter that is never met ends the query
        numbers = {f"number_{place}": Count(case) for place, case in enumerate(cases)}
        found = rows.aggregate(**numbers)
        return dict(zip(questions, (found[name] for name in numbers), strict=True))

    def overdue(self) -> Q:
        """Drafts of current cycles whose window has ended, by each State's own clock."""
        return Q(status=Status.DRAFT) & self._windows(ended=True) & ~self._reopened()

    def _open(self) -> Q:
        return self._windows(ended=False) | self._reopened()

    def _windows(self, *, ended: bool) -> Q:
        questions = []
        for cycle in self.cycles:
            states = [pk for pk, state in self.states.items() if (cycle.due_at(state) <= self.now) == ended]
            questions.append(Q(cycle=cycle, commitment__member_state__in=states))
        return reduce(or_, questions, NOTHING)

    def _reopened(self) -> Q:
        """Items that were reopened, in cycles that are over too: they are nowhere else to be found."""
        questions = [
            Q(cycle=grant.cycle_id, commitment__member_state=grant.member_state_id)
            & Q(commitment__action_item=grant.action_item_id)
            for grant in self._reopenings
            if self.now < self.states[grant.member_state_id].end_of(grant.ends_on)
        ]
        return reduce(or_, questions, NOTHING)

    @cached_property
    def _reopenings(self) -> list[Extension]:
        return list(Extension.objects.filter(action_item__isnull=False, ends_on__gte=self.now.date() - ONE_DAY))


def _at(status: str) -> Q:
    """At this stage in any cycle. Cycles are named, so that the index by cycle and status is read and not every row."""
    return Q(status=status, cycle__in=Cycle.objects.exclude(opened_at=None))


def days_left(due_at: dt.datetime, now: dt.datetime | None = None) -> int:
    """Whole days until the window ends: 0 on its last day, negative once it has ended."""
    return (due_at - (now or timezone.now()) - dt.timedelta.resolution).days
