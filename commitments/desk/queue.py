"""The review queue: what States have cleared for the United Nations, whatever has waited longest first."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
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
        return rows.annotate(moved_at=Subquery(moved.values("at")[:1])).order_by("moved_at", "pk")

    def keys(self) -> QuerySet:
        """Who stands in the queue, by row. What is shown of a few is read by `rows`: no database sorts words."""
        return self.updates().values_list("pk", flat=True)

    def rows(self, keys: list[int]) -> UpdateQuerySet:
        """These of the queue, with all that names them."""
        related = ("cycle", "commitment__member_state", "commitment__action_item")
        return self.updates().filter(pk__in=keys).select_related(*related)

    def around(self, update: Update | None) -> dict[str, Any]:
        """Where this one stands in the queue, and the addresses of the one before and the one after it."""
        keys = list(self.keys())
        place = keys.index(update.pk) if update and update.pk in keys else None
        after = keys[place + 1 : place + 2] if place is not None else keys[:1]
        before = keys[place - 1 : place] if place else []
        addresses = {row.pk: self.address(*row.key.split(":")) for row in self.rows([*before, *after])}
        return {
            "place": place + 1 if place is not None else None,
            "count": len(keys),
            "previous": addresses.get(before[0], "") if before else "",
            "next": addresses.get(after[0], "") if after else "",
        }

    def address(self, cycle: str, state: str, code: str) -> str:
        """The page of one update, with what was chosen, so that next and previous keep to it."""
        return f"{reverse('desk-review-update', args=[cycle, state, code])}?{self.narrowing.address()}"

    @property
    def home(self) -> str:
        return f"{reverse('desk-review')}?{self.narrowing.address()}"
