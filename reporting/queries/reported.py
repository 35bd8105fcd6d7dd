"""Rows of revisions as facts: the words that are shown, their fresh translations, their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from commitments.content import SECTIONS
from commitments.models import Revision
from commitments.models.revisions import stale_languages
from commitments.workflow import Audience
from reporting.facts import ReleasedUpdate, Section, SourceFacts, Wording
from reporting.queries.ground import Ground

# Columns of a revision that facts are made of.
REVISION = ("id", "rating", "trend", "adopted", "applied", "original_language", "translations", "next_steps_on", "hash",
            "made_at", *SECTIONS)  # fmt: skip

Sources = dict[int, list[SourceFacts]]


@dataclass(frozen=True)
class Reported:
    """A revision by the names of `REVISION`, as it is told: on what, to whom, without the sections withheld."""

    state: str
    item: str
    audience: str
    revision: dict[str, Any]
    withheld: Collection[str] = ()
    status: str = ""


def reported_updates(ground: Ground, rows: Iterable[Reported], sources: Sources) -> tuple[ReleasedUpdate, ...]:
    """In the order of items and then of States."""
    items, states = ground.places
    ordered = sorted(rows, key=lambda row: (items[row.item], states[row.state]))
    return tuple(_update(ground, row, sources) for row in ordered)


def sources_of(revisions: dict[str, Any], audience: str) -> Sources:
    """Evidence of revisions, by their keys, each piece by its own audience. One read.

    `revisions` chooses them by paths from the relation. A piece that has been retired since is shown still: it
    belongs to the revision, and its retirement is a draft.
    """
    wide = [one for one in Audience if one.width >= Audience(audience).width]
    rows = Revision.evidence.through.objects.filter(evidence__audience__in=wide, **revisions)
    found: Sources = defaultdict(list)
    paths = ("revision_id", "evidence__title", "evidence__url")
    for revision_id, title, address in rows.order_by("evidence__added_at", "evidence__uid").values_list(*paths):
        found[revision_id].append(SourceFacts(title, address))
    return found


def _update(ground: Ground, row: Reported, sources: Sources) -> ReleasedUpdate:
    revision, made_at = row.revision, row.revision["made_at"]
    translations = _fresh_translations(revision)
    shown = (name for name in SECTIONS if revision[name] and name not in row.withheld)
    return ReleasedUpdate(
        state=row.state,
        item=row.item,
        rating=revision["rating"],
        trend=revision["trend"],
        adopted=revision["adopted"],
        applied=revision["applied"],
        audience=row.audience,
        language=revision["original_language"],
        sections=tuple(Section(name, _words(revision[name], name, translations)) for name in shown),
        next_steps_on=None if "next_steps" in row.withheld else revision["next_steps_on"],
        sources=tuple(sources.get(revision["id"], ())),
        revision=revision["hash"],
        submitted_on=ground.windows.day(row.state, made_at),
        is_late=ground.windows.has_ended(row.state, row.item, made_at),
        status=row.status,
    )


def _fresh_translations(revision: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Translations of the very text that was reported; a stale one is not shown."""
    translations = revision["translations"]
    if not translations:
        return {}
    stale = stale_languages(translations, {name: revision[name] for name in SECTIONS})
    return {language: texts for language, texts in sorted(translations.items()) if language not in stale}


def _words(text: str, name: str, translations: dict[str, dict[str, str]]) -> Wording:
    if not translations:
        return Wording(text)
    return Wording(text, tuple((language, texts[name]) for language, texts in translations.items() if texts.get(name)))
