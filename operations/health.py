"""Whether this process answers, and whether it can do its work. Neither says anything of what is kept here."""

from __future__ import annotations

import tempfile
import time
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from reporting.background import worker_seen

OK = "ok"
SILENT_AFTER = 600  # seconds: a long report takes a worker some minutes


def parts() -> dict[str, str]:
    """Each part that this process needs, with "ok" or what is wrong with it."""
    return {"database": _database(), "files": _files()}


def worker() -> str:
    """Whether somebody does the work in the background. Pages are answered without, so it decides nothing."""
    seen = worker_seen()
    if seen is None:
        return "never seen"
    return "seen" if time.time() - seen < SILENT_AFTER else "silent"


def _database() -> str:
    try:
        applied = MigrationRecorder(connection).applied_migrations()
        is_read_only = connection.vendor == "postgresql" and _asked("SHOW transaction_read_only") == "on"
    except Error:
        return "unreachable"
    if not _known() <= applied.keys():
        return "not migrated"
    return "read-only" if is_read_only else OK


def is_behind() -> bool:
    """Whether the tables are not those of this version: it has been started, and `migrate` has not ended yet."""
    return _database() == "not migrated"


def _asked(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@cache
def _known() -> frozenset[tuple[str, str]]:
    """The migrations of this version: read from the disk once. A squashed one may stand for those it replaces."""
    return frozenset(MigrationLoader(None).graph.nodes)


def _files() -> str:
    try:
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT) as file:  # has no name, and leaves none
            file.write(b"ready")
            file.flush()
    except OSError:
        return "not writable"
    return OK
