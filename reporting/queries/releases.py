"""What States have released in a cycle, cut to what one audience may read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from commitments.content import SECTIONS
from commitments.models import Cycle, Release, Revision
from commitments.querysets import ReleaseQuerySet
from commitments.workflow import Audience
from reporting.facts import ReleasedUpdate, Section, SourceFacts, Wording


def released_updates(cycle: Cycle, audience: str) -> tuple[tuple[ReleasedUpdate, ...], dt.date | None]:
    """Updates in the order of items and then of States, and the day of the latest release. Two reads.

    Sections that a State withholds from those beyond the UN are gone, with their date and their translations,
    for every wider audience.
    """
    releases = Release.objects.released_to(audience).filter(cycle=cycle)
    sources = _sources(releases, audience)
    related = ("revision", "commitment__member_state", "commitment__action_item")
    rows = releases.select_related(*related).defer("commitment__action_item__search_text")
    ordered = sorted(rows, key=lambda row: (row.commitment.action_item.position, row.commitment.member_state.name))
    updates = tuple(_update(row, audience, tuple(sources[row.revision_id])) for row in ordered)
    days = [row.released_at.astimezone(dt.UTC).date() for row in ordered]
    return updates, max(days, default=None)


def _sources(releases: ReleaseQuerySet, audience: str) -> dict[int, list[SourceFacts]]:
    """Evidence of the released revisions, each piece by its own audience. One read.

    A piece that has been retired since is shown still: it belongs to the revision, and its retirement is a draft.
    """
    through = Revision.evidence.through.objects.filter(
        revision__release__in=releases,
        evidence__audience__in=[wide for wide in Audience if wide.width >= Audience(audience).width],
    )
    found: dict[int, list[SourceFacts]] = defaultdict(list)
    rows = through.order_by("evidence__added_at", "evidence__uid")
    for revision_id, title, address in rows.values_list("revision_id", "evidence__title", "evidence__url"):
        found[revision_id].append(SourceFacts(title, address))
    return found


def _update(release: Release, audience: str, sources: tuple[SourceFacts, ...]) -> ReleasedUpdate:
    revision = release.revision
    withheld = set() if audience == Audience.UN else set(release.withheld_sections)
    shown = [name for name in SECTIONS if name not in withheld and getattr(revision, name)]
    translations = _fresh_translations(revision)
    return ReleasedUpdate(
        state=release.commitment.member_state.iso_alpha3,
        item=release.commitment.action_item.code,
        rating=revision.rating,
        trend=revision.trend,
        adopted=revision.adopted,
        applied=revision.applied,
        audience=release.audience,
        language=revision.original_language,
        sections=tuple(Section(name, _words(revision, name, translations)) for name in shown),
        next_steps_on=None if "next_steps" in withheld else revision.next_steps_on,
        sources=sources,
    )


def _fresh_translations(revision: Revision) -> dict[str, dict[str, str]]:
    """Translations of the very text that was released; a stale one is not shown."""
    if not revision.translations:
        return {}
    stale = revision.stale_translations()
    return {language: texts for language, texts in sorted(revision.translations.items()) if language not in stale}


def _words(revision: Revision, name: str, translations: dict[str, dict[str, str]]) -> Wording:
    translated = tuple((language, texts[name]) for language, texts in translations.items() if texts.get(name))
    return Wording(getattr(revision, name), translated)
