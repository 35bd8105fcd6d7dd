"""Rows whose words are kept in English and, beside it, in translations."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language


class Translated(models.Model):
    """`translations` is {language: {field: text}}; what a language lacks is read in English."""

    translations = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def in_language(self, field: str, language: str | None = None) -> Any:
        """The field in `language`, by default the reader's, or in English where there is no translation."""
        code = (language or get_language() or "en").split("-", maxsplit=1)[0]
        return self.translations.get(code, {}).get(field) or getattr(self, field)
