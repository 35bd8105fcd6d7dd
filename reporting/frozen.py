"""Frozen values as canonical JSON and back: what an edition keeps for ever."""

from __future__ import annotations

from hashlib import sha256
from typing import TypeVar

import msgspec

Frozen = TypeVar("Frozen")


def freeze(value: object) -> bytes:
    """A tree of frozen dataclasses as UTF-8 JSON: keys sorted, no spaces, the same bytes for the same value.

    Raises TypeError for a float, which has no one way to be written.
    """
    return msgspec.json.encode(value, order="sorted", enc_hook=_refuse)


def thaw(content: bytes, kind: type[Frozen]) -> Frozen:
    """The value that was frozen. Raises ValueError naming the place where the JSON is not of this kind."""
    return msgspec.json.decode(content, type=kind)


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()


def _refuse(value: object) -> object:
    raise TypeError(f"{value!r} cannot be frozen.")
