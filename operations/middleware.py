"""The outermost: each request is numbered, counted and noted, and a probe is answered before anything else is asked."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from operations import metrics
from operations.probes import PROBES
from operations.requests import CURRENT, HEADER, number_of, route_of

Answer = Callable[[HttpRequest], HttpResponseBase]
logger = logging.getLogger("jpoa.requests")


def numbered(get_response: Answer) -> Answer:
    """Each request has a number, which its answer and its lines in the log bear."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.number = number_of(request)  # type: ignore[attr-defined]
        outer, began = CURRENT.set(request), time.monotonic()
        try:
            response = get_response(request)
            response[HEADER] = request.number  # type: ignore[attr-defined]
            _note(request, response.status_code, time.monotonic() - began)
        finally:
            CURRENT.reset(outer)
        return response

    return middleware


def answered_first(get_response: Answer) -> Answer:
    """Answer a probe at once; what it does not open goes the way of all addresses."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info.removeprefix("/"))
        if probe and request.method in ("GET", "HEAD"):
            with suppress(Http404):
                return probe(request)
        return get_response(request)

    return middleware


def _note(request: HttpRequest, status: int, seconds: float) -> None:
    """Probes are left out: they ask every few seconds, and are never slow where the rest is not."""
    if status == 200 and request.path_info.removeprefix("/") in PROBES:
        return
    route = route_of(request)
    metrics.count_request(request.method or "", route, status, seconds)
    facts = {"status": status, "milliseconds": round(seconds * 1000, 1)}
    logger.info("%s %s %d", request.method, route or "-", status, extra={"facts": facts})
