"""Reports that people write and issue: what each is of, where it stands, and the steps it takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from commitments.content import clean_date, clean_reason, clean_text
from commitments.errors import (
    Forbidden,
    Invalid,
    NotVisible,
    Problem,
    WrongStatus,
    check_version,
)
from commitments.mandates import Mandate
from commitments.models import Cycle, Event, MemberState, Person
from commitments.querysets import mandate_of
from commitments.workflow import Audience
from reporting.life import WRITABLE, Need, Stage, Step, steps_from
from reporting.models.querysets import ReportQuerySet


class Kind(models.TextChoices):
    """What a report turns its facts into; `reporting.kinds` says how. A national contribution is the State's own."""

    REGIONAL = "regional", _("Regional review report")
    STATE_NOTE = "state-note", _("Note on one Member State")
    THEMATIC = "thematic", _("Thematic report")
    PROGRESS = "progress", _("Progress brief")


# What each kind is of, besides a cycle.
OF_ONE_STATE = (Kind.STATE_NOTE,)
CIRCULATED_KINDS = (Kind.REGIONAL, Kind.STATE_NOTE, Kind.THEMATIC)
MASTHEAD = {"symbol": 40, "session": 120, "agenda_item": 200}


class Report(models.Model):
    """One report in the making. `version` counts its steps; passages have versions of their own.

    `scope` says what a thematic report is of: `pillar:II`, `objective:IV.SPRR`, `theme:youth`.
    """

    slug = models.SlugField(_("short name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reports", verbose_name=_("review cycle"))
    member_state = models.ForeignKey(MemberState, models.PROTECT, null=True, blank=True, related_name="reports")
    scope = models.CharField(_("scope"), max_length=80, blank=True)
    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices, default=Audience.PUBLIC)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices, default=Stage.OUTLINE)
    version = models.PositiveIntegerField(default=0)
    symbol = models.CharField(_("symbol"), max_length=40, blank=True)
    session = models.CharField(_("session"), max_length=120, blank=True)
    agenda_item = models.CharField(_("agenda item"), max_length=200, blank=True)
    comments_due_on = models.DateField(_("comments due on"), null=True, blank=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="report_kind_known"),
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="report_stage_known"),
            models.CheckConstraint(
                condition=models.Q(audience__in=[Audience.UN, Audience.PARTICIPANTS, Audience.PUBLIC]),
                name="report_goes_beyond_a_state",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=OF_ONE_STATE, member_state__isnull=False)
                | (~models.Q(kind__in=OF_ONE_STATE) & models.Q(member_state=None)),
                name="report_state_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    # --- Verbs ----------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def begin(
        cls, kind: str, cycle: Cycle, *, by: Person, audience: str = Audience.PUBLIC,
        member_state: MemberState | None = None, scope: str = "",
    ) -> Report:  # fmt: skip
        """Outline a report. One of a kind for a cycle, State, scope and audience."""
        if not Mandate.of(by).is_editor:
            raise Forbidden()
        report = cls(kind=kind, cycle=cycle, audience=audience, member_state=member_state, scope=scope, made_by=by)
        report._check_what_it_is_of()
        parts = [cycle.slug, kind, *([member_state.iso_alpha3.lower()] if member_state else []),
                 *([scope.replace(":", "-").replace(".", "-").lower()] if scope else []), audience]  # fmt: skip
        report.slug = "-".join(parts)
        if cls.objects.filter(slug=report.slug).exists():
            raise Invalid(problems=[Problem("kind", "taken", _("There is such a report already."))])
        report.save(force_insert=True)
        report._record("begin", by, "", {"kind": kind, "audience": audience, "scope": scope})
        return report

    @transaction.atomic
    def take_step(
        self, name: str, *, by: Person, version: int | None, snapshot: Callable[[Report], bytes],
        reason: str = "", comments_due_on: Any = None,
    ) -> Report:  # fmt: skip
        """Take a step of the table on the version that `by` has read. The only way the stage changes.

        `snapshot` freezes the report, and raises Invalid where a figure in it is unknown; it is called under the lock,
        after all checks, where the step makes an edition or asks for known figures. Raises NotVisible, WrongStatus,
        Forbidden, VersionMissing, StaleVersion or Invalid; nothing is written then.
        """
        step = self._open_step(name, self.lock(by))
        check_version(version, self.version)
        reason = self._reason_given(step, reason)
        if name == "circulate":
            self.comments_due_on = _day_to_come(comments_due_on)
        content = snapshot(self) if step.reads_facts else b""
        if step.freezes:
            self.editions.model.keep(self, step.freezes, content, by=by, what_changed=reason)
        before, self.stage, self.version = self.stage, step.target, self.version + 1
        self.sent_by = by if name == "submit" else self.sent_by
        self.save()
        self._record(name, by, reason, {"from": before, "to": self.stage})
        return self

    @transaction.atomic
    def set_masthead(self, *, by: Person, version: int | None, **texts: Any) -> Report:
        """Symbol, session, agenda item. Raises Invalid naming what is too long or unknown."""
        self.write(by)
        check_version(version, self.version)
        if unknown := sorted(set(texts) - set(MASTHEAD)):
            raise Invalid(problems=[Problem(unknown[0], "unknown", _("There is no such field."))])
        for name, text in texts.items():
            setattr(self, name, clean_text(name, text, limit=MASTHEAD[name]))
        self.version += 1
        self.save()
        self._record("set_masthead", by, "", {name: getattr(self, name) for name in texts})
        return self

    def check_step(self, name: str, *, by: Person) -> Step:
        """The step, refused as `take_step` would whatever the version. Asked without a lock, before what costs time."""
        mandate = Mandate.of(by)
        if not Report.objects.visible_to(mandate).filter(pk=self.pk).exists():
            raise NotVisible()
        return self._open_step(name, mandate)

    # --- Questions --------------------------------------------------------------------------------

    @property
    def is_circulated(self) -> bool:
        """Whether States check this kind before it is final."""
        return self.kind in CIRCULATED_KINDS and self.audience != Audience.UN

    def allowed_steps(self, person: Any) -> list[str]:
        """The steps this person could take now, in the table's order."""
        mandate = mandate_of(person)
        if not mandate.is_secretariat:
            return []
        return [step.name for step in steps_from(self.stage) if not self._obstacle(step, mandate)]

    def is_writable(self, person: Any) -> bool:
        return mandate_of(person).is_editor and self.stage in WRITABLE

    def asks_reason(self, step: Step) -> bool:
        """Whether whoever takes this step now says why; to cut short the States' time to comment is such a step."""
        return Need.REASON in step.needs or (Need.EARLY_REASON in step.needs and self.is_open_to_comments())

    def is_open_to_comments(self, states: Iterable[int] | None = None) -> bool:
        """Whether the last day to comment has not ended in a capital: of any State, or of one of these (keys)."""
        if self.stage != Stage.CIRCULATED or self.comments_due_on is None:
            return False
        asked = MemberState.objects.all() if states is None else MemberState.objects.filter(pk__in=states)
        return any(timezone.now() < state.end_of(self.comments_due_on) for state in asked)

    # --- For what belongs to it ---------------------------------------------------------------------

    def lock(self, by: Person) -> Mandate:
        """Lock and read again through the one door. Raises NotVisible."""
        mandate = Mandate.of(by)
        visible = Report.objects.visible_to(mandate).select_for_update(of=("self",)).select_related("cycle__plan")
        try:
            self.refresh_from_db(from_queryset=visible)
        except Report.DoesNotExist:
            raise NotVisible() from None
        return mandate

    def write(self, by: Person, section: str = "") -> None:
        """Lock it for an editor's words. Raises Forbidden, or WrongStatus where its stage is not for writing."""
        if not self.lock(by).is_editor:
            raise Forbidden()
        if self.stage not in WRITABLE:
            raise WrongStatus(status=self.stage, allowed_moves=self.allowed_steps(by))

    # --- Private ------------------------------------------------------------------------------------

    def _open_step(self, name: str, mandate: Mandate) -> Step:
        if not mandate.is_secretariat:
            raise Forbidden()
        for step in steps_from(self.stage):
            if step.name == name:
                if obstacle := self._obstacle(step, mandate):
                    raise obstacle
                return step
        raise WrongStatus(status=self.stage, allowed_moves=self.allowed_steps(mandate))

    def _obstacle(self, step: Step, mandate: Mandate) -> Any:
        """What forbids this step to this person now."""
        if Need.EDITOR in step.needs and not mandate.is_editor:
            return Forbidden()
        if Need.FOUR_EYES in step.needs and mandate.person_id == self.sent_by_id:
            return Forbidden(_("Whoever asked for clearance cannot give it: four eyes."))
        wrong = Need.NO_CIRCULATION if self.is_circulated else Need.CIRCULATION
        if wrong in step.needs:
            return WrongStatus(status=self.stage, allowed_moves=[])
        if Need.ANSWERS in step.needs and self.remarks.filter(verdict="").exists():
            return Invalid(problems=[Problem("remarks", "unanswered", _("Answer every comment first."))])
        return None

    def _reason_given(self, step: Step, reason: str) -> str:
        if not self.asks_reason(step):
            return ""
        if self.comments_due_on and Need.EARLY_REASON in step.needs and not reason:
            message = _("States can comment until the end of %(day)s. Give a reason for not waiting.")
            told = message % {"day": date_format(self.comments_due_on, "DATE_FORMAT")}
            raise Invalid(problems=[Problem("reason", "required", told)])
        return clean_reason(reason)

    def _check_what_it_is_of(self) -> None:
        problems = []
        if self.kind not in Kind.values:
            problems.append(Problem("kind", "choice", _("One of: %(choices)s.") % {"choices": ", ".join(Kind.values)}))
        if self.audience not in (Audience.UN, Audience.PARTICIPANTS, Audience.PUBLIC):
            problems.append(Problem("audience", "choice", _("A report goes beyond one State.")))
        elif self.kind == Kind.PROGRESS and self.audience != Audience.UN:
            # It counts what is not released, so any wider audience could subtract.
            problems.append(Problem("audience", "wider", _("A progress brief is for the UN alone.")))
        if (self.kind in OF_ONE_STATE) != (self.member_state is not None):
            problems.append(Problem("member_state", "scope", _("Name a Member State for this kind, and for no other.")))
        if (self.kind == Kind.THEMATIC) != bool(self.scope):
            problems.append(Problem("scope", "scope", _("Say what a thematic report is of; no other has a scope.")))
        if problems:
            raise Invalid(problems=problems)

    def _record(self, move: str, by: Person, reason: str, changes: dict[str, Any]) -> None:
        Event.record(f"report:{self.slug}", move, by=by, reason=reason, changes=changes)


def _day_to_come(value: Any) -> dt.date:
    """A day that is not over in the capital of any State that is to comment."""
    day = clean_date("comments_due_on", value)
    if day is None or any(state.end_of(day) <= timezone.now() for state in MemberState.objects.all()):
        raise Invalid(problems=[Problem("comments_due_on", "date", _("Give a day to come by which to comment."))])
    return day
