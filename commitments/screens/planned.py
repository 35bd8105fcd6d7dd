"""What a State plans on a commitment: its own words, read by its officers, written by its coordinator."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from commitments.models import Commitment
from commitments.querysets import mandate_of
from commitments.readings import told
from commitments.screens.forms import DateField, LongText, VersionedForm

PLANNED = ("planned_measures", "target_on", "place_in_strategy")


class PlannedForm(VersionedForm):
    planned_measures = LongText(
        label=_("Planned measures"), required=False, help_text=_("What is to be done, and by which agency.")
    )
    target_on = DateField(
        label=_("Target date"), required=False, help_text=_("The day by which it should be done. Empty: none is set.")
    )
    place_in_strategy = LongText(
        label=_("Place in the national strategy"),
        required=False,
        rows=3,
        help_text=_("Which strategy or programme has it, and where: chapter, task, indicator."),
    )

    def shape(self) -> None:
        commitment: Commitment = self.subject
        told(commitment)
        words = {name: getattr(commitment.own_plan, name) for name in PLANNED}
        self.initial = {"version": commitment.version, **words}


def planned_of(commitment: Commitment, person: Any) -> dict[str, Any] | None:
    """What a page beside the commitment tells of it; nothing to anybody outside the State."""
    mandate = mandate_of(person)
    if commitment.member_state_id not in mandate.state_ids:
        return None
    told(commitment)
    return {
        "measures": commitment.own_plan.planned_measures,
        "target_on": commitment.own_plan.target_on,
        "strategy": commitment.own_plan.place_in_strategy,
        "is_told": any(getattr(commitment.own_plan, name) for name in PLANNED),
        "may_write": commitment.member_state_id in mandate.coordinated_state_ids,
    }
