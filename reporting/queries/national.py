"""What one State's own officers read for its national contribution."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from commitments.errors import NotVisible
from commitments.mandates import Mandate
from commitments.models import MemberState, Release, Revision, Update
from commitments.querysets import mandate_of
from commitments.workflow import CLEARED_STATUSES, Audience, Status
from reporting.facts import ReviewFacts
from reporting.queries.ground import Ground, ground_of
from reporting.queries.releases import earlier_ratings
from reporting.queries.reported import REVISION, Reported, reported_updates, sources_of
from reporting.queries.standing import Place, standing
from reporting.snapshot import snapshot

_ITEM = "commitment__action_item__code"


def national_facts(cycle: str, state: str, *, now: dt.datetime, person: Any) -> ReviewFacts:
    """What a State has cleared, accepted or published in a cycle, for its own officers: every section and all evidence.

    `state` is ISO 3166-1 alpha-3. An update under revision is told as published, by the revision in force. The
    coordinator also learns how many drafts are not reconfirmed; a focal point, who sees only some of them, does not.
    `released_on` is the day of the latest submission. Raises NotVisible to whoever does not serve this State.
    """
    mandate = mandate_of(person)
    with snapshot():
        ground = ground_of(cycle, Audience.STATE.value, now=now)
        member = next((one for one in ground.members if one.iso_alpha3 == state), None)
        if member is None or member.pk not in mandate.state_ids:
            raise NotVisible()
        ground = _of_one_state(ground, member)
        known = _known(ground, member, mandate)
        updates = reported_updates(
            ground, known.reported, sources_of({"revision__in": known.revisions}, Audience.STATE)
        )
        own = Release.objects.visible_to(mandate).filter(commitment__member_state=member)
        return replace(
            ground.facts,
            updates=updates,
            released_on=max((one.submitted_on for one in updates if one.submitted_on), default=None),
            earlier=earlier_ratings(ground, own),
            standing=standing(ground, known.statuses, now=now, carried=known.carried),
        )


def _of_one_state(ground: Ground, member: MemberState) -> Ground:
    code = member.iso_alpha3
    facts = replace(
        ground.facts,
        states=(ground.facts.state(code),),
        activities=tuple(one for one in ground.facts.activities if code in one.states),
    )
    return replace(ground, members=(member,), facts=facts)


@dataclass(frozen=True)
class _Known:
    reported: list[Reported]
    revisions: list[int]
    carried: set[Place] | None

    @property
    def statuses(self) -> dict[Place, str]:
        return {(one.state, one.item): one.status for one in self.reported}


def _known(ground: Ground, member: MemberState, mandate: Mandate) -> _Known:
    """Three reads: the updates, the releases, and the revisions that they come to."""
    code = member.iso_alpha3
    here = {"cycle": ground.cycle, "commitment__member_state": member}
    told: dict[str, tuple[int, str, str]] = {}  # item: revision, audience, status
    for item, revision, audience in (
        Release.objects.visible_to(mandate).filter(**here).values_list(_ITEM, "revision_id", "audience")
    ):
        told[item] = revision, audience, Status.PUBLISHED.value
    carried = set()
    paths = (_ITEM, "current_revision_id", "audience", "status", "to_be_reconfirmed")
    for item, revision, audience, status, is_carried in (
        Update.objects.visible_to(mandate).filter(**here).values_list(*paths)
    ):
        if status in CLEARED_STATUSES:
            told[item] = revision, audience, status
        elif is_carried:
            carried.add((code, item))
    keys = [revision for revision, _audience, _status in told.values()]
    rows = Revision.objects.visible_to(mandate).filter(pk__in=keys).values(*REVISION)
    words = {row["id"]: row for row in rows}
    reported = [Reported(code, item, to, words[key], status=status) for item, (key, to, status) in told.items()]
    return _Known(reported, keys, carried if member.pk in mandate.coordinated_state_ids else None)
