"""What templates ask about the languages of the site."""

from __future__ import annotations

from django import template
from django.conf import settings

from commitments.content import reader_language, reading

register = template.Library()


@register.simple_tag
def site_languages() -> list[tuple[str, str]]:
    """Each by its code, and as it names itself."""
    return list(settings.LANGUAGES)


@register.simple_tag
def is_partly_russian() -> bool:
    """Whether the page is in a language whose gaps are filled with Russian."""
    return reading()[0] != reader_language()
