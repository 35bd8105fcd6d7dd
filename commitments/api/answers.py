"""Bytes of an answer: JSON, a streamed table, a fingerprint to ask by."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from commitments.second_lock import for_the_same_reader

JSON = "application/json"
PROBLEM = "application/problem+json"
CSV = "text/csv; charset=utf-8"
# Where a spreadsheet would begin a formula: at the beginning of a text, and, as it cuts a file of commas at semicolons
# where lists are parted by those (in Russian, say), also after one and after a line end. The wide and the small forms
# count as the narrow. The same as in reporting/renderers/guarding.py.
FORMULA_BEGINS = re.compile(r"^(?=[\t\r])|(?:^|(?<=[;\t\r\n]))(?=(?:[^\S\r\n\t]|['\x22])*[=+\-@＝＋－＠﹦﹢﹣﹫])")


def encode(content: Any) -> bytes:
    return orjson.dumps(content, default=str, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


def answer(
    content: Any, *, status: int = 200, version: int | None = None, location: str = "", content_type: str = JSON
) -> HttpResponse:
    """JSON, with the version as its ETag where there is one."""
    response = HttpResponse(encode(content), status=status, content_type=content_type)
    if version is not None:
        response["ETag"] = f'"{version}"'
    if location:
        response["Location"] = location
    return response


def is_known(request: Any, etag: str) -> bool:
    """Whether the reader says that they have this one already."""
    held = request.headers.get("If-None-Match", "")
    return etag in [tag.strip().removeprefix("W/") for tag in held.split(",")]


def not_modified(etag: str) -> HttpResponse:
    response = HttpResponse(status=304)
    response["ETag"] = etag
    return response


def public(request: Any, response: HttpResponseBase, max_age: int) -> HttpResponseBase:
    """Let caches keep what anybody may read: for `max_age` seconds, or (0) only to ask whether it still holds.

    What a State can withdraw is never kept without asking: it disappears at once.
    """
    if request.user.is_authenticated or response.status_code != 200:
        return response
    response["Cache-Control"] = f"public, max-age={max_age}" if max_age else "public, no-cache"
    if isinstance(response, HttpResponse):
        etag = f'"{sha256(response.content).hexdigest()[:32]}"'
        if is_known(request, etag):
            cached = not_modified(etag)
            cached["Cache-Control"] = response["Cache-Control"]
            return cached
        response["ETag"] = etag
    return response


class _Line(io.StringIO):
    """A file that gives back the line just written."""

    def take(self) -> str:
        line = self.getvalue()
        self.seek(0)
        self.truncate()
        return line


def table(names: Iterable[str], rows: Iterable[Mapping[str, Any]], file_name: str) -> StreamingHttpResponse:
    """A CSV file: a header, then row by row as they are read."""
    response = StreamingHttpResponse(_lines(list(names), for_the_same_reader(rows)), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="{file_name}.csv"'
    return response


def _lines(names: list[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    line = _Line()
    writer = csv.writer(line)
    writer.writerow(names)
    yield line.take()
    for row in rows:
        writer.writerow([cell(row[name]) for name in names])
        yield line.take()


def cell(value: Any) -> Any:
    """A value as one cell: lists with semicolons, objects as JSON, and never a formula."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        value = "; ".join(value)
    elif not isinstance(value, str):
        value = encode(value).decode().strip('"')
    return FORMULA_BEGINS.sub("'", value)
