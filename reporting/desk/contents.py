"""The sections of a report as a list: what is written in each, what it lacks, and who sits there."""

from __future__ import annotations

from typing import Any

from reporting.facts import ReviewFacts
from reporting.issuing import facts_of, sections_of
from reporting.models import Passage, Report
from reporting.placeholders import unknown, words_in

RUSSIAN = "ru"


def contents_of(found: Report) -> dict[str, Any]:
    """Every section that editors write, and how much of the whole there is."""
    facts = facts_of(found)
    passages: dict[str, list[Passage]] = {}
    for passage in found.passages.filter(retired_at=None).select_related("last_edited_by").order_by("last_edited_at"):
        passages.setdefault(passage.section, []).append(passage)
    seats = {seat.section: seat for seat in found.seats.select_related("person") if seat.is_live}
    sections = [
        {"slug": slug, "label": label, "seat": seats.get(slug), **_written(passages.get(slug, []), facts)}
        for slug, label in sections_of(found, facts).items()
    ]
    return {
        "sections": sections,
        "number": len(sections),
        "written": sum(bool(one["count"]) for one in sections),
        "words": sum(one["words"] for one in sections),
    }


def _written(passages: list[Passage], facts: ReviewFacts) -> dict[str, Any]:
    """`untranslated` counts passages without a Russian text; `last` was edited last."""
    return {
        "count": len(passages),
        "words": sum(words_in(one.text) for one in passages),
        "untranslated": sum(not one.translations.get(RUSSIAN, {}).get("text") for one in passages),
        "unknown": sorted({name for one in passages for text in _texts(one) for name in unknown(text, facts)}),
        "last": passages[-1] if passages else None,
    }


def _texts(passage: Passage) -> list[str]:
    texts = [passage.text, passage.title, *(text for each in passage.translations.values() for text in each.values())]
    return [text for text in texts if "{" in text or "}" in text]
