"""How a token of the API is recognised."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from allauth.mfa.models import Authenticator
from django.db.models import F, FilteredRelation, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from knox.models import AuthToken
from rest_framework.exceptions import AuthenticationFailed

from commitments.mandates import HELD, Mandate
from commitments.models import Person
from commitments.querysets import in_force
from jpoa.middleware import needs_second_factor


class ApiToken(TokenAuthentication):
    """`Authorization: Token ...`: one query for the person and what they may act as.

    Nothing is written on reading, and a revocation or the end of an appointment bites at once.
    """

    def authenticate_credentials(self, token: bytes) -> tuple[Person, AuthToken]:
        text = token.decode("latin-1")
        found = _with_mandate(hash_token(text)) if re.fullmatch("[0-9a-f]{64}", text) else None
        if found is None or (found.expiry and found.expiry <= timezone.now()) or not found.user.is_active:
            raise AuthenticationFailed(_("This token opens nothing: it is unknown, expired or revoked."))
        if not _is_strong_enough(found):
            raise AuthenticationFailed(_("Your role needs a token made with a second factor."))
        return found.user, found


def _with_mandate(digest: str) -> AuthToken | None:
    """The token with its person, and their live appointments as the person's mandate."""
    rows = list(_tokens_with_holdings(timezone.now().date()).filter(digest=digest))
    if not rows:
        return None
    person = rows[0].user
    if person.is_active:
        holdings = [tuple(getattr(row, f"held_{name}") for name in HELD) for row in rows]
        person.mandate = Mandate.holding(person, [values for values in holdings if values[0]])
    return rows[0]


@lru_cache(maxsize=1)
def _tokens_with_holdings(today: dt.date) -> QuerySet:
    """A row for each token and live appointment. Composed once a day: composing it costs more than asking it."""
    live = FilteredRelation("user__appointments", condition=in_force(today, "user__appointments__"))
    held = {f"held_{name}": F(f"live__{name}") for name in HELD}
    return AuthToken.objects.select_related("user").annotate(live=live, **held)


def _is_strong_enough(token: AuthToken) -> bool:
    """A role that needs a second factor is not served by a token made before there was one."""
    if not needs_second_factor(token.user.mandate):
        return True
    return Authenticator.objects.filter(
        user=token.user, type=Authenticator.Type.TOTP, created_at__lte=token.created
    ).exists()
