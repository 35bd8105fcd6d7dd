"""Tokens of the API: how one is got, shown and revoked. Hashed and expiring (knox)."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken
from rest_framework import serializers
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from commitments.api import types
from commitments.api.answers import answer
from commitments.api.keys import only
from commitments.api.shapes import Column, Shape
from commitments.api.views import Noun, Write
from commitments.content import clean_text
from commitments.errors import Refused
from commitments.models import Person
from commitments.screens.address import code_holds, has_authenticator
from jpoa.middleware import needs_second_factor
from operations.doors import note

LIMITED_FOR = 15 * 60  # seconds, as ACCOUNT_RATE_LIMITS says of "login_failed"


class WrongCredentials(Refused):
    """One answer for every wrong address, password or code, and for a second factor that is wanting."""

    code = "wrong-credentials"
    title = _("These credentials do not open anything.")
    detail = _(
        "The address, the password or the code is wrong, or your role needs a second factor that is not set up yet."
    )

    def __init__(self) -> None:
        super().__init__(self.detail)


class SignInSerializer(serializers.Serializer):
    email = serializers.EmailField()
    password = serializers.CharField()
    code = serializers.CharField(
        required=False, help_text="Of your authenticator, or a recovery code, if you have one."
    )


class NewTokenSerializer(serializers.Serializer):
    id = types.text("What the token is called when you list or revoke it.")
    token = types.text("Shown this once.")
    expires_at = types.instant()


class Tokens(Noun):
    """Your tokens. A new one takes the address, the password and, if you have an authenticator, a code."""

    tag = "People"
    model = AuthToken
    key_paths = ("token_key",)
    public_actions = frozenset({"create"})
    writes = {
        "create": Write(SignInSerializer, ("email", "password"), status=201),
        "destroy": Write(serializers.Serializer),
    }
    orderings = {"created_at": ("created", "digest")}
    documented_answers = {"create": NewTokenSerializer}
    shape = Shape(
        "Token",
        (
            Column("id", "token_key", types.text("Not the token itself.")),
            Column("created_at", "created", types.instant()),
            Column("expires_at", "expiry", types.instant(null=True)),
        ),
    )

    def get_authenticators(self) -> list[Any]:
        # Whoever signs in is nobody yet: an old cookie or a stale token in the request changes nothing.
        is_sign_in = self.request is not None and self.request.method == "POST"
        return [] if is_sign_in else super().get_authenticators()

    def rows(self) -> Any:
        return AuthToken.objects.filter(user=self.request.user, expiry__gt=timezone.now())

    def create(self, request: Request) -> HttpResponse:
        """Sign in: get a token."""
        body = self.body()
        credentials = {name: _word(name, body.get(name, "")) for name in ("email", "password", "code")}
        person = _signed_in(request._request, **credentials)
        token, text = AuthToken.objects.create(user=person)
        note("Token given", person)
        content = {"id": token.token_key, "token": text, "expires_at": token.expiry}
        response = answer(content, status=201)
        response["Cache-Control"] = "private, no-store"
        return response

    def destroy(self, request: Request, key: str) -> HttpResponse:
        """Revoke a token: it opens nothing from now on."""
        only(self.by_key(key, {})).delete()
        return HttpResponse(status=204)


def _word(name: str, value: Any) -> str:
    """As sent: a password is not composed or trimmed."""
    clean_text(name, value, limit=1000)
    return value


def _signed_in(request: HttpRequest, email: str, password: str, code: str) -> Person:
    """Whose words these are. Tries are counted with those of the sign-in page; a wrong code counts as a wrong password,
    so that the limit does not tell the one from the other."""
    if not ratelimit.consume(request, action="login"):
        raise Throttled(wait=60)
    adapter = get_adapter(request)
    try:
        person = adapter.authenticate(request, email=email, password=password)
    except ValidationError:  # too many of this account, or of this network address
        raise Throttled(wait=LIMITED_FOR) from None
    if isinstance(person, Person) and _second_factor_holds(request, person, code):
        return person
    if person is not None:
        note("Wrong code, or none", person)
        adapter.pre_authenticate(request, email=email)
    raise WrongCredentials()


def _second_factor_holds(request: HttpRequest, person: Person, code: str) -> bool:
    if not has_authenticator(person):
        return not needs_second_factor(person.mandate)
    return code_holds(request, person, code)
