"""Batches run: a few rows at once, many by a worker, and whoever asked is told when it is over."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from commitments.models import Batch, BatchRow, Person
from commitments.notifications import Letter, address, mail_later, phrase_of_a_batch

AT_ONCE = 20  # rows that are made while whoever asked waits for the page
KEPT_UNSTARTED = dt.timedelta(days=1)


def begin(batch: Batch, *, by: Person, **words: str) -> None:
    """Start a batch that was prepared. Few rows are made when this returns; many are queued for a worker."""
    is_short = batch.tally()[BatchRow.Outcome.WAITING] <= AT_ONCE
    with transaction.atomic():
        batch.start(by=by, **words)
        if not is_short:
            run_batch.enqueue(str(batch.uid))
    if is_short:
        batch.run(is_watched=True)


@task()
def run_batch(uid: str) -> None:
    """Make what still waits in a batch. Done twice, no row is made twice."""
    batch = Batch.objects.select_related("made_by").filter(uid=uid, finished_at=None).first()
    if batch is None:
        return
    batch.run()
    if batch.finished_at:
        mail_later(batch.made_by, lambda: _letter(batch))


def queue_lost() -> int:
    """Queue again what a worker that died had begun. Returns how many."""
    lost = list(Batch.objects.lost())
    for batch in lost:
        with transaction.atomic():
            Batch.objects.filter(pk=batch.pk).update(told_at=timezone.now())
            run_batch.enqueue(str(batch.uid))
    return len(lost)


def let_go() -> int:
    """Remove what was prepared and not started within a day. Returns how many batches."""
    old = Batch.objects.filter(started_at=None, made_at__lt=timezone.now() - KEPT_UNSTARTED)
    count = old.count()
    BatchRow.objects.filter(batch__in=old).delete()
    old.delete()
    return count


def told(batch: Batch) -> str:
    """What became of the rows, in a sentence, in the reader's language."""
    return phrase_of_a_batch({"move": batch.move, **batch.tally()})


def _letter(batch: Batch) -> Letter:
    """The count, and none of the States' words."""
    place = address("desk-batch", batch.uid)
    return Letter(told(batch), _("See what became of each: %(address)s") % {"address": place})
