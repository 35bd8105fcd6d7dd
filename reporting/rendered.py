"""Files of documents as they are asked for over HTTP: each made once, and a heavy one by one request at a time.

The bytes depend on the document and on the renderers alone, so they are kept under its fingerprint. Who may read it is
decided before: whoever holds a document has its words already.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import gettext_lazy as _

from commitments.errors import Refused
from reporting.document import Document
from reporting.renderers import Renderer

KEPT_SECONDS = 24 * 3600
PATIENCE_SECONDS = 3.0  # of a request that waits for another's file
_one_at_a_time = threading.Semaphore()  # in each process: a typesetter takes a core and hundreds of megabytes


class Busy(Refused):
    """Another file is being made. Nothing is wrong with the question: ask it again soon."""

    code = "busy"
    title = _("Another file is being made. Try again in a moment.")


def rendered(document: Document, renderer: Renderer) -> bytes:
    """The document in one format. Raises Busy where a heavy one waits longer than a request should."""
    if not renderer.is_heavy:
        return renderer.render(document)
    key = f"{renderer.name}-{document.fingerprint}-{_made_by()}"
    return _kept(key) or _made(document, renderer, key)


def _made(document: Document, renderer: Renderer, key: str) -> bytes:
    if not _one_at_a_time.acquire(timeout=PATIENCE_SECONDS):
        raise Busy()
    try:
        content = _kept(key) or renderer.render(document)  # perhaps it was this file that was waited for
        with suppress(OSError):  # a full disk keeps nobody from their file
            caches["files"].set(key, content, KEPT_SECONDS)
    finally:
        _one_at_a_time.release()
    return content


def _kept(key: str) -> bytes | None:
    return caches["files"].get(key)


@cache
def _made_by() -> int:
    """When the newest of the files that make documents was changed: another release makes other bytes."""
    folders = (Path(__file__).parent, Path(settings.BASE_DIR) / "jpoa" / "locale")
    return max(file.stat().st_mtime_ns for folder in folders for file in folder.rglob("*.*"))
