"""Where the updates that are due stand, by State and pillar, as far as the reader may know."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping

from commitments.mandates import Holding, Mandate
from commitments.models import Update
from commitments.workflow import Role, Status
from reporting.facts import PillarFacts, ReviewFacts, Standing
from reporting.queries.ground import Ground

Place = tuple[str, str]  # State and item, by code

# What anybody of the secretariat may know, whoever asks for the brief.
_SECRETARIAT = Mandate(holdings=(Holding(Role.REVIEWER),))


def known_to_the_secretariat(ground: Ground, facts: ReviewFacts) -> dict[Place, str]:
    """The status of each update that the secretariat knows of. `facts` are those of the UN. One read.

    While a State revises what is published, the published revision stays in force: it counts as published until the
    next one is cleared.
    """
    known = {(one.state, one.item): Status.PUBLISHED.value for one in facts.updates}
    paths = ("commitment__member_state__iso_alpha3", "commitment__action_item__code", "status")
    for state, item, status in Update.objects.visible_to(_SECRETARIAT).filter(cycle=ground.cycle).values_list(*paths):
        known[state, item] = status
    return known


def standing(
    ground: Ground, statuses: Mapping[Place, str], *, now: dt.datetime, carried: Collection[Place] | None = None
) -> tuple[Standing, ...]:
    """By State and then by pillar. Reads nothing.

    Whatever has no status here is open: nobody learns why. `carried` are drafts not reconfirmed, where the reader
    may know them.
    """

    def of(state: str, pillar: PillarFacts) -> Standing:
        owed = [item.code for item in pillar.items if item.is_owed]
        waiting = [code for code in owed if (state, code) not in statuses]
        counts = Counter(statuses.get((state, code)) for code in owed)
        return Standing(
            state=state,
            pillar=pillar.code,
            due=len(owed),
            open=len(waiting),
            cleared=counts[Status.CLEARED],
            accepted=counts[Status.ACCEPTED],
            published=counts[Status.PUBLISHED],
            overdue=sum(ground.windows.has_ended(state, code, now) for code in waiting),
            not_reconfirmed=None if carried is None else sum((state, code) in carried for code in owed),
        )

    return tuple(of(state.code, pillar) for state in ground.facts.states for pillar in ground.facts.pillars)
