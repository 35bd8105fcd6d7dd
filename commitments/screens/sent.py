"""What pages send back beside the words: numbers and versions, read without trust."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_DIGITS = 9  # what any column of numbers takes


def whole_number(text: Any) -> int | None:
    """A whole number that any database takes; None for anything else."""
    sent = str(text)
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) <= _DIGITS else None


def version_sent(sent: Mapping[str, Any], name: str = "version") -> int | None:
    """The version that a page had shown, as its form sends it back; None where it says none."""
    return whole_number(sent.get(name, ""))


def rows_sent(ticked: Iterable[str]) -> dict[str, int]:
    """The rows that were ticked, `cycle:KAZ:I.1.1@3`: by key the version shown. What is no such thing is left out."""
    pairs = ((key, whole_number(version)) for key, _at, version in (one.rpartition("@") for one in ticked))
    return {key: version for key, version in pairs if key and version is not None}
