"""Rows whose words are kept in English and, beside it, in translations."""

from __future__ import annotations

from typing import Any

from django.db import models

from commitments.content import ADOPTED, reading, translation_read


class Translated(models.Model):
    """`translations` is {language: {field: text}}; what a language lacks is read in English."""

    translations = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def in_language(self, field: str, language: str | None = None) -> Any:
        """The field in `language`, by default the reader's, or in English where there is no translation."""
        kept = (self.translations.get(code, {}).get(field) for code in ((language,) if language else reading()))
        return next(filter(None, kept), None) or getattr(self, field)

    def translation(self, field: str) -> tuple[str, Any]:
        """What the reader reads beneath the English words: its language and itself, or nothing."""
        return translation_read({code: texts.get(field) for code, texts in self.translations.items()}, ADOPTED)
