"""What somebody typed into a form that cannot be taken now: it is shown, to be copied."""

from __future__ import annotations

from django.http import HttpRequest

from commitments.content import SECTIONS

# Fields that people type in; a test holds that none of any form is missing. What else is sent is never shown again:
# among it are passwords.
WORDS = (
    *SECTIONS,
    *("text", "text_ru", "title", "title_ru", "summary", "summary_ru", "place", "place_ru", "action_items"),
    *("more", "symbol", "session", "agenda_item", "explanation", "why", "reason", "observations", "reply", "items"),
    *("planned_measures", "place_in_strategy", "evidence_title", "evidence_url"),
    *("full_name", "email", "name", "slug", "section", "review"),
)


def typed_in(request: HttpRequest) -> list[str]:
    """The words, in the order of the form."""
    return [text for name, texts in request.POST.lists() if name in WORDS for text in texts if text]
