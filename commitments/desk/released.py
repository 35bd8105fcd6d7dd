"""What one State released on one action item in one cycle, as its reader may read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.content import SECTIONS
from commitments.desk.asking import one_of, page
from commitments.guidance import GUIDANCE, LANGUAGE_NAMES
from commitments.models import Release, Revision, Update
from commitments.readings import told


@page("GET", "HEAD")
def release(request: HttpRequest, cycle: str, state: str, code: str) -> HttpResponse:
    """The words in force, without the sections that are withheld from this person; or 404."""
    rows = Release.objects.visible_to(request.user).select_related(
        "revision", "cycle", "commitment__member_state", "commitment__action_item"
    )
    found = one_of(rows.at(cycle, state, code))
    told(found)
    withheld = found.withheld_from(request.user)
    context = {
        "release": found,
        "state": found.commitment.member_state,
        "item": found.commitment.action_item,
        "item_title": found.commitment.action_item.in_language("short_title"),
        "parts": list(_parts(found.read_by(request.user))),
        "withheld": [GUIDANCE[name].label for name in SECTIONS if name in withheld],
        "is_update_seen": Update.objects.visible_to(request.user).filter(pk=found.update_id).exists(),
    }
    return render(request, "commitments/desk/search_release.html", context)


def _parts(words: Revision) -> Iterator[tuple[Any, str, list[tuple[str, Any, str]]]]:
    """Each section with words: its name, the words, their language, and the State's translations of them."""
    for name in SECTIONS:
        if text := getattr(words, name):
            beside = [
                (language, LANGUAGE_NAMES[language], texts[name])
                for language, texts in sorted(words.translations.items())
                if texts.get(name)
            ]
            yield GUIDANCE[name].label, text, beside
