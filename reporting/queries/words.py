"""Quoted rows as wording with its place in the source."""

from __future__ import annotations

from typing import Any

from reporting.facts import Place, Wording


def wording(row: Any, field: str) -> Wording:
    """The field's text and its translations, in the order of the language codes."""
    translated = ((language, texts.get(field)) for language, texts in sorted(row.translations.items()))
    return Wording(getattr(row, field), tuple((language, text) for language, text in translated if text))


def place(row: Any, document: str) -> Place:
    return Place(document, row.first_line or 0, row.last_line or 0)
