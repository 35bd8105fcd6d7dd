"""How a token of the API is recognised."""

from __future__ import annotations

import re

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from knox.models import AuthToken
from rest_framework.exceptions import AuthenticationFailed

from commitments.models import Person
from jpoa.middleware import needs_second_factor


class ApiToken(TokenAuthentication):
    """`Authorization: Token ...`: one query; nothing is written on reading, and revocation bites at once."""

    def authenticate_credentials(self, token: bytes) -> tuple[Person, AuthToken]:
        text = token.decode("latin-1")
        found = None
        if re.fullmatch("[0-9a-f]{64}", text):
            found = AuthToken.objects.select_related("user").filter(digest=hash_token(text)).first()
        if found is None or (found.expiry and found.expiry <= timezone.now()) or not found.user.is_active:
            raise AuthenticationFailed(_("This token opens nothing: it is unknown, expired or revoked."))
        if not _is_strong_enough(found):
            raise AuthenticationFailed(_("Your role needs a token made with a second factor."))
        return found.user, found


def _is_strong_enough(token: AuthToken) -> bool:
    """A role that needs a second factor is not served by a token made before there was one."""
    if not needs_second_factor(token.user.mandate):
        return True
    return Authenticator.objects.filter(
        user=token.user, type=Authenticator.Type.TOTP, created_at__lte=token.created
    ).exists()
