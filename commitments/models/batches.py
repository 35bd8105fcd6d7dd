"""Batches: one move of the secretariat on many updates, each made or refused on its own, and what became of each."""

from __future__ import annotations

import logging
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from commitments import content
from commitments.errors import Forbidden, Refused, StaleVersion, WrongStatus
from commitments.mandates import SECRETARIAT, Mandate
from commitments.models.events import Event
from commitments.models.notices import BATCH, Notice
from commitments.models.people import Person
from commitments.models.updates import Update
from commitments.querysets import BatchQuerySet
from commitments.workflow import CLEARED_STATUSES, MOVES, Capacity, Move, Need, find

logger = logging.getLogger(__name__)

# The verbs of the secretariat alone, in the table's order.
BATCH_MOVES: tuple[Move, ...] = tuple(
    move for move in MOVES if move.source <= {*CLEARED_STATUSES} and move.by <= {Capacity.REVIEWER, Capacity.EDITOR}
)


def batch_moves(person: Any) -> list[Move]:
    """The moves that this person may make on many."""
    held = _capacities(Mandate.of(person))
    return [move for move in BATCH_MOVES if move.by & held]


class Batch(models.Model):
    """What was chosen is kept with the version that was shown; started, each row is made once, whoever runs it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    move = models.CharField(max_length=20)
    chosen_by = models.JSONField(default=dict)  # the filter as it was chosen: {name: value}
    gone = models.PositiveIntegerField(default=0)  # chosen, but not the secretariat's to see by then
    words = models.JSONField(default=dict)  # what the move is made with: reason, observations, audience
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # when its run was last heard of
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "batches"
        indexes = [models.Index(fields=["made_by", "made_at"], name="batch_by_maker")]
        constraints = [
            models.CheckConstraint(condition=models.Q(move__in=[one.name for one in BATCH_MOVES]), name="batch_move"),
            models.CheckConstraint(
                condition=models.Q(finished_at=None) | models.Q(started_at__isnull=False),
                name="batch_ends_once_started",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.move} {self.uid}"

    # --- Moves --------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def prepare(
        cls,
        move: str,
        chosen: Iterable[tuple[Update, int]],
        *,
        by: Person,
        chosen_by: Mapping[str, str] | None = None,
        gone: int = 0,
    ) -> Batch:
        """Hold these updates, each with the version that was shown. Nothing moves yet; what cannot move is left out,
        with the reason."""
        if move not in {one.name for one in batch_moves(by)}:
            raise Forbidden()
        batch = cls.objects.create(move=move, chosen_by=dict(chosen_by or {}), gone=gone, made_by=by)
        mandate = Mandate.of(by)
        BatchRow.objects.bulk_create(
            [batch._row(update, version, mandate) for update, version in chosen], batch_size=500
        )
        return batch

    @transaction.atomic
    def start(self, *, by: Person, **words: str) -> Batch:
        """Whoever prepared it lets it run, with the words that its move needs. Once."""
        self._lock()
        self._check_maker(by)
        if self.started_at:
            raise WrongStatus(_("This was started before."), status="started", allowed_moves=[])
        self.words = self._clean(words)
        self.started_at = self.told_at = timezone.now()
        self.save(update_fields=["words", "started_at", "told_at"])
        changes = {"move": self.move, "chosen_by": self.chosen_by, "rows": self.tally()[BatchRow.Outcome.WAITING]}
        self._record("start", by, changes, self.words.get("reason", ""))
        return self

    @transaction.atomic
    def drop(self, *, by: Person) -> None:
        """Give up what was prepared and not started."""
        self._lock()
        self._check_maker(by)
        if self.started_at:
            raise WrongStatus(_("This was started before."), status="started", allowed_moves=[])
        self.rows.all().delete()
        self.delete()

    def run(self, *, is_watched: bool = False) -> None:
        """Make the move on each row that waits. Run again after a worker has died, it goes on where that one was.

        Whoever asked and does not watch is told in a notice when it is over.
        """
        with translation.override(self.made_by.language):
            for pk in list(self.rows.waiting().order_by("pk").values_list("pk", flat=True)):
                self._make(pk)
            self._finish(is_watched)

    # --- Questions ----------------------------------------------------------------------------

    @property
    def rule(self) -> Move:
        """The row of the table of moves."""
        return next(move for move in BATCH_MOVES if move.name == self.move)

    def tally(self) -> Counter[str]:
        """How many rows of each outcome."""
        rows = self.rows.values_list("outcome").annotate(count=models.Count("pk")).order_by("outcome")
        return Counter(dict(rows))

    # --- Private ------------------------------------------------------------------------------

    def _row(self, update: Update, version: int, mandate: Mandate) -> BatchRow:
        row = BatchRow(batch=self, update=update, version=version)
        if obstacle := _obstacle(self.move, update, version, mandate):
            row.take(BatchRow.Outcome.LEFT_OUT, obstacle)
        return row

    def _make(self, pk: int) -> None:
        """One row in its own transaction: the move and its verdict stand together, or neither does."""
        with transaction.atomic():
            row = self.rows.waiting().select_for_update(of=("self",)).select_related("update").filter(pk=pk).first()
            if row is None:  # another run has made it meanwhile
                return
            if refusal := self._refusal(row):
                row.take(BatchRow.Outcome.REFUSED, refusal)
            else:
                row.outcome = BatchRow.Outcome.DONE
            row.decided_at = timezone.now()
            row.save()
            Batch.objects.filter(pk=self.pk).update(told_at=row.decided_at)

    def _refusal(self, row: BatchRow) -> Refused | None:
        """Make the move as its maker may now: a role given up since moves nothing."""
        by = Person.objects.get(pk=self.made_by_id)
        try:
            if not Mandate.of(by).is_secretariat:
                raise Forbidden()
            with transaction.atomic():
                row.update.make(self.move, by=by, version=row.version, **self.words)
        except Refused as refusal:
            return refusal
        except Exception:
            logger.exception("A row of the batch %s could not be moved", self.uid)
            return Refused(gettext_lazy("This could not be done. The log says why."))
        return None

    @transaction.atomic
    def _finish(self, is_watched: bool) -> None:
        self._lock()
        if self.finished_at or self.rows.waiting().exists():
            return
        self.finished_at = timezone.now()
        self.save(update_fields=["finished_at"])
        event = self._record("finish", self.made_by, {"move": self.move, **self.tally()})
        if not is_watched:
            Notice.leave(self.made_by, event)

    def _clean(self, words: Mapping[str, str]) -> dict[str, str]:
        """Words that are fit to keep; what the move needs is asked for once, before any row is tried."""
        cleaned = {name: content.clean_text(name, value) for name, value in words.items() if value}
        if Need.REASON in self.rule.needs:
            cleaned["reason"] = content.clean_reason(words.get("reason", ""))
        return cleaned

    def _lock(self) -> None:
        self.refresh_from_db(from_queryset=Batch.objects.select_for_update())

    def _check_maker(self, by: Person) -> None:
        if by.pk != self.made_by_id or self.move not in {one.name for one in batch_moves(by)}:
            raise Forbidden(_("Whoever chose these rows decides on them."))

    def _record(self, move: str, by: Person, changes: dict[str, Any], reason: str = "") -> Event:
        return Event.record(f"{BATCH}{self.uid}", move, by=by, reason=reason, changes=changes)


class BatchRowQuerySet(models.QuerySet):
    def waiting(self) -> BatchRowQuerySet:
        return self.filter(outcome=BatchRow.Outcome.WAITING)


class BatchRow(models.Model):
    """One update of a batch: the version that was shown, and what became of it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a row", "Waiting")
        DONE = "done", pgettext_lazy("a row", "Done")
        REFUSED = "refused", pgettext_lazy("a row", "Refused")
        LEFT_OUT = "left_out", pgettext_lazy("a row", "Left out")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    update = models.ForeignKey(Update, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    code = models.CharField(max_length=40, blank=True)  # of the refusal
    verdict = models.TextField(blank=True)  # its words, in the maker's language
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = BatchRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "update"], name="one_row_an_update"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["waiting", "done", "refused", "left_out"]), name="batch_row_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.update_id} {self.outcome}"

    def take(self, outcome: str, refusal: Refused) -> None:
        """Keep a refusal as the verdict on this row."""
        self.outcome, self.code, self.verdict = outcome, refusal.code, refusal.in_words


def _capacities(mandate: Mandate) -> frozenset[Capacity]:
    return frozenset(Capacity(role) for role in mandate.roles & SECRETARIAT)


def _obstacle(move: str, update: Update, version: int, mandate: Mandate) -> Refused | None:
    """Why this update cannot be in a batch of this move: its stage, or a change since it was shown."""
    try:
        find(move, update.status, _capacities(mandate))
    except WrongStatus:
        told = _("Not possible at this stage: %(status)s.") % {"status": update.get_status_display()}
        return WrongStatus(told, status=update.status, allowed_moves=[])
    except Refused as refusal:
        return refusal
    return None if version == update.version else StaleVersion(version=update.version)
