"""Sign-in: nobody signs up; people are invited by whoever may appoint them."""

from __future__ import annotations

import logging
from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from commitments.models import Person
from commitments.notifications import language_of, takes_mail
from commitments.screens.account import BROWSER, end_tokens
from operations.sealing import opened, sealed

logger = logging.getLogger("jpoa.security")


class InvitedOnly(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **facts: Any) -> HttpResponse:
        """Keep what the session was opened with, to be recognised by its owner: no address on the network."""
        request.session[BROWSER] = request.headers.get("User-Agent", "")[:300]
        return super().post_login(request, user, **facts)

    def set_password(self, user: Any, password: str) -> None:
        """A new password ends what the old one opened: sessions by themselves, tokens here."""
        with transaction.atomic():
            super().set_password(user, password)
            end_tokens(user, by=user, move="choose_password")

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **facts: Any) -> None:
        """To the owner of the account, in their language."""
        if takes_mail(user):
            with translation.override(language_of(user)):
                super().send_notification_mail(template_prefix, user, *args, **facts)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the profile, where it was begun: the form shown again would ask whether it was done."""
        return reverse("desk-profile")

    def format_email_subject(self, subject: str) -> str:
        """The name of the system is in the subject already."""
        return " ".join(subject.split())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries are counted for the account alone, by the address as it is looked up: whatever the host that was asked
        for, the channel or the spelling."""
        return ascii(str(credentials.get(Person.USERNAME_FIELD, "")).strip().lower())


class SealedFactors(DefaultMFAAdapter):
    """What codes are made from is sealed in the database."""

    def encrypt(self, text: str) -> str:
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Where no key opens it, no code is right: one is made from what nobody has."""
        try:
            return opened(encrypted_text)
        except InvalidToken:
            logger.error("A second factor is sealed with a key that is not among SECOND_FACTOR_KEYS")
            return generate_totp_secret()


def not_here(request: HttpRequest) -> NoReturn:
    """One address each, changed on the profile: a second one, unverified, could be somebody else's."""
    raise Http404
