"""The secretariat's reading of a revision, kept beside the State's words, never over them."""

from __future__ import annotations

import uuid

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.content import clean_text
from commitments.errors import Forbidden, Invalid, Problem, WrongStatus
from commitments.mandates import SECRETARIAT, Mandate
from commitments.models.events import Event
from commitments.models.people import Person
from commitments.models.revisions import Revision
from commitments.querysets import AssessmentQuerySet


class Assessment(models.Model):
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="assessments")
    observations = models.TextField(_("observations"))
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_by_name = models.CharField(_("made by"), max_length=200)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    reply = models.TextField(_("reply"), blank=True)
    replied_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(_("replied at"), null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.CheckConstraint(
                name="assessment_reply_is_signed",
                condition=models.Q(reply="", replied_by=None)
                | (~models.Q(reply="") & models.Q(replied_by__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision}, {self.made_at:%Y-%m-%d}"

    @classmethod
    @transaction.atomic
    def make(cls, revision: Revision, *, by: Person, observations: str) -> Assessment:
        """A secretariat reviewer's observations on a revision that the secretariat may read."""
        mandate = Mandate.of(by).acting_as(SECRETARIAT)
        if not mandate.is_secretariat or not Revision.objects.visible_to(mandate).filter(pk=revision.pk).exists():
            raise Forbidden()
        observations = clean_text("observations", observations)
        if not observations:
            raise Invalid(problems=[Problem("observations", "required", _("Write what you observe."))])
        assessment = cls.objects.create(revision=revision, observations=observations, made_by=by, made_by_name=str(by))
        assessment._record("assess", by, {"observations": observations})
        return assessment

    @transaction.atomic
    def answer(self, *, by: Person, reply: str) -> Assessment:
        """The State's reply, once, by its coordinator."""
        state = self.revision.commitment.member_state
        if state.pk not in Mandate.of(by).coordinated_state_ids:
            raise Forbidden()
        reply = clean_text("reply", reply)
        if not reply:
            raise Invalid(problems=[Problem("reply", "required", _("Write the reply."))])
        self.refresh_from_db(from_queryset=Assessment.objects.select_for_update(of=("self",)))
        if self.reply:
            raise WrongStatus(_("This has been replied to."), status="replied", allowed_moves=[])
        self.reply, self.replied_by, self.replied_at = reply, by, timezone.now()
        self.save(update_fields=["reply", "replied_by", "replied_at"])
        self._record("reply", by, {"reply": reply})
        return self

    def _record(self, move: str, by: Person, changes: dict[str, str]) -> None:
        update = self.revision.update
        Event.record(
            f"assessment:{self.uid}",
            move,
            by=by,
            update=update,
            revision=self.revision,
            member_state=update.commitment.member_state,
            from_status=update.status,
            to_status=update.status,
            audience=update.audience,
            changes=changes,
        )
