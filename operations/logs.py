"""Lines of the log as JSON. They name who, what and when, and repeat nobody's words.

Only what is listed here is written: of a record's own extras nothing else, of an exception its kinds and places. What
an exception says may hold a row (PostgreSQL quotes the one that broke a rule) or the variables of a page.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import traceback
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from operations.outages import is_outage, reason_of
from operations.requests import CURRENT, person_of, route_of


class WithoutAddresses(logging.Filter):
    """Puts the route where a line of Django's names the address: addresses hold keys of calendars and passwords."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None) or CURRENT.get()
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            addresses = {request.path, request.path_info, request.get_full_path()}
            record.args = tuple(
                (route_of(request) or "-") if isinstance(word, str) and word in addresses else word
                for word in record.args
            )
        return True


class JsonLines(logging.Formatter):
    """One object a line: time, level, logger, message; of a request its number, method, route, person."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        request = CURRENT.get() or getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            known = {"request_id": getattr(request, "number", ""), "method": request.method}
            line |= known | {"route": route_of(request), "person": person_of(request)}
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            line["exception"] = list(_told(record.exc_info[1]))
        return json.dumps({name: fact for name, fact in line.items() if fact != ""}, ensure_ascii=False, default=str)


def _told(exception: BaseException | None) -> Iterator[str]:
    """The exception and what led to it, the last first: kind and places. Words only where they are the database's on
    why it cannot answer."""
    while exception is not None:
        kind = f"{type(exception).__module__}.{type(exception).__qualname__}"
        yield f"{kind}: {reason_of(exception)}" if is_outage(exception) else kind
        for frame in reversed(traceback.extract_tb(exception.__traceback__)):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        exception = exception.__cause__ or (None if exception.__suppress_context__ else exception.__context__)
