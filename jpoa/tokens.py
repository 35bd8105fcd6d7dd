"""Tokens of the API: how one is got, shown and revoked. Hashed and expiring (knox)."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from commitments.api import types
from commitments.api.answers import answer
from commitments.api.keys import only
from commitments.api.shapes import Column, Shape
from commitments.api.views import Noun, Write
from commitments.content import clean_text
from commitments.errors import Refused
from commitments.models import Person
from jpoa.middleware import needs_second_factor

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


class WrongCredentials(Refused):
    """One answer for every wrong address, password or code, and for a second factor that is wanting."""

    code = "wrong-credentials"
    title = _("These credentials do not open anything.")
    detail = _(
        "The address, the password or the code is wrong, or your role needs a second factor that is not set up yet."
    )

    def __init__(self) -> None:
        super().__init__(self.detail)


class SignInThrottle(SimpleRateThrottle):
    """Tries of one address on the network, over all workers."""

    scope = "sign-in"

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        return self._key(self.get_ident(request)) if view.action == "create" else None

    def _key(self, ident: str) -> str:
        return self.cache_format % {"scope": self.scope, "ident": sha256(ident.encode()).hexdigest()}


class AccountThrottle(SignInThrottle):
    """Tries at one account, wherever they come from; an account that does not exist counts the same."""

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        if view.action != "create":
            return None
        email = request.data.get("email") if isinstance(request.data, dict) else None
        return self._key(f"account:{ascii(str(email).lower())[:1000]}")  # as the address is looked up


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

    def get_throttles(self) -> list[Any]:
        return [*super().get_throttles(), *([SignInThrottle(), AccountThrottle()] if self.action == "create" else [])]

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
        person = authenticate(request._request, username=credentials["email"], password=credentials["password"])
        if not isinstance(person, Person) or not _second_factor_holds(person, credentials["code"]):
            raise WrongCredentials()
        token, text = AuthToken.objects.create(user=person)
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


def _second_factor_holds(person: Person, code: str) -> bool:
    factors = list(Authenticator.objects.filter(user=person, type__in=SECOND_FACTORS))
    if not any(factor.type == Authenticator.Type.TOTP for factor in factors):
        return not needs_second_factor(person.mandate)
    if not re.fullmatch("[0-9A-Za-z -]{1,40}", code):
        return False
    with transaction.atomic():  # a recovery code is used up under a lock
        return any(factor.wrap().validate_code(code) for factor in factors)
