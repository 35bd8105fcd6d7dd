"""What a reader asks of a list or a detail: every query parameter known, once, and fit, or refused by name."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from django.utils.translation import gettext_lazy as _

from commitments.api.pages import DEFAULT_LIMIT, MAX_LIMIT
from commitments.errors import Invalid, Problem

MAX_VALUE = 1_000  # characters in one parameter
CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LIST_PARAMETERS = frozenset({"limit", "cursor", "count", "fields", "ordering", "format"})
DETAIL_PARAMETERS = frozenset({"fields", "format"})


def refuse(field: str, rule: str, message: Any) -> Invalid:
    return Invalid(problems=[Problem(field, rule, message)])


def echo(text: str) -> str:
    """A caller's own word, short and printable, for an error that names it."""
    return CONTROL.sub("�", text)[:60]


def read_parameters(request: Any, known: Collection[str]) -> dict[str, str]:
    """The query parameters by name. Raises one Invalid naming each unknown, repeated or unfit one."""
    _check_encoding(request)
    parameters: dict[str, str] = {}
    problems = []
    for name, values in request.GET.lists():
        if name not in known:
            choices = ", ".join(sorted(known)) or "-"
            unknown = _("There is no such parameter here. Known: %(known)s.") % {"known": choices}
            problems.append(Problem(echo(name), "unknown", unknown))
        elif len(values) > 1:
            problems.append(Problem(name, "repeated", _("Give it once.")))
        elif CONTROL.search(values[0]):
            problems.append(Problem(name, "characters", _("This holds characters that cannot be searched for.")))
        elif len(values[0]) > MAX_VALUE:
            size = {"limit": MAX_VALUE, "length": len(values[0])}
            too_long = _("At most %(limit)d characters; this has %(length)d.") % size
            problems.append(Problem(name, "length", too_long))
        else:
            parameters[name] = values[0]
    if problems:
        raise Invalid(problems=problems)
    return parameters


def _check_encoding(request: Any) -> None:
    raw = request.META.get("QUERY_STRING", "")
    if "%" not in raw and raw.isascii():
        return
    try:
        unquote_to_bytes(raw.encode("latin-1", "replace")).decode("utf-8")
    except UnicodeDecodeError:
        raise refuse("query", "encoding", _("The query is not valid UTF-8.")) from None


@dataclass(frozen=True)
class Ask:
    """How a page is wanted; the filters of the noun are in `parameters`."""

    parameters: dict[str, str]
    names: tuple[str, ...]
    limit: int
    has_limit: bool
    wants_count: bool
    ordering: str
    descending: bool

    @property
    def cursor(self) -> str:
        return self.parameters.get("cursor", "")


def ask(request: Any, known: Collection[str], *, names: Any, default_names: Any, orderings: Collection[str]) -> Ask:
    """Read and check all that can be asked of a list (or, without orderings, of a detail)."""
    common = LIST_PARAMETERS if orderings else DETAIL_PARAMETERS
    parameters = read_parameters(request, {*known, *common})
    ordering = parameters.get("ordering", next(iter(orderings), ""))
    if orderings and ordering.removeprefix("-") not in orderings:
        message = _("One of: %(choices)s; with - before it for the other way.") % {"choices": ", ".join(orderings)}
        raise refuse("ordering", "choice", message)
    return Ask(
        parameters=parameters,
        names=_fields(parameters.get("fields"), names, default_names),
        limit=_limit(parameters.get("limit")),
        has_limit="limit" in parameters,
        wants_count=yes_or_no("count", parameters.get("count", "false")),
        ordering=ordering.removeprefix("-"),
        descending=ordering.startswith("-"),
    )


def yes_or_no(field: str, value: str) -> bool:
    if value not in ("true", "false"):
        raise refuse(field, "choice", _("One of: true, false."))
    return value == "true"


def _limit(text: str | None) -> int:
    if text is None:
        return DEFAULT_LIMIT
    # By its digits: a number of ten thousand digits is never converted.
    if not re.fullmatch("[0-9]{1,3}", text) or not 1 <= int(text) <= MAX_LIMIT:
        raise refuse("limit", "range", _("A whole number from 1 to %(limit)d.") % {"limit": MAX_LIMIT})
    return int(text)


def _fields(text: str | None, names: Collection[str], default_names: Collection[str]) -> tuple[str, ...]:
    if text is None:
        return tuple(default_names)
    wanted = text.split(",")
    if unknown := [name for name in wanted if name not in names]:
        message = _("There is no field “%(name)s” here. Known: %(known)s.")
        raise refuse("fields", "unknown", message % {"name": echo(unknown[0]), "known": ", ".join(names)})
    return tuple(dict.fromkeys(wanted))
