"""Which request this process is answering, and what a log may say of it."""

from __future__ import annotations

import re
import uuid
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest

HEADER = "X-Request-ID"
CURRENT: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
_WELL_FORMED = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{7,63}")


def number_of(request: HttpRequest) -> str:
    """The number that a proxy in front has given it, if that is fit to be written down; else one of its own."""
    asked = request.headers.get(HEADER, "")
    return asked if _WELL_FORMED.fullmatch(asked) else new_number()


def new_number() -> str:
    return uuid.uuid4().hex


def number() -> str:
    """The number of the request being answered; empty outside one."""
    return getattr(CURRENT.get(), "number", "")


def route_of(request: HttpRequest) -> str:
    """The route as the URLconf spells it. An address may hold a secret or name a State: it is told to no log."""
    return request.resolver_match.route if request.resolver_match else ""


def person_of(request: HttpRequest) -> str:
    """The uid of whoever asked, where that is known already: the log puts no question to the database."""
    person: Any = getattr(request, "_cached_user", None) or request.__dict__.get("user")
    return str(getattr(person, "__dict__", {}).get("uid", ""))
