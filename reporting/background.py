"""Files of reports made in the background: asked for, made by a worker, fetched by whoever asked."""

from __future__ import annotations

import datetime as dt
import logging
import time
from contextlib import suppress
from typing import Any

from django.core.cache import cache
from django.core.files import File
from django.core.mail import send_mail
from django.db import Error, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from commitments.errors import Invalid, NotVisible, Problem
from commitments.models import Person
from commitments.notifications import takes_mail
from reporting.frozen import digest, freeze
from reporting.issuing import Snapshot, shown_snapshot, snapshot_of
from reporting.models import Edition, Report, ReportFile
from reporting.queries.naming import name_of
from reporting.readings import told_file
from reporting.renderers import RENDERERS
from reporting.review_report import LANGUAGES

logger = logging.getLogger(__name__)

MOST_WAITING = 20  # files of one person: the queue is everybody's
KEPT_FOR = dt.timedelta(days=7)
SEEN = "worker-seen"
SEEN_EVERY = 15  # seconds


@transaction.atomic
def ask_for_file(
    report: Report, file_format: str, language: str, *, by: Person, edition: Edition | None = None
) -> ReportFile:
    """Queue a file of an edition that `by` may read or, for the secretariat, of the report as it stands.

    Raises NotVisible, or Invalid for an unknown format or language.
    """
    problems = [
        Problem(field, "choice", _("One of: %(choices)s.") % {"choices": ", ".join(choices)})
        for field, value, choices in (("format", file_format, RENDERERS), ("language", language, LANGUAGES))
        if value not in choices
    ]
    if problems:
        raise Invalid(problems=problems)
    if ReportFile.objects.filter(asked_by=by, status__in=("waiting", "begun")).count() >= MOST_WAITING:
        message = _("Files of yours that wait already: %(number)d. Fetch those first.") % {"number": MOST_WAITING}
        raise Invalid(problems=[Problem("format", "waiting", message)])
    asked = ReportFile.objects.create(
        report=report, edition=edition, file_format=file_format, language=language, asked_by=by
    )
    if not ReportFile.objects.visible_to(by).filter(pk=asked.pk).exists():
        raise NotVisible()  # which undoes it
    make_file.enqueue(str(asked.uid))
    return asked


def is_current(file: ReportFile) -> bool:
    """Whether what it was made of is still shown: what a State has withdrawn since is served to nobody.

    Of a report as it stands, what the States have released and signed by now; what editors wrote since does not matter.
    """
    return _made_of(file, shown_snapshot(file.edition) if file.edition else snapshot_of(file.report)) == file.made_of


def _made_of(file: ReportFile, snapshot: Snapshot) -> str:
    """The SHA-256 of what must be shown still for the file to be served."""
    return digest(freeze(snapshot if file.edition else (snapshot.facts, snapshot.manuscript.statements)))


def content_of(file: ReportFile) -> File[Any] | None:
    """The bytes of a file that is ready. None, and it is queued anew, where they rest on what is shown no more, or
    are lost."""
    with suppress(FileNotFoundError):
        if is_current(file):
            told_file(file)
            return file.content.open("rb")
    make_again(file)
    return None


def name_of_file(file: ReportFile) -> str:
    """A name that tells files apart in a folder."""
    edition = f"-{file.edition.number}" if file.edition else ""
    return f"{file.report.slug}{edition}-{file.language}.{RENDERERS[file.file_format].extension}"


@transaction.atomic
def make_again(file: ReportFile) -> None:
    """Throw the bytes away and queue it anew."""
    file.content.delete(save=False)
    file.status, file.progress = ReportFile.Status.WAITING, 0
    file.save()
    make_file.enqueue(str(file.uid))


def let_go() -> int:
    """Remove files made a week ago, from the disk too: they can be asked for again. Returns how many."""
    old = list(ReportFile.objects.filter(finished_at__lt=timezone.now() - KEPT_FOR))
    for file in old:
        file.content.delete(save=False)
        file.delete()
    return len(old)


def be_seen() -> None:
    """A worker says that it is there, in the cache that all processes share; a few times a minute are enough."""
    seen = worker_seen()
    if seen is None or time.time() - seen > SEEN_EVERY:
        cache.set(SEEN, time.time(), None)


def worker_seen() -> float | None:
    """When a worker was last there, in seconds since 1970; None where that cannot be known."""
    with suppress(Error):
        return cache.get(SEEN)
    return None


def queue_lost() -> int:
    """Queue again what a worker that died had begun. Returns how many."""
    lost = list(ReportFile.objects.lost())
    for file in lost:
        make_again(file)
    return len(lost)


@task()
def make_file(uid: str) -> None:
    """Make one file, telling how far it is. Done twice, it is made twice and nothing is lost."""
    file = ReportFile.objects.select_related("report__cycle__plan", "report__member_state", "edition", "asked_by").get(
        uid=uid
    )
    try:
        _make(file)
    except Exception:
        logger.exception("A file of %s could not be made", file.report.slug)
        with translation.override(file.asked_by.language):
            file.fail(_("This file could not be made. The secretariat's administrators can see why in the log."))
        raise
    _tell(file)


def _make(file: ReportFile) -> None:
    file.tell(5)
    snapshot = shown_snapshot(file.edition) if file.edition else snapshot_of(file.report)
    file.tell(25)
    document = snapshot.document(file.language)
    file.tell(45)
    renderer = RENDERERS[file.file_format]
    content = renderer.render(document)
    made_of = _made_of(file, snapshot)
    file.finish(content, fingerprint=document.fingerprint, extension=renderer.extension, made_of=made_of)


def _tell(file: ReportFile) -> None:
    """A letter to whoever asked. It names the report and none of its words."""
    if not takes_mail(file.asked_by):
        return
    with translation.override(file.asked_by.language):
        subject = _("Your file is ready: %(report)s") % {"report": f"{name_of(file.report)}, {file.report.cycle}"}
        send_mail(subject, _("Sign in to fetch it, under Reports."), None, [file.asked_by.email], fail_silently=True)
