"""What is in force today of what an edition froze."""

from __future__ import annotations

from dataclasses import dataclass

from commitments.models import Release
from reporting.models import Signature


@dataclass(frozen=True)
class InForce:
    """The revision in force of one State on one item in one cycle, and the sections that the State withholds now."""

    revision: str
    withheld: frozenset[str]


def in_force(cycles: tuple[str, ...], audience: str) -> dict[tuple[str, str, str], InForce]:
    """{(cycle, State, item): what this audience may read today}. One read."""
    paths = ("cycle__slug", "commitment__member_state__iso_alpha3", "commitment__action_item__code",
             "revision__hash", "withheld_sections")  # fmt: skip
    rows = Release.objects.released_to(audience).filter(cycle__slug__in=cycles).values_list(*paths)
    return {tuple(place): InForce(revision, frozenset(withheld)) for *place, revision, withheld in rows}


def states_signing(cycle: str, audience: str) -> frozenset[str]:
    """States whose statement on the cycle, as they signed it last, this audience may read today. One read."""
    rows = Signature.objects.in_force().released_to(audience).filter(cycle__slug=cycle)
    return frozenset(rows.values_list("member_state__iso_alpha3", flat=True))
