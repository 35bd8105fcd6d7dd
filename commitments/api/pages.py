"""Keyset pages: the next page begins after the last row of this one, whatever was written in between."""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache
from hashlib import sha512
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Problem

DEFAULT_LIMIT = 50
MAX_LIMIT = 200


@lru_cache(maxsize=2)
def _seal(secret: str) -> AESSIV:
    return AESSIV(sha512(b"jpoa.api.cursor:" + secret.encode()).digest())


def cursor_after(place: str, values: tuple) -> str:
    """An opaque token for a place in one list: it tells nothing of the keys inside, and cannot be made up.

    The same place always gets the same token, so that an unchanged page keeps its ETag.
    """
    sealed = _seal(settings.SECRET_KEY).encrypt(orjson.dumps(values), [place.encode()])
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def values_of(place: str, cursor: str) -> list[Any]:
    """What `cursor_after` sealed for the same place. Raises Invalid for anything else."""
    try:
        sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return orjson.loads(_seal(settings.SECRET_KEY).decrypt(sealed, [place.encode()]))
    except (ValueError, binascii.Error, InvalidTag):
        message = _("This is not a cursor of this list in this order. Begin again without one.")
        raise Invalid(problems=[Problem("cursor", "cursor", message)]) from None


def ordered(queryset: QuerySet, order: tuple[str, ...], *, descending: bool = False) -> QuerySet:
    return queryset.order_by(*[f"-{path}" if descending else path for path in order])


def after(queryset: QuerySet, order: tuple[str, ...], values: list[Any], *, descending: bool = False) -> QuerySet:
    """The rows beyond these values of `order`, which must end in what is unique."""
    beyond = TupleLessThan if descending else TupleGreaterThan
    try:
        return queryset.filter(beyond(Tuple(*map(F, order)), tuple(values)))
    except (ValidationError, ValueError, TypeError):
        raise Invalid(problems=[Problem("cursor", "cursor", _("This cursor is of another time."))]) from None
