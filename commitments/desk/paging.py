"""Long lists, page by page: which page is asked for, its rows, and the addresses of the pages beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from commitments.screens.sent import whole_number

LAST = 5_000  # no list is read further: what is looked for there is found by narrowing


@dataclass(frozen=True)
class Part:
    """One page of a list, and the place of its first row. Where the list is counted: its rows, and its pages."""

    rows: list[Any]
    number: int
    before: str
    after: str
    first: int
    count: int | None = None
    total: int | None = None


def page_number(request: HttpRequest) -> int:
    """The page asked for, from 1; the first for what is no page."""
    return min(whole_number(request.GET.get("page", "")) or 1, LAST)


def part_of(request: HttpRequest, rows: Any, size: int, *, asked: QueryDict | None = None) -> Part:
    """A page of a list that is not counted: one row more is read, to know whether there are more.

    `asked` are the choices that the pages beside it keep, by default those of the address.
    """
    start = (page_number(request) - 1) * size
    return part_read(request, list(rows[start : start + size + 1]), size, asked=asked)


def part_read(request: HttpRequest, found: list[Any], size: int, *, asked: QueryDict | None = None) -> Part:
    """The same of rows that were read already, one more than the page holds where there are more."""
    number = page_number(request)
    after = number + 1 if len(found) > size and number < LAST else 0
    return Part(found[:size], number, *_beside(request, asked, number - 1, after), first=(number - 1) * size + 1)


def counted_part_of(request: HttpRequest, rows: Any, size: int, *, count: int) -> Part:
    """A page of a list of so many rows; the last page where there are not as many as were asked for."""
    total = max(-(-count // size), 1)
    number = min(page_number(request), total)
    start = (number - 1) * size
    beside = _beside(request, None, number - 1, number + 1 if number < total else 0)
    return Part(list(rows[start : start + size]), number, *beside, first=start + 1, count=count, total=total)


def _beside(request: HttpRequest, asked: QueryDict | None, before: int, after: int) -> tuple[str, str]:
    return _address(asked or request.GET, before), _address(asked or request.GET, after)


def _address(asked: QueryDict, number: int) -> str:
    query = asked.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}" if number else ""
