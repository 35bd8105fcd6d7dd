"""How long a session lasts: an hour without a sign of its owner, and half a day in all (docs/security.md).

Both are kept in the database: a cookie that is copied lives no longer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as PROOFS
from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

BEGUN = "begun"
SELDOM = dt.timedelta(minutes=5)  # so often at most a sign of life is written down
BY_ITSELF = {"present", "seat"}  # what an open page asks again and again, whoever sits before it


class SessionStore(db.SessionStore):
    """Sessions in the database, which end by themselves there."""

    until: dt.datetime | None = None

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]
        self.until = row.expire_date if row else None
        return row

    def get_expiry_date(self, **kwargs: Any) -> dt.datetime:
        """As long as somebody who is away may be, and never beyond the longest since signing in."""
        now = timezone.now()
        begun = dt.datetime.fromtimestamp(self.get(BEGUN, now.timestamp()), dt.UTC)
        idle = dt.timedelta(minutes=settings.SESSION_IDLE_MINUTES)
        return min(now + idle, begun + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE))

    def cycle_key(self) -> None:
        """Signing in and a new password begin anew."""
        super().cycle_key()
        self[BEGUN] = timezone.now().timestamp()

    def cycle_key_only(self) -> None:
        """Proving oneself again makes another key, and no more time."""
        begun = self.setdefault(BEGUN, timezone.now().timestamp())
        super().cycle_key()
        self[BEGUN] = begun

    def keep(self) -> None:
        """A sign of life. Where it cannot be written, or the session was ended meanwhile, nothing else fails."""
        left = self.until - timezone.now() if self.until else None
        if left is None or left > dt.timedelta(minutes=settings.SESSION_IDLE_MINUTES) - SELDOM:
            return
        with suppress(Error, UpdateError):
            self.setdefault(BEGUN, timezone.now().timestamp())  # one from before there was an end
            self.save()


def kept_alive(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """What somebody asks keeps their session; a password or a code that is given again makes its key anew; signing out
    clears the browser's storage."""

    def middleware(request: HttpRequest) -> HttpResponse:
        was_in, proofs = request.user.is_authenticated, len(request.session.get(PROOFS, ()))
        response = get_response(request)
        if not (was_in and request.user.is_authenticated):
            if was_in:  # signed out: what was typed and not saved does not stay on the device for whoever comes next
                response["Clear-Site-Data"] = '"storage"'
            return response
        if len(request.session.get(PROOFS, ())) > proofs:
            request.session.cycle_key_only()  # type: ignore[attr-defined]
        elif request.headers.get("HX-Trigger") not in BY_ITSELF:
            request.session.keep()  # type: ignore[attr-defined]
        return response

    return middleware
