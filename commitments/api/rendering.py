"""Which form an answer takes, and how a body is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from commitments.api.answers import encode
from commitments.api.asking import echo, refuse


class JsonRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return encode(data)


class CsvRenderer(JsonRenderer):
    """Named for negotiation; lists write their table themselves, row by row."""

    media_type = "text/csv"
    format = "csv"


class Negotiation(DefaultContentNegotiation):
    """`format=` names one of the forms that this place has, or is refused by name."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:
        if request.query_params.get("format") == "":  # which is no form, and not the same as asking for none
            self.filter_renderers(renderers, "")
        return super().select_renderer(request, renderers, format_suffix)

    def filter_renderers(self, renderers: Any, format: str) -> list[Any]:
        found = [renderer for renderer in renderers if renderer.format == format]
        if not found:
            names = ", ".join(renderer.format for renderer in renderers)
            raise refuse("format", "choice", _("One of: %(choices)s.") % {"choices": names})
        return found


class JsonParser(BaseParser):
    """Strict JSON: UTF-8, each name once, no NaN, and no deeper than can be read."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        content = stream.read(limit + 1)
        if len(content) > limit:
            raise refuse("body", "size", _("At most %(limit)d bytes.") % {"limit": limit})
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            raise refuse("body", "encoding", _("The body is not valid UTF-8.")) from None
        try:
            return json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_such_number)
        except RecursionError:
            raise refuse("body", "depth", _("The body is nested too deeply.")) from None
        except json.JSONDecodeError as error:
            place = {"line": error.lineno, "column": error.colno}
            message = _("The body is not JSON: see line %(line)d, column %(column)d.") % place
            raise refuse("body", "json", message) from None
        except ValueError:  # a number of more digits than Python converts
            raise refuse("body", "number", _("The body holds a number that is too long.")) from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise refuse(echo(name), "repeated", _("Give it once."))
        found[name] = value
    return found


def _no_such_number(name: str) -> Any:
    raise refuse("body", "number", _("%(name)s is not a number in JSON.") % {"name": name})


def read_body(request: Any, known: Any, *, required: tuple[str, ...] = ()) -> dict[str, Any]:
    """The body as an object with none but known names. Raises Invalid naming what is unknown or missing.

    `known` is a serializer class, whose names are taken; what the values may be is the domain's to say.
    """
    body = request.data
    if not isinstance(body, Mapping):
        raise refuse("body", "object", _("The body must be a JSON object."))
    names = known if isinstance(known, tuple | frozenset) else tuple(known._declared_fields)
    if unknown := [name for name in body if name not in names]:
        message = _("There is no such field here. Known: %(known)s.") % {"known": ", ".join(names) or "-"}
        raise refuse(echo(unknown[0]), "unknown", message)
    if missing := [name for name in required if body.get(name) in (None, "")]:
        raise refuse(missing[0], "required", _("This is needed."))
    return dict(body.items())
