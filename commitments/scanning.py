"""Files wait, shown to nobody, until whatever scans them has passed them: `settings.SCANNER` names it.

Without one, what the file itself shows (`uploads.check`) is all that is looked at. One that cannot be reached passes
nothing: the file waits, and is tried again.
"""

from __future__ import annotations

import datetime as dt
import logging
import socket
import struct
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from commitments.models import Event, Evidence, Notice

Scanner = Callable[[Any], str]  # a file open for reading -> why it is refused, or nothing
AGAIN_AFTER = dt.timedelta(minutes=1)
PATIENCE, PIECE = 60, 65_536  # seconds for an answer; bytes at a time
_log = logging.getLogger(__name__)


def scanner() -> Scanner | None:
    """At `clamd://host:port` or `clamd:///path/of/its/socket`, or by its dotted path; none where none is named."""
    named = settings.SCANNER
    if named.startswith("clamd://"):
        return lambda file: clamd(named, file)
    return import_string(named) if named else None


def clamd(address: str, file: Any) -> str:
    """Ask ClamAV's daemon (INSTREAM). Raises OSError where it gives no verdict."""
    place = urlsplit(address)
    with socket.socket(socket.AF_INET if place.hostname else socket.AF_UNIX) as line:
        line.settimeout(PATIENCE)
        line.connect((place.hostname, place.port or 3310) if place.hostname else place.path)
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := line.recv(PIECE)):
            answer += more
    told = answer.decode("utf-8", "replace").strip("\0\n ").removeprefix("stream: ")
    is_whole = answer.endswith(b"\0")
    if is_whole and told == "OK":
        return ""
    if is_whole and told.endswith(" FOUND"):
        return told.removesuffix(" FOUND")
    raise OSError(f"clamd gives no verdict: {told[:100]!r}")


def queue_waiting() -> int:
    """Queue every file that waits and is not being looked at. Returns how many. The worker asks again and again."""
    now = timezone.now()
    waiting = Evidence.objects.filter(scan=Evidence.Scan.WAITING)
    due = list(waiting.filter(Q(scan_begun_at=None) | Q(scan_begun_at__lt=now - AGAIN_AFTER))[:100])
    for evidence in due:
        with transaction.atomic():
            Evidence.objects.filter(pk=evidence.pk).update(scan_begun_at=now)
            scan_file.enqueue(str(evidence.uid))
    return len(due)


@task()
def scan_file(uid: str) -> None:
    """Pass or refuse one file that waits. Done twice, it is decided once."""
    evidence = Evidence.objects.filter(uid=uid, scan=Evidence.Scan.WAITING).first()
    if evidence is None:
        return
    try:
        reason = _reason_against(evidence)
    except Exception:  # a scanner of somebody else's making may fail in any way: then nothing is passed
        _log.exception("the scanner gives no verdict on evidence %s: it is tried again", uid)
        return
    if reason:
        _refuse(evidence, reason[:200])
    else:
        _waiting(evidence).update(scan=Evidence.Scan.PASSED)


def _reason_against(evidence: Evidence) -> str:
    scan = scanner()
    if scan is None:
        return ""
    with evidence.file.open("rb") as file:
        return scan(file)


def _waiting(evidence: Evidence) -> Any:
    return Evidence.objects.filter(pk=evidence.pk, scan=Evidence.Scan.WAITING)


@transaction.atomic
def _refuse(evidence: Evidence, reason: str) -> None:
    """Take it off the draft, and its bytes out of the storage; that it was there, and why it went, stays on record."""
    update = evidence.update
    if not _waiting(evidence).update(scan=Evidence.Scan.REFUSED, scan_reason=reason, retired_at=timezone.now()):
        return
    event = Event.record(
        f"evidence:{evidence.uid}",
        "refuse_file",
        by=None,
        update=update,
        member_state=update.commitment.member_state,
        from_status=update.status,
        to_status=update.status,
        audience=update.audience,
        reason=reason,
        changes={"sha256": evidence.sha256},
    )
    Notice.tell([evidence.added_by], event)
    storage, name = evidence.file.storage, str(evidence.file.name)
    transaction.on_commit(lambda: storage.delete(name))
