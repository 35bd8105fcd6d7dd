"""A portion of the facts as facts of their own: one State, or some items. Counted as the whole is.

And what is one State's of that which people wrote.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from reporting.facts import EarlierCycle, ObjectiveFacts, PillarFacts, ReviewFacts
from reporting.manuscript import Manuscript


def of_state(facts: ReviewFacts, code: str) -> ReviewFacts:
    """What concerns one State. Raises ValueError where it is not in the cycle."""
    states = tuple(state for state in facts.states if state.code == code)
    if not states:
        raise ValueError(f"There is no Member State {code!r} in this cycle.")
    return replace(
        facts,
        states=states,
        updates=facts.updates_of(code),
        activities=tuple(one for one in facts.activities if code in one.states),
        earlier=tuple(_earlier(one, state=code) for one in facts.earlier),
        standing=tuple(one for one in facts.standing if one.state == code),
        tombstones=tuple(one for one in facts.tombstones if one.state == code),
    )


def written_on_state(manuscript: Manuscript, code: str) -> Manuscript:
    """Without what another State says: its comments and its statement are not for a report on this one."""
    return replace(
        manuscript,
        remarks=tuple(one for one in manuscript.remarks if one.state == code),
        statements=tuple(one for one in manuscript.statements if one.state == code),
    )


def of_items(facts: ReviewFacts, codes: Container[str]) -> ReviewFacts:
    """What concerns these items; an activity that supports one of them is kept with all its items.

    Without standing, which is known by pillar alone.
    """
    return replace(
        facts,
        pillars=tuple(_pillars(facts, codes)),
        updates=tuple(one for one in facts.updates if one.item in codes),
        activities=tuple(one for one in facts.activities if any(item in codes for item in one.items)),
        earlier=tuple(_earlier(one, items=codes) for one in facts.earlier),
        standing=(),
        tombstones=tuple(one for one in facts.tombstones if one.item in codes),
    )


def _pillars(facts: ReviewFacts, codes: Container[str]) -> Iterator[PillarFacts]:
    """Pillars and objectives that hold one of these items, with no other."""
    for pillar in facts.pillars:
        objectives = []
        for objective in pillar.objectives:
            if items := tuple(item for item in objective.items if item.code in codes):
                objectives.append(ObjectiveFacts(objective.code, objective.title, items))
        if objectives:
            yield replace(pillar, objectives=tuple(objectives))


def _earlier(cycle: EarlierCycle, *, state: str = "", items: Container[str] | None = None) -> EarlierCycle:
    kept = (one for one in cycle.ratings if (not state or one.state == state) and (items is None or one.item in items))
    return replace(cycle, ratings=tuple(kept))
