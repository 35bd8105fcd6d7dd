"""What signs people in besides a password, kept sealed: a copy of the database alone makes nobody's codes.

The keys are told by `SECOND_FACTOR_KEYS` and are in no backup. The first seals, all of them open, so that a key is
replaced without anybody setting up anew: put the new one before the old, `manage.py seal_second_factors`, take the old
one away.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

MARK = "sealed:"
KEPT = ("secret", "seed")  # in the row of a second factor: of a telephone, of recovery codes


def sealed(text: str) -> str:
    return MARK + _keys(tuple(settings.SECOND_FACTOR_KEYS)).encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """What was sealed. What was kept before there were keys is as it stands. InvalidToken where no key opens it."""
    if not text.startswith(MARK):
        return text
    return _keys(tuple(settings.SECOND_FACTOR_KEYS)).decrypt(text.removeprefix(MARK)).decode()


def stand_open() -> int:
    """How many second factors are kept in the clear."""
    return sum(not _is_sealed(row.data) for row in Authenticator.objects.all())


def seal_all() -> tuple[int, int]:
    """Seal every row anew with the first key. Returns how many were, and of how many no key opens the seal."""
    done = lost = 0
    for key in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().get(pk=key)  # a recovery code may be used up meanwhile
            try:
                row.data |= {name: sealed(opened(row.data[name])) for name in KEPT if name in row.data}
            except InvalidToken:
                lost += 1
                continue
            row.save(update_fields=["data"])
            done += 1
    return done, lost


def _is_sealed(data: dict[str, Any]) -> bool:
    return all(str(data[name]).startswith(MARK) for name in KEPT if name in data)


@lru_cache(maxsize=4)
def _keys(texts: tuple[str, ...]) -> MultiFernet:
    """AES-128-CBC, then HMAC-SHA256, under keys that serve nothing else."""
    return MultiFernet([Fernet(_derived(text)) for text in texts])


def _derived(text: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"jpoa second factors").derive(text.encode())
    return urlsafe_b64encode(derived)
