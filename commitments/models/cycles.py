"""Review cycles: dates, phases, the window in which a State may write, extensions and reopenings."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from itertools import pairwise
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.content import clean_date, clean_flag, clean_reason, clean_text
from commitments.errors import Forbidden, Invalid, Problem, WrongStatus
from commitments.mandates import Mandate
from commitments.models.events import Event
from commitments.models.people import MemberState, Person
from commitments.models.plan import ActionItem, Plan
from commitments.models.wording import Translated


class Phase(models.TextChoices):
    PLANNED = "planned", _("Planned")
    REPORTING = "reporting", _("Open for reporting")
    CLEARANCE = "clearance", _("National clearance")
    REVIEW = "review", _("Secretariat review")
    CLOSED = "closed", _("Closed")


DATES_OF_A_CYCLE = ("opens_on", "submissions_due_on", "clearances_due_on", "closes_on", "adopted_on")


class Cycle(Translated):
    """A reporting window tied to a General Assembly review: dates, never a fixed length.

    Each `*_on` is the last day of its phase, and a day ends at midnight in the capital of the State concerned.
    """

    slug = models.SlugField(_("short name"), unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="cycles")
    title = models.CharField(_("title"), max_length=200)
    review = models.CharField(_("review that it serves"), max_length=300, blank=True)
    opens_on = models.DateField(_("opens on"))
    submissions_due_on = models.DateField(_("submissions due on"))
    clearances_due_on = models.DateField(_("clearances due on"))
    closes_on = models.DateField(_("closes on"))
    adopted_on = models.DateField(_("review adopted on"), null=True, blank=True)
    adoption_is_assumed = models.BooleanField(_("the adoption date is an assumption"), default=True)
    dates_note = models.TextField(_("note on the dates"), blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)

    class Meta:
        verbose_name = _("review cycle")
        verbose_name_plural = _("review cycles")
        constraints = [
            models.CheckConstraint(
                name="cycle_dates_in_order",
                condition=models.Q(submissions_due_on__gte=models.F("opens_on"))
                & models.Q(clearances_due_on__gte=models.F("submissions_due_on"))
                & models.Q(closes_on__gte=models.F("clearances_due_on")),
            )
        ]

    def __str__(self) -> str:
        return str(self.in_language("title"))

    def phase(self, on: dt.date | None = None) -> Phase:
        """Where the cycle stands on a day, by its dates."""
        day = on or timezone.now().date()
        if self.opened_at is None and day <= self.closes_on:
            return Phase.PLANNED
        ends = [
            (self.opens_on - dt.timedelta(days=1), Phase.PLANNED),
            (self.submissions_due_on, Phase.REPORTING),
            (self.clearances_due_on, Phase.CLEARANCE),
            (self.closes_on, Phase.REVIEW),
        ]
        return next((phase for last_day, phase in ends if day <= last_day), Phase.CLOSED)

    @property
    def awaits_opening(self) -> bool:
        """Not open yet and not over: opened after its last day it would ask for what nobody may write any more."""
        return self.opened_at is None and self.phase() != Phase.CLOSED

    def due_at(self, state: MemberState, action_item_id: int | None = None) -> dt.datetime:
        """The instant at which this State's window ends, its extensions included; for one item, its reopenings too.

        Reads `self.extensions`: prefetch it for lists.
        """
        days = [
            extension.ends_on
            for extension in self.extensions.all()
            if extension.member_state_id == state.pk and extension.action_item_id in (None, action_item_id)
        ]
        return state.end_of(max([self.submissions_due_on, *days]))

    def accepts(self, state: MemberState, action_item_id: int | None = None, at: dt.datetime | None = None) -> bool:
        """Whether an update of this State on this item, or on all that it owes, may be written now.

        Reads `self.extensions`: prefetch it for lists.
        """
        now = at or timezone.now()
        if self.opened_at is None or now < state.end_of(self.opens_on - dt.timedelta(days=1)):
            return False
        return now < self.due_at(state, action_item_id)

    @transaction.atomic
    def open(self, *, by: Person | None) -> int:
        """Create one draft for every commitment, with what was last published carried forward. Returns how many."""
        _check_runs_cycles(by)
        self._lock()
        if self.opened_at:
            raise WrongStatus(_("This cycle is open already."), status="open", allowed_moves=[])
        if by is not None and not self.awaits_opening:
            told = _("This cycle is over by its dates: move them before you open it.")
            raise WrongStatus(told, status="closed", allowed_moves=["move-dates"])
        self.opened_at = timezone.now()
        self.save(update_fields=["opened_at"])
        created = self.updates.model.open_drafts(self)
        Event.record(f"cycle:{self.slug}", "open", by=by, changes={"drafts": created})
        return created

    @transaction.atomic
    def extend(
        self, member_state: MemberState, *, by: Person | None, ends_on: dt.date, reason: str, action_item: Any = None
    ) -> Extension:
        """Give a State more time: for all it owes, or (a reopening) for one action item."""
        _check_runs_cycles(by)
        self._lock()
        if self.opened_at is None:
            raise WrongStatus(_("This cycle has not been opened."), status="planned", allowed_moves=["open"])
        reason, ends_on = clean_reason(reason), _clean_date("ends_on", ends_on)
        if action_item and action_item.plan_id != self.plan_id:
            raise Invalid(problems=[Problem("action_item", "foreign", _("This item is of another plan."))])
        self._check_gives_time(member_state, action_item, ends_on)
        extension = Extension.objects.create(
            cycle=self,
            member_state=member_state,
            action_item=action_item,
            ends_on=ends_on,
            reason=reason,
            granted_by=by,
        )
        Event.record(
            f"cycle:{self.slug}",
            "reopen" if action_item else "extend",
            by=by,
            member_state=member_state,
            reason=reason,
            changes={"ends_on": ends_on.isoformat(), "action_item": action_item.code if action_item else None},
        )
        return extension

    @transaction.atomic
    def move_dates(self, *, by: Person | None, reason: str = "", **dates: Any) -> None:
        """Change dates of the cycle (an assumed adoption date, say), on the record."""
        _check_runs_cycles(by)
        self._lock()
        changes = self._set_dates(dates)
        self.save(update_fields=sorted(dates))
        Event.record(f"cycle:{self.slug}", "move_dates", by=by, reason=clean_text("reason", reason), changes=changes)

    @classmethod
    @transaction.atomic
    def schedule(cls, *, by: Person | None, plan: Plan, slug: str, title: str, review: str = "", **dates: Any) -> Cycle:
        """Put the next cycle in the calendar; it is opened when its time has come."""
        _check_runs_cycles(by)
        cycle = cls(plan=plan, slug=_clean_slug(slug), title=clean_text("title", title, limit=200))
        cycle.review = clean_text("review", review, limit=300)
        if not cycle.title:
            raise Invalid(problems=[Problem("title", "required", _("Give it a title."))])
        if cls.objects.filter(slug=cycle.slug).exists():
            raise Invalid(problems=[Problem("slug", "taken", _("There is a cycle of this name."))])
        needed = dict.fromkeys(DATES_OF_A_CYCLE) | {"adoption_is_assumed": True}
        changes = cycle._set_dates(needed | dates)
        cycle.save(force_insert=True)
        Event.record(f"cycle:{cycle.slug}", "schedule", by=by, changes={"title": cycle.title, **changes})
        return cycle

    def _set_dates(self, dates: dict[str, Any]) -> dict[str, Any]:
        """Set what is given, if the whole stays in order; answer it as plain JSON."""
        if unknown := sorted(set(dates) - {*DATES_OF_A_CYCLE, "adoption_is_assumed"}):
            raise Invalid(problems=[Problem(unknown[0], "unknown", _("This is not a date of a cycle."))])
        for name, value in dates.items():
            setattr(self, name, _clean_date(name, value))
        phases = pairwise(DATES_OF_A_CYCLE[:4])
        if early := [name for before, name in phases if getattr(self, name) < getattr(self, before)]:
            raise Invalid(problems=[Problem(early[0], "order", _("The dates must follow one another."))])
        written = {name: getattr(self, name) for name in dates}
        return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in written.items()}

    def _check_gives_time(self, state: MemberState, action_item: Any, ends_on: dt.date) -> None:
        """Nobody is told that time was given where none was: beyond what the State has already, and not in the past."""
        ends_at = state.end_of(ends_on)
        if ends_at <= self.due_at(state, action_item.pk if action_item else None):
            raise Invalid(problems=[Problem("ends_on", "order", _("This gives no more time than there is."))])
        if ends_at <= timezone.now():
            raise Invalid(problems=[Problem("ends_on", "past", _("This day is over in the State's capital."))])

    def _lock(self) -> None:
        """Lock and read again: what is decided next rests on the dates in force, and events stand in one line."""
        self.refresh_from_db(from_queryset=Cycle.objects.select_for_update())


class Extension(models.Model):
    """More time for one State, for a reason: all it owes, or one action item. Visible to all participants."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="extensions")
    member_state = models.ForeignKey(MemberState, models.PROTECT, related_name="extensions")
    action_item = models.ForeignKey(ActionItem, models.PROTECT, null=True, blank=True, related_name="reopenings")
    ends_on = models.DateField()
    reason = models.TextField()
    granted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.member_state} until {self.ends_on}"


def _check_runs_cycles(by: Person | None) -> None:
    """Secretariat editors run cycles. `by` None is the system itself, loading."""
    if by is not None and not Mandate.of(by).is_editor:
        raise Forbidden()


def _clean_slug(slug: Any) -> str:
    """What addresses the cycle for ever: `tenth-review-2028`."""
    slug = clean_text("slug", slug, limit=50)
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug):
        message = _("Small Latin letters and digits, with hyphens between: tenth-review-2028.")
        raise Invalid(problems=[Problem("slug", "slug", message)])
    return slug


def _clean_date(name: str, value: Any) -> Any:
    """A date of a cycle. All are needed but that of the adoption, beside which stands whether it is assumed."""
    if name == "adoption_is_assumed":
        return clean_flag(name, value)
    day = clean_date(name, value)
    if day is None and name != "adopted_on":
        raise Invalid(problems=[Problem(name, "required", _("Give a date."))])
    return day
