"""Who has the same update open now. It is a courtesy and no lock: kept for a minute, and lost without harm."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.utils import timezone

from commitments.models import Update
from commitments.querysets import mandate_of

SECONDS = 75  # so long after the last sign, somebody is taken for gone


def others_at(update: Update, person: Any) -> list[str]:
    """Mark that this person has it open; answer the names of the State's other officers who have. The secretariat is
    told of nobody and nobody of them: who is at work inside a State stays inside it."""
    if update.commitment.member_state_id not in mandate_of(person).state_ids:
        return []
    key, now = f"present:{update.pk}", timezone.now().timestamp()
    present: dict[int, tuple[str, float]] = cache.get(key, {})
    present = {pk: (name, at) for pk, (name, at) in present.items() if now - at < SECONDS}
    others = sorted(name for pk, (name, _at) in present.items() if pk != person.pk)
    cache.set(key, present | {person.pk: (str(person), now)}, SECONDS)
    return others
