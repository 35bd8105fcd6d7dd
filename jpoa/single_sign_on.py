"""Single sign-on with a provider of OpenID Connect: off unless configured, for people who are here already.

The code flow with PKCE, state and nonce; the ID token is verified by signature, issuer, audience and time. Nobody gets
an account by it, and a second factor is asked for as after a password.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import DjangoOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from joserfc.errors import JoseError
from requests import RequestException

from commitments.models import Person
from commitments.screens.account import is_known_by

logger = logging.getLogger(__name__)
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
NEXT = "single_sign_on_next"
PRESSED_HERE = ("same-origin", "none")  # our own button; or typed, or from a bookmark
PATIENCE = 5  # seconds, for each answer of the provider
# All that a provider that is wrong, slow or hostile can make of an answer.
FAILURES = (AuthlibBaseError, JoseError, RequestException, AttributeError, KeyError, TypeError, ValueError,
            RuntimeError)  # fmt: skip


@require_safe
@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """To the provider; back to the page that was asked for, where it is one of ours. The page of another site cannot
    sign anybody in: it is led to the button."""
    client = _client()
    if request.headers.get("Sec-Fetch-Site", "none") not in PRESSED_HERE:
        return redirect("account_login")
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    request.session[NEXT] = wanted if is_ours else ""
    try:
        _load(client)
        return client.authorize_redirect(request, request.build_absolute_uri(reverse("single-sign-on-return")))
    except FAILURES as failure:
        return _refused(request, failure)


@require_safe
@never_cache
def returned(request: HttpRequest) -> HttpResponse:
    """From the provider, with a code. Whatever is wrong, and whoever is not here, the answer is the same."""
    client = _client()
    try:
        _load(client)
        known = client.server_metadata.get("id_token_signing_alg_values_supported", [])
        # A signature by a secret that both sides know, or none at all, is not asked for, whatever the provider lists.
        client.server_metadata["id_token_signing_alg_values_supported"] = [one for one in SIGNED_BY if one in known]
        claims = client.authorize_access_token(request, claims_options=_expected(), leeway=60)["userinfo"]
        person = _person_of(claims)
    except FAILURES as failure:
        return _refused(request, failure)
    record_authentication(request, person, method="single_sign_on")
    return perform_login(request, person, redirect_url=request.session.pop(NEXT, "") or None)


def _load(client: Any) -> None:
    """What the provider says of itself, if it says it of the one that is configured."""
    if client.load_server_metadata().get("issuer") != settings.SINGLE_SIGN_ON["issuer"]:
        client.server_metadata.pop("_loaded_at", None)  # asked again next time
        raise ValueError("another issuer")


def _expected() -> dict[str, Any]:
    issuer, client = settings.SINGLE_SIGN_ON["issuer"], settings.SINGLE_SIGN_ON["client_id"]
    return {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client}}


def _person_of(claims: Any) -> Person:
    """Who has this address, which the provider has verified and is believed about, and came by this account of the
    provider before, or by none. KeyError where there is nobody."""
    told = claims["email"]
    is_believed = claims.get("email_verified") is True and isinstance(told, str) and told.isascii()
    address = told.lower() if is_believed else ""
    is_believed = address.rpartition("@")[2] in settings.SINGLE_SIGN_ON["domains"]
    person = Person.objects.filter(email=address, is_active=True).first() if is_believed else None
    if person is None or not is_known_by(person, f"{claims['iss']} {claims['sub']}"):
        raise KeyError("nobody here")
    return person


def _client() -> Any:
    if not settings.SINGLE_SIGN_ON:
        raise Http404
    return _registered(*(settings.SINGLE_SIGN_ON[name] for name in ("issuer", "client_id", "client_secret")))


class _NotLedOn(OAuth2Session):
    """Asks the addresses of the provider, and none that these lead to."""

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.max_redirects = 0


class _App(DjangoOAuth2App):
    client_cls = _NotLedOn


class _Providers(OAuth):
    oauth2_client_cls = _App


@lru_cache(maxsize=4)
def _registered(issuer: str, client_id: str, client_secret: str) -> Any:
    """What the provider says of itself is asked once by each worker."""
    return _Providers().register(
        "provider",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": PATIENCE},
    )


def _refused(request: HttpRequest, failure: Exception) -> HttpResponse:
    """To the sign-in page, at an address without the code. The log names the kind of failure: its words could hold a
    token."""
    logger.warning("Single sign-on was refused: %s", type(failure).__name__)
    request.session.pop(NEXT, None)
    words = _("This way did not work. It is open to people who have an account here, by an address that is verified.")
    messages.error(request, words)
    return redirect("account_login")
