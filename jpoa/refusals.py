"""What was refused, as an HTTP answer: to the API a problem document (RFC 9457), to a browser a page."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.defaults import bad_request, page_not_found, permission_denied
from rest_framework.exceptions import APIException, NotAuthenticated, ParseError

from commitments.api.answers import PROBLEM, encode
from commitments.api.writing import KeyReused
from commitments.desk.typed import typed_in
from commitments.errors import (
    Forbidden,
    Invalid,
    NotVisible,
    Problem,
    Refused,
    StaleVersion,
    VersionMissing,
    WindowClosed,
    WrongStatus,
)
from jpoa.tokens import WrongCredentials
from operations import metrics
from operations.health import is_behind
from operations.outages import COME_BACK_AFTER, is_outage
from operations.requests import number
from reporting.models import SeatTaken
from reporting.rendered import Busy

logger = logging.getLogger(__name__)

API_PREFIX = "/api/"
STATUSES: dict[type[Refused], int] = {
    Invalid: 400,
    WrongCredentials: 401,
    SeatTaken: 423,  # a kind of Forbidden: before it
    Forbidden: 403,
    NotVisible: 404,
    WrongStatus: 409,
    StaleVersion: 412,
    KeyReused: 422,
    WindowClosed: 423,
    VersionMissing: 428,
    Busy: 503,
}
# Facts whose names mean something else in RFC 9457.
RENAMED_FACTS = {"status": "current_status"}
TITLES = {
    401: _("Sign in first."),
    405: _("This cannot be done here."),
    406: _("There is no such form of this."),
    413: _("This is too much at once."),
    415: _("Send JSON."),
    429: _("Too many requests. Wait a little."),
    500: _("Something went wrong here. It has been noted."),
    503: _("The service cannot answer now. Try again soon."),
}


def problem(
    status: int,
    code: str,
    title: Any,
    *,
    detail: Any = "",
    problems: list[Problem] | None = None,
    facts: dict[str, Any] | None = None,
) -> HttpResponse:
    """A problem document. Text that a caller made up is repeated only as far as it can be written down."""
    content: dict[str, Any] = {
        "type": f"urn:jpoa:problem:{code}",
        "title": str(title),
        "status": status,
        "detail": str(detail or title),
        "code": code,
    }
    if status >= 500 and number():  # what is refused is answered alike, to the byte; its number stands in the header
        content["instance"] = f"urn:jpoa:request:{number()}"
    if problems:
        content["errors"] = [
            {"field": _printable(one.field), "rule": one.rule, "message": _printable(one.message)} for one in problems
        ]
    content |= {RENAMED_FACTS.get(name, name): fact for name, fact in (facts or {}).items()}
    response = HttpResponse(encode(content), status=status, content_type=PROBLEM)
    response["Cache-Control"] = "private, no-store"
    if status == 401:
        response["WWW-Authenticate"] = "Token"
    return response


def answer_refusal(exception: Exception, context: dict[str, Any] | None = None) -> HttpResponse | None:
    """The answer to a refusal, or None for what nobody foresaw (a 500, which Django logs)."""
    if isinstance(exception, Refused):
        return _of_domain(exception)
    if isinstance(exception, APIException):
        return _of_framework(exception)
    if _cannot_answer(exception):
        _note_outage(exception)
        return _to_come_back(problem(503, "unavailable", TITLES[503]))
    answers = (answer for kind, answer in OTHERS.items() if isinstance(exception, kind))
    return next(answers, lambda: None)()


def _of_domain(refusal: Refused) -> HttpResponse:
    status = next(status for kind, status in STATUSES.items() if isinstance(refusal, kind))
    response = problem(
        status, refusal.code, refusal.title, detail=refusal.detail, problems=refusal.problems, facts=refusal.facts
    )
    return _to_come_back(response) if status == 503 else response


def _of_framework(exception: APIException) -> HttpResponse:
    """What Django REST framework refuses: who asks, how, and how often."""
    status = 401 if isinstance(exception, NotAuthenticated) else exception.status_code
    code = str(exception.default_code).replace("_", "-")
    detail = exception.detail if isinstance(exception.detail, str) else ""
    problems = [Problem("body", "malformed", detail)] if isinstance(exception, ParseError) else []
    title = TITLES.get(status, Invalid.title if problems else Refused.title)
    response = problem(status, code, title, detail=detail, problems=problems)
    if wait := getattr(exception, "wait", None):
        response["Retry-After"] = str(int(wait) + 1)
    return response


def _printable(text: Any) -> str:
    return str(text).encode("utf-8", "backslashreplace").decode()


def _cannot_answer(exception: Exception) -> bool:
    """Whether the database is out of reach, or not yet as this version needs it: asked again, it may answer."""
    return isinstance(exception, Error) and (is_outage(exception) or is_behind())


def _note_outage(exception: Exception) -> None:
    metrics.count_outage(exception)
    logger.error("The database cannot answer", exc_info=exception)


def _to_come_back(response: HttpResponse) -> HttpResponse:
    response["Retry-After"] = str(COME_BACK_AFTER)
    return response


# What Django itself raises; the narrower kind stands before the wider.
OTHERS: dict[type[Exception], Callable[[], HttpResponse]] = {
    Http404: lambda: _of_domain(NotVisible()),
    PermissionDenied: lambda: _of_domain(Forbidden()),
    RequestDataTooBig: lambda: problem(413, "too-large", TITLES[413]),
    SuspiciousOperation: lambda: problem(400, "invalid", Invalid.title),
}


# --- Handlers of Django for what happens outside a view --------------------------------------------


def handle_400(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(API_PREFIX):
        return problem(400, "invalid", Invalid.title)
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return _page("413.html", 413)
    return bad_request(request, exception)


def handle_403(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(API_PREFIX):
        return _of_domain(Forbidden())
    return permission_denied(request, exception)


def handle_404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere answers as one whose subject is not to be seen."""
    if request.path.startswith(API_PREFIX):
        return _of_domain(NotVisible())
    return page_not_found(request, exception)


def handle_500(request: HttpRequest) -> HttpResponse:
    """What no view foresaw, or what befell before there was one: a session that cannot be read, or not kept."""
    exception = sys.exc_info()[1]
    is_api = request.path.startswith(API_PREFIX)
    if isinstance(exception, Exception) and _cannot_answer(exception):
        if is_api and (answer := answer_refusal(exception)):
            return answer
        _note_outage(exception)
        return _to_come_back(_page("503.html", 503, {"typed": _typed_before(request), "number": number()}))
    if is_api:
        return problem(500, "error", TITLES[500])
    return _page("500.html", 500, {"number": number()})


def _typed_before(request: HttpRequest) -> list[str]:
    """What was typed into a form of the desk, as far as it has been read: a broken body is not read twice."""
    try:
        return typed_in(request)
    except (OSError, SuspiciousOperation, UnreadablePostError):
        return []


def refuse_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page that is too old. What was typed into it is shown, for whose browser keeps nothing."""
    return _page("403_csrf.html", 403, {"typed": typed_in(request)})


def _page(template: str, status: int, context: dict[str, Any] | None = None) -> HttpResponse:
    """A page that asks no database and knows nobody."""
    return HttpResponse(render_to_string(template, context), status=status)
