"""Rows of one update that say themselves of which cycle and commitment they are."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from commitments.models.commitments import Commitment
from commitments.models.cycles import Cycle


class OfUpdate(models.Model):
    """Copied from the update, a working copy whose own row whoever reads what is released does not see."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="%(class)ss")
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True

    @property
    def update_key(self) -> str:
        """The natural key of its update: cycle, State, item."""
        return f"{self.cycle.slug}:{self.commitment.key}"

    def read_with(self, row: Any) -> Self:
        """Of the same place as this row, whose place has been read already."""
        self.cycle, self.commitment = row.cycle, row.commitment
        return self

    @staticmethod
    def of_update(update: Any) -> dict[str, Any]:
        """What a new row takes over."""
        return {"update": update, "cycle": update.cycle, "commitment": update.commitment}
