"""How the desk's pages write what is kept in several languages. Escaping is the templates' business."""

from __future__ import annotations

from typing import Any

from django import template

from commitments.models import PartnerActivity
from commitments.models.partners import kind_in_words
from commitments.models.wording import Translated

register = template.Library()


@register.filter
def told(row: Translated, field: str) -> Any:
    """A field in the reader's language, or as it was written."""
    return row.in_language(field)


@register.filter
def kind(activity: PartnerActivity) -> Any:
    """What kind of activity it is, in words."""
    return kind_in_words(activity.kind)
