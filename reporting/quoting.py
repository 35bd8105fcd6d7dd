"""Words between the quotation marks of the reader's language. The one home of these marks around what is not fixed."""

from __future__ import annotations

from django.utils.translation import gettext as _


def quoted(words: str) -> str:
    """In English “so”, in Russian «so»: the marks of the text around it, in whatever language the words are."""
    return _("“%(words)s”") % {"words": words}
