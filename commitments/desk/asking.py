"""What every page of the desk keeps to: signed in, rows through their door, and a refusal that loses nothing typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods

from commitments.desk.typed import typed_in
from commitments.errors import NotVisible, Refused
from commitments.screens.forms import DeskForm, actor

View = Callable[..., HttpResponseBase]
PACKING = GZipMiddleware(lambda request: HttpResponse())
ASKED_BY_THE_READER = ("same-origin", "none")  # from a page of ours; or typed, or from a bookmark
_READ: set[View] = set()  # the pages that are read, and not only sent to


def page(*methods: str) -> Callable[[View], View]:
    """A page of the desk: for whoever is signed in, by these methods. What the domain hides does not exist."""

    def decorate(view: View) -> View:
        @require_http_methods({*methods, "GET", "HEAD"})
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _sign_in_first(request)
            if request.method not in methods:
                return redirect(_page_above(request.path))
            return _packed(request, _answered(view, request, *args, **named))

        _READ.update({answer} if "GET" in methods else ())
        return answer

    return decorate


def _packed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A page packed is a fifth as long on a slow line; a file goes as it is.

    How well a page packs tells of its words: to whoever watches the line and has the reader's browser ask for this and
    that. So a page that another site, or a browser that does not say, has asked for goes unpacked.
    """
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    is_own = request.headers.get("Sec-Fetch-Site") in ASKED_BY_THE_READER
    return PACKING.process_response(request, response) if is_page and is_own else response


def _answered(view: View, request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
    if not all(str(value).isprintable() for value in named.values()):
        raise Http404  # no key has such characters, and no database is asked about them
    try:
        with timezone.override(actor(request).zone()):  # times are shown by the reader's own clock
            return view(request, *args, **named)
    except (NotVisible, Http404):
        if is_partial(request) or not (typed := typed_in(request)):
            raise Http404 from None
        return render(request, "desk/taken_away.html", {"typed": typed}, status=404)
    except Refused as refusal:
        return refused(request, refusal)


def _page_above(path: str) -> str:
    """Where something is only done, nothing is read: whoever comes back to such an address, from a page that was shown
    again, by signing in or by choosing a language, is led to the page that it belongs to."""
    while path.count("/") > 1:
        path = f"{path.rstrip('/').rpartition('/')[0]}/"
        with suppress(Resolver404):
            if resolve(path).func in _READ:
                break
    return path


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A page that says why not, for what has no form of its own to say it in."""
    return render(request, "desk/refused.html", {"refusal": refusal}, status=status_of([refusal]))


def is_partial(request: HttpRequest) -> bool:
    """Whether a script of the page asks for a part of it, and no browser for a page."""
    return request.headers.get("HX-Request") == "true"


def one_of(rows: Any, **key: Any) -> Any:
    """The row of this key, or 404: what may not be seen is absent."""
    found = rows.filter(**key).first()
    if found is None:
        raise Http404
    return found


def status_of(refusals: Iterable[Refused | None]) -> int:
    """The status of a page that shows what was refused; 400 for words that cannot be taken, 200 without a refusal."""
    answer_to = import_string(settings.REST_FRAMEWORK["EXCEPTION_HANDLER"])  # the one home of these verdicts
    for refusal in refusals:
        if refusal is not None:
            return answer_to(refusal, {}).status_code
    return 200


def status_of_forms(forms: Iterable[DeskForm]) -> int:
    """The same for forms; one that was malformed before the domain was asked is a 400 too."""
    shown = list(forms)
    found = status_of(form.refusal for form in shown)
    return found if found != 200 or all(form.is_valid() for form in shown if form.is_bound) else 400


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """A session that has ended: to the sign-in page; what was typed into a form is shown, to be copied."""
    if is_partial(request):
        return HttpResponse(status=401)
    if request.method != "POST":
        return redirect(_sign_in_and_return(request.get_full_path()))
    context = {
        "typed": typed_in(request),
        "address": _sign_in_and_return(urlsplit(request.headers.get("Referer", "")).path),
    }
    return render(request, "desk/signed_out.html", context, status=401)


def _sign_in_and_return(place: str) -> str:
    return f"{settings.LOGIN_URL}?{urlencode({'next': place})}"
