"""The words of one field of an update, as a reader sees them."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format

from commitments.content import CHOICES
from commitments.guidance import LANGUAGE_NAMES


def shown(content: Any, name: str) -> str:
    """Of an update or a revision: the label of a choice, a date as dates are written, text as it stands."""
    value = getattr(content, name)
    if value in (None, ""):
        return ""
    if name in CHOICES:
        return str(getattr(content, f"get_{name}_display")())
    if name == "next_steps_on":
        return date_format(value, "DATE_FORMAT")
    return str(LANGUAGE_NAMES.get(value, value)) if name == "original_language" else str(value)
