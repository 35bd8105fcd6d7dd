"""The forms of a review cycle, and its phases as a timeline shows them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from commitments.models import ActionItem, Commitment, Cycle, MemberState, Phase, Plan, Release
from commitments.models.cycles import DATES_OF_A_CYCLE
from commitments.screens.forms import DateField, DeskForm, LongText

ONE_DAY = dt.timedelta(days=1)
WIDTH = 1000  # of the drawing, in its own units

MEANING_OF_PHASES = {
    Phase.REPORTING: _("Focal points write and submit. Afterwards a State writes only with an extension."),
    Phase.CLEARANCE: _("National coordinators clear what was submitted, or return it."),
    Phase.REVIEW: _("The secretariat reads, accepts and publishes what was cleared, and writes the report."),
}


class OpeningForm(DeskForm):
    """Nothing to fill in: the button is the question."""


class ExtensionForm(DeskForm):
    member_state = forms.ModelChoiceField(MemberState.objects.order_by("name"), label=_("Member State"))
    ends_on = DateField(label=_("Last day"), help_text=_("It ends at midnight in the State's capital."))
    reason = LongText(label=_("Reason"), rows=3, required=False, help_text=_("All participants see it."))


class ReopeningForm(ExtensionForm):
    action_item = forms.ModelChoiceField(ActionItem.objects.none(), label=_("Action item"))
    field_order = ("member_state", "action_item", "ends_on", "reason")

    def shape(self) -> None:
        self.offer("action_item", self.subject.plan.action_items.order_by("position"))


class DatesForm(DeskForm):
    opens_on = DateField(label=_("Opens on"))
    submissions_due_on = DateField(label=_("Submissions due on"))
    clearances_due_on = DateField(label=_("Clearances due on"))
    closes_on = DateField(label=_("Closes on"))
    adopted_on = DateField(label=_("Review adopted on"), required=False)
    adoption_is_assumed = forms.BooleanField(label=_("The adoption date is an assumption"), required=False)
    reason = LongText(label=_("Reason"), rows=2, required=False)

    def shape(self) -> None:
        self.initial = {name: getattr(self.subject, name) for name in (*DATES_OF_A_CYCLE, "adoption_is_assumed")}


class NamedPlan(forms.ModelChoiceField):
    """An edition of the plan; two may have one title, so each is told with its day."""

    def label_from_instance(self, plan: Plan) -> str:
        return f"{plan.in_language('title')} ({date_format(plan.adopted_on)})"


class SchedulingForm(DeskForm):
    plan = NamedPlan(Plan.objects.order_by("-adopted_on"), label=_("Plan"), empty_label=None)
    title = forms.CharField(label=_("Title"), max_length=200)
    slug = forms.CharField(
        label=_("Short name"), max_length=50, help_text=_("Part of every address, for ever: tenth-review-2028.")
    )
    review = forms.CharField(label=_("Review that it serves"), max_length=300, required=False)
    opens_on = DateField(label=_("Opens on"))
    submissions_due_on = DateField(label=_("Submissions due on"))
    clearances_due_on = DateField(label=_("Clearances due on"))
    closes_on = DateField(label=_("Closes on"))
    adopted_on = DateField(label=_("Review adopted on"), required=False)
    adoption_is_assumed = forms.BooleanField(
        label=_("The adoption date is an assumption"), required=False, initial=True
    )


@dataclass(frozen=True)
class Span:
    """One phase: its first and last day, and where it lies in the drawing."""

    phase: Phase
    meaning: Any
    first: dt.date
    last: dt.date
    x: int
    width: int
    is_now: bool
    is_over: bool

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


def spans_of(cycle: Cycle, today: dt.date | None = None) -> list[Span]:
    """The phases in their order, drawn as long as they last. A phase of no days is left out."""
    today, now = today or timezone.now().date(), cycle.phase(today)
    ends = (
        (Phase.REPORTING, cycle.opens_on, cycle.submissions_due_on),
        (Phase.CLEARANCE, cycle.submissions_due_on + ONE_DAY, cycle.clearances_due_on),
        (Phase.REVIEW, cycle.clearances_due_on + ONE_DAY, cycle.closes_on),
    )
    found = []
    for phase, first, last in ends:
        if last >= first:
            x, end = place_of(cycle, first), place_of(cycle, last + ONE_DAY)
            meaning = MEANING_OF_PHASES[phase]
            found.append(Span(phase, meaning, first, last, x, max(end - x, 2), phase == now, last < today))
    return found


def place_of(cycle: Cycle, day: dt.date) -> int:
    """Where a day lies in the drawing; days outside the cycle lie at its ends."""
    whole = (cycle.closes_on + ONE_DAY - cycle.opens_on).days
    return min(max((day - cycle.opens_on).days, 0), whole) * WIDTH // whole


def drafts_to_make(cycle: Cycle) -> tuple[int, int]:
    """How many drafts opening makes, and how many of them carry forward what was last published."""
    commitments = Commitment.objects.filter(action_item__plan=cycle.plan_id)
    earlier = Release.objects.filter(commitment__in=commitments, cycle__opens_on__lt=cycle.opens_on)
    return commitments.count(), earlier.values("commitment").distinct().count()
