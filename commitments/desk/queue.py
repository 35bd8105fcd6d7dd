"""The review queue: what States have cleared for the United Nations, whatever has waited longest first."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commitments.desk.secretariat import ALL, Narrowing
from commitments.mandates import Mandate
from commitments.models import Event, Update
from commitments.querysets import UpdateQuerySet
from commitments.workflow import CLEARED_STATUSES, MOVE_NAMES, Status

STATUSES: list[tuple[str, Any]] = [
    (Status.CLEARED, _("Cleared: to review")),
    (Status.ACCEPTED, _("Accepted: to publish")),
    (Status.PUBLISHED, _("Published")),
    (ALL, _("All of these")),
]


class Queue:
    """The updates that match what was chosen, as the secretariat sees them."""

    def __init__(self, mandate: Mandate, sent: Any) -> None:
        self.mandate = mandate
        self.narrowing = Narrowing(sent, STATUSES, status=Status.CLEARED, is_of_one_cycle=False)

    def updates(self) -> UpdateQuerySet:
        """Oldest first, by the move that brought each to where it is."""
        narrowing = self.narrowing
        chosen = narrowing.items("commitment__action_item__")
        # Named also where all are meant: then the index by cycle and status is read, and no row of another status.
        chosen &= Q(cycle__in=[narrowing.cycle] if narrowing.cycle else narrowing.cycles)
        if narrowing["state"]:
            chosen &= Q(commitment__member_state__iso_alpha3=narrowing["state"])
        chosen &= Q(status__in=CLEARED_STATUSES if narrowing["status"] == ALL else [narrowing["status"]])
        moved = Event.objects.filter(update=OuterRef("pk"), sequence=OuterRef("version"), move__in=MOVE_NAMES)
        rows = Update.objects.visible_to(self.mandate).filter(chosen)
        rows = rows.annotate(moved_at=Subquery(moved.values("at")[:1]))
        return rows.select_related("cycle", "commitment__member_state", "commitment__action_item").order_by(
            "moved_at", "pk"
        )

    def around(self, key: tuple[str, str, str]) -> dict[str, Any]:
        """Where this one stands in the queue, and the addresses of the one before and the one after it."""
        path = ("cycle__slug", "commitment__member_state__iso_alpha3", "commitment__action_item__code")
        keys = list(self.updates().values_list(*path))
        place = keys.index(key) if key in keys else None
        after = keys[place + 1 : place + 2] if place is not None else keys[:1]
        before = keys[place - 1 : place] if place else []
        return {
            "place": place + 1 if place is not None else None,
            "count": len(keys),
            "previous": self.address(*before[0]) if before else "",
            "next": self.address(*after[0]) if after else "",
        }

    def address(self, cycle: str, state: str, code: str) -> str:
        """The page of one update, with what was chosen, so that next and previous keep to it."""
        return f"{reverse('desk-review-update', args=[cycle, state, code])}?{self.narrowing.address()}"

    @property
    def home(self) -> str:
        return f"{reverse('desk-review')}?{self.narrowing.address()}"
