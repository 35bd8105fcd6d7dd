"""The fact check: what a State says of one paragraph of the circulated draft, and how it was met."""

from __future__ import annotations

import uuid

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.content import clean_choice, clean_language, clean_reason, clean_text
from commitments.errors import Forbidden, Invalid, NotVisible, Problem, WindowClosed, WrongStatus
from commitments.models import Event, MemberState, Person
from reporting.life import Stage
from reporting.models.editions import Edition
from reporting.models.querysets import RemarkQuerySet
from reporting.models.reports import Report


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Partly accepted")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")


class Remark(models.Model):
    """A comment in a State's name; `paragraph` is the number that the circulated draft shows."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="remarks")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="remarks")
    member_state = models.ForeignKey(MemberState, models.PROTECT, related_name="+")
    paragraph = models.CharField(_("paragraph"), max_length=12)
    text = models.TextField(_("comment"))
    language = models.CharField(max_length=10, default="en")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(_("answer"), max_length=14, choices=Verdict.choices, blank=True)
    reason = models.TextField(_("why"), blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a draft")
        verbose_name_plural = _("comments on drafts")
        constraints = [
            models.CheckConstraint(
                name="remark_answered_with_a_reason",
                condition=models.Q(verdict="", reason="")
                | (models.Q(verdict__in=Verdict.values) & ~models.Q(reason="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_state} {self.paragraph}"

    @classmethod
    @transaction.atomic
    def make(
        cls, report: Report, paragraph: str, text: str, *, by: Person, member_state: MemberState, language: str = "en"
    ) -> Remark:
        """Comment for a State whose coordinator `by` is, while the draft is with the States."""
        mandate = report.lock(by)
        if member_state.pk not in mandate.coordinated_state_ids:
            raise Forbidden()
        if report.stage != Stage.CIRCULATED:
            raise WrongStatus(status=report.stage, allowed_moves=[])
        if report.comments_due_on and not report.is_open_to_comments([member_state.pk]):
            raise WindowClosed(due_at=member_state.end_of(report.comments_due_on).isoformat())
        words = clean_text("text", text)
        if not words:
            raise Invalid(problems=[Problem("text", "required", _("Say what should be different."))])
        edition = report.editions.filter(form=Edition.Form.DRAFT).order_by("number").last()
        if edition is None:
            raise NotVisible()
        remark = cls.objects.create(
            report=report, edition=edition, member_state=member_state, text=words, made_by=by,
            paragraph=clean_text("paragraph", paragraph, limit=12), language=clean_language("language", language),
        )  # fmt: skip
        Event.record(f"report:{report.slug}", "comment", by=by, changes={"paragraph": remark.paragraph})
        return remark

    @transaction.atomic
    def answer(self, verdict: str, reason: str, *, by: Person) -> Remark:
        """Say whether it was met, and why; it can be answered anew while the report is not final."""
        mandate = self.report.lock(by)
        if not mandate.is_editor:
            raise Forbidden()
        if self.report.stage != Stage.CIRCULATED:
            raise WrongStatus(status=self.report.stage, allowed_moves=[])
        chosen = clean_choice("verdict", verdict, Verdict)
        if not chosen:
            raise Invalid(problems=[Problem("verdict", "required", _("Say whether the comment is accepted."))])
        self.verdict, self.reason = chosen, clean_reason(reason)
        self.answered_by, self.answered_at = by, timezone.now()
        self.save(update_fields=["verdict", "reason", "answered_by", "answered_at"])
        changes = {"paragraph": self.paragraph, "verdict": self.verdict, "state": self.member_state.iso_alpha3}
        Event.record(f"report:{self.report.slug}", "answer", by=by, reason=self.reason, changes=changes)
        return self
