"""A document as a file over HTTP: its form named by the address, its ETag the fingerprint that every format carries."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from commitments.api.answers import is_known, not_modified
from commitments.api.schema import refusals
from commitments.errors import NotVisible
from reporting.document import Document
from reporting.rendered import rendered
from reporting.renderers import RENDERERS, Renderer
from reporting.renderers.html import stylesheet
from reporting.reports import LANGUAGES

_TYPES = {"html": OpenApiTypes.STR, "json": OpenApiTypes.OBJECT}
_SHOWN_IN_BROWSERS = frozenset({"html", "pdf"})
BY_EXTENSION: dict[str, Renderer] = {one.extension: one for one in RENDERERS.values()}


class NamedByAddress(BaseContentNegotiation):
    """The address says the format; what a browser says it accepts changes nothing."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser:
        return next(iter(parsers))

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, first.media_type


def renderer_of(extension: str) -> Renderer:
    """The format of this extension, or NotVisible: there is no such file."""
    if extension not in BY_EXTENSION:
        raise NotVisible()
    return BY_EXTENSION[extension]


def file_of(request: Any, document: Document, renderer: Renderer, name: str) -> HttpResponse:
    """The document in one format, or 304 for who has it. `name` without its extension."""
    etag = f'"{document.fingerprint}"'
    if is_known(request, etag):
        return not_modified(etag)
    content = rendered(document, renderer)
    response = HttpResponse(content, content_type=renderer.media_type)
    response["ETag"] = etag
    response["Repr-Digest"] = digest_field(content)
    response["Content-Language"] = document.language
    place = "inline" if renderer.name in _SHOWN_IN_BROWSERS else "attachment"
    response["Content-Disposition"] = f'{place}; filename="{name}.{renderer.extension}"'
    if renderer.name == "html":
        _allow_own_style(response)
    return response


def digest_field(content: bytes) -> str:
    """The SHA-256 of an answer's bytes, as RFC 9530 writes it."""
    return f"sha-256=:{base64.b64encode(sha256(content).digest()).decode()}:"


def kept_by_nobody_else(request: Any, response: HttpResponse) -> HttpResponse:
    """What anybody may read may be kept, but asked for each time: what a State withdraws disappears at once."""
    if not request.user.is_authenticated and response.status_code in (200, 304):
        response["Cache-Control"] = "public, no-cache"
    return response


def _allow_own_style(response: HttpResponse) -> None:
    """The page carries its stylesheet within, to be saved and sent; the policy names it by its hash."""
    digest = base64.b64encode(sha256(stylesheet().encode()).digest()).decode()
    response._csp_update = {"style-src": [f"'sha256-{digest}'"]}  # type: ignore[attr-defined]


# --- For the OpenAPI document ---------------------------------------------------------------------

LANGUAGE_ASKED = OpenApiParameter("language", str, enum=LANGUAGES, description="`en` where left out.")
KEY = OpenApiParameter("key", str, OpenApiParameter.PATH, required=True, description="The natural key.")
EXTENSION = OpenApiParameter("extension", str, OpenApiParameter.PATH, enum=list(BY_EXTENSION))


def documented(*codes: str) -> dict[Any, Any]:
    """The answers of a file: every format, 304, and the refusals by their codes."""
    return {
        **{
            (200, one.media_type.split(";")[0]): _TYPES.get(one.name, OpenApiTypes.BINARY) for one in RENDERERS.values()
        },
        304: OpenApiResponse(description="You have this one already."),
        **refusals(*codes),
    }
