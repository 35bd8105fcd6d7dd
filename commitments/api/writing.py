"""What every write keeps to: the version that was read, and a repeated request answered as the first was."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import orjson
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from commitments.api.answers import JSON
from commitments.api.asking import refuse
from commitments.errors import Refused
from commitments.models import StoredReply
from commitments.querysets import mandate_of

KEPT_HEADERS = ("ETag", "Location")
NO_SUCH_VERSION = -1


class KeyReused(Refused):
    """An Idempotency-Key that belongs to another request."""

    code = "idempotency-key-reused"
    title = _("This Idempotency-Key was used for another request.")


def version_read(request: Any) -> int | None:
    """The version that If-Match names; None where it names none, and one that never was where it is malformed.

    `*` names no version: nobody writes over words that they have not read.
    """
    value = request.headers.get("If-Match", "").strip()
    if value in ("", "*"):
        return None
    found = re.fullmatch(r'"([0-9]{1,9})"', value)
    return int(found[1]) if found else NO_SUCH_VERSION


def once(request: Any, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Do it, or, where this person's Idempotency-Key has been answered before, answer the same again.

    The answer is kept in the transaction of what it did, and only if that succeeded. Of two requests at once
    the second waits on the unique key for the first.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None or not request.user.is_authenticated:
        return act()
    if not re.fullmatch(r"[\x21-\x7e]{1,200}", key):
        raise refuse("Idempotency-Key", "characters", _("1 to 200 printable ASCII characters without spaces."))
    asked = _fingerprint(request)
    if (reply := _kept(request.user, key)) is None:
        try:
            return _first_time(request, key, asked, act)
        except _TakenMeanwhileError:
            reply = StoredReply.objects.get(person=request.user, key=key)
    return _again(reply, asked)


class _TakenMeanwhileError(Exception):
    """Another request with the same key was first."""


def _kept(person: Any, key: str) -> StoredReply | None:
    return StoredReply.objects.filter(person=person, key=key).first()


def _first_time(request: Any, key: str, asked: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    with transaction.atomic():
        try:
            with transaction.atomic():
                taken = StoredReply.objects.create(person=request.user, key=key, request_hash=asked, status=102)
        except IntegrityError:
            raise _TakenMeanwhileError() from None
        response = act()
        answered = StoredReply(
            pk=taken.pk,
            person=request.user,
            key=key,
            request_hash=asked,
            status=response.status_code,
            headers={name: response[name] for name in KEPT_HEADERS if name in response},
            body=response.content.decode(),
        )
        answered.save(force_update=True)
        return response


def _again(reply: StoredReply, asked: str) -> HttpResponse:
    if reply.request_hash != asked:
        raise KeyReused()
    response = HttpResponse(reply.body, status=reply.status, content_type=JSON, headers=dict(reply.headers))
    response["Idempotency-Replayed"] = "true"
    return response


def _fingerprint(request: Any) -> str:
    """SHA-256 of what was asked and in what capacity: a lost role does not get the old answer."""
    holdings = sorted(map(repr, mandate_of(request.user).holdings))
    asked = [request.method, request.get_full_path(), request.headers.get("If-Match", ""), holdings]
    parts = sha256(orjson.dumps(asked))
    for name, value in sorted(request.data.items()) if hasattr(request.data, "items") else [("", request.data)]:
        parts.update(repr(name).encode())
        parts.update(_content(value) if isinstance(value, UploadedFile) else repr(value).encode())
    return parts.hexdigest()


def _content(file: UploadedFile) -> bytes:
    digest = sha256(f"{file.name!r} {file.size}".encode())
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.digest()
