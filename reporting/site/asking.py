"""What every public page keeps to: read only, small on the wire, kept by caches no longer than it may be."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]
Found = TypeVar("Found")
MAX_AGE = 60  # seconds


def public_page(*, shows_releases: bool = False) -> Callable[[View], View]:
    """A page for everybody. An unchanged one is answered 304; caches keep what nobody can take back for a minute.

    What a State can withdraw is never shown without asking anew: it disappears at once.
    """

    def decorate(view: View) -> View:
        @gzip_page  # nothing secret stands in a public page, no token of a form either
        @require_safe
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            response = _in_language_asked_for(view, request, *args, **named)
            if response.status_code != 200 or request.user.is_authenticated:
                return response
            return _kept(request, response, "public, no-cache" if shows_releases else f"public, max-age={MAX_AGE}")

        return answer

    return decorate


def language_asked_for(request: HttpRequest) -> str:
    """`?language=`: an address to pass on that is read in one language, whatever the reader's browser says."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def _in_language_asked_for(view: View, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
    asked = language_asked_for(request)
    with translation.override(asked) if asked else nullcontext():
        response = view(request, *args, **named)
        response["Content-Language"] = translation.get_language() or ""
    return response


def _kept(request: HttpRequest, response: HttpResponse, how: str) -> HttpResponse:
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response["ETag"], response["Cache-Control"] = etag, how
    answered: Any = get_conditional_response(request, etag=etag, response=response)
    return answered


def found(what: Found | None) -> Found:
    """It, or 404."""
    if what is None:
        raise Http404
    return what
