"""What every answer keeps to: a second factor by role, and nothing private in a cache."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlencode

from allauth.account import app_settings as account_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers

from commitments.mandates import Mandate
from commitments.models import Reading
from commitments.readings import Ledger, noted
from commitments.second_lock import NOBODY, reading_as
from commitments.workflow import Role
from jpoa.headers import CLOSED, transport

Answer = Callable[[HttpRequest], HttpResponse]
MADE_OF = ("/accounts/2fa/totp/deactivate/", "/accounts/2fa/recovery-codes/")


def needs_second_factor(mandate: Mandate) -> bool:
    """Coordinators, the secretariat and administrators sign in with a second factor, outside the demonstration; all do
    where SECOND_FACTOR_FOR_ALL is set."""
    if settings.DEMONSTRATION:
        return False
    return (
        settings.SECOND_FACTOR_FOR_ALL
        or mandate.is_administrator
        or mandate.is_secretariat
        or Role.COORDINATOR in mandate.roles
    )


def named_reader(get_response: Answer) -> Answer:
    """Everything that this answer reads is read for whoever asks; a token of the API names its person later."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with reading_as(str(request.user.pk) if request.user.is_authenticated else NOBODY):
            return get_response(request)

    return middleware


def second_factor_by_role(get_response: Answer) -> Answer:
    """Send those who need a second factor and have none to set it up, wherever they were going."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        lacks = person.is_authenticated and needs_second_factor(person.mandate) and not is_mfa_enabled(person)
        request.lacks_second_factor = lacks  # type: ignore[attr-defined]
        if lacks and not request.path.startswith(("/accounts/", "/language/", "/static/")):
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def both_proofs(get_response: Answer) -> Answer:
    """What a second factor is made of is shown and changed for who has just given the password and a code again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        if request.path.startswith(MADE_OF) and person.is_authenticated and is_mfa_enabled(person):
            given = _given_again(request)
            if "mfa" not in given or (person.has_usable_password() and "password" not in given):
                place = "account_reauthenticate" if "mfa" in given else "mfa_reauthenticate"
                return redirect(f"{reverse(place)}?{urlencode({'next': request.path})}")
        return get_response(request)

    return middleware


def _given_again(request: HttpRequest) -> set[str]:
    """By which ways whoever asks has just proven themselves again. To set a second factor up takes a code of it."""
    since = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    given = {one["method"] for one in records if one.get("reauthenticated") and one["at"] > since}
    factors = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP)
    made_at = factors.values_list("created_at", flat=True).first()
    return given | ({"mfa"} if made_at and made_at.timestamp() > since else set())


def closed_to_other_sites(get_response: Answer) -> Answer:
    """Outermost, so that static files, redirections and errors keep to it too. A page has a policy of its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in (CLOSED | (transport() if request.is_secure() else {})).items():
            response.headers.setdefault(name, value)
        if "frame-ancestors" not in (policy := response["Content-Security-Policy"]):
            response["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
        return response

    return middleware


def fit_cookies(get_response: Answer) -> Answer:
    """Leave out cookies that hold NUL: PostgreSQL takes no such text, and no session is called that."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\0" not in value}
        return get_response(request)

    return middleware


def private_answers(get_response: Answer) -> Answer:
    """An answer made for somebody is kept by nobody else: no-store, and varying by who asks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        patch_vary_headers(response, ["Cookie", "Authorization", "Accept-Language"])
        if request.user.is_authenticated or "Authorization" in request.headers:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


def readings_noted(get_response: Answer) -> Answer:
    """No answer leaves before it is written down whose words it shows: where that fails, there is no answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        ledger = Ledger()
        with noted(ledger):
            response = get_response(request)
        facts = (_channel(request, response), getattr(request, "number", ""))
        if response.status_code < 500:
            ledger.write(request.user, *facts)
        if isinstance(response, StreamingHttpResponse) and not getattr(response, "file_to_stream", None):
            response.streaming_content = _as_told(response.streaming_content, ledger, (request.user, *facts))
        return response

    return middleware


def _as_told(parts: Iterable[bytes], ledger: Ledger, facts: tuple) -> Iterator[bytes]:
    """A table that is read as it is sent: each part leaves once what it tells is written."""
    source = iter(parts)
    while True:
        with noted(ledger):
            part = next(source, None)
        ledger.write(*facts)
        if part is None:
            return
        yield part


def _channel(request: HttpRequest, response: HttpResponse) -> str:
    """By which way words leave: as a file or a table, or else by the part of the site that shows them."""
    if "attachment" in response.headers.get("Content-Disposition", ""):
        is_table = response.headers.get("Content-Type", "").startswith("text/csv")
        return Reading.Channel.EXPORT if is_table else Reading.Channel.FILE
    places = {"/api/": Reading.Channel.API, "/admin/": Reading.Channel.ADMIN}
    return next((name for place, name in places.items() if request.path.startswith(place)), Reading.Channel.DESK)
