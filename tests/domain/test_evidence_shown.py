"""The short forms of the evidence rule, for rows that are being shown anyway, say what the rule says."""

from __future__ import annotations

import pytest

from commitments.models import Evidence, Release, Update
from commitments.workflow import Audience, Status
from tests.standing import standing

READERS = [
    "focal.kaz", "contributor.kaz", "coordinator.kaz", "focal.tjk", "coordinator.tjk",
    "reviewer", "editor", "partner", "observer", "nobody", "administrator",
]  # fmt: skip


@pytest.fixture
def evidence(world):
    return standing(with_evidence, world)


def with_evidence(world):
    """For every status and audience an update, with one piece of evidence for every audience."""
    focal = world.who("focal.kaz")
    walks = [("draft", "public"), ("submitted", "public"), ("cleared", "state"), ("accepted", "un")]
    for item, (status, audience) in zip(world.items, walks, strict=True):
        _attach(world.update(item=item), focal)
        world.walk(status, item=item, audience=audience)
    for item, audience in (("I.1.1", "public"), ("I.1.2", "participants"), ("II.1.1", "un")):
        _attach(world.update("TJK", item), world.who("focal.tjk"))
        world.walk("published", "TJK", item, audience=audience)
    return world


def _attach(update, by):
    for audience in Audience.values:
        one = {"kind": "reference", "title": f"For {audience}", "audience": audience}
        update.edit(by=by, version=update.version, values={}, attach=one)


@pytest.mark.parametrize("name", READERS)
def test_evidence_of_shown_releases_is_what_the_rule_shows(evidence, name):
    reader = evidence.who(name)
    shown = Release.objects.visible_to(reader)
    releases = dict(shown.values_list("revision_id", "commitment__member_state_id"))
    expected = Evidence.objects.visible_to(reader).filter(revisions__in=releases)

    short = Evidence.objects.shown_with_releases(reader, releases)

    pairs = ("revisions", "pk")
    assert set(short.values_list(*pairs)) == set(expected.values_list(*pairs))
    assert len(short) == len(set(short))
    assert Release.objects.count() == 3


@pytest.mark.parametrize("name", READERS)
def test_evidence_of_shown_updates_is_what_the_rule_shows(evidence, name):
    reader = evidence.who(name)
    of_shown = Evidence.objects.filter(update__in=Update.objects.visible_to(reader))

    short = of_shown & Evidence.objects.shown_with_updates(reader)

    assert set(short) == set(of_shown & Evidence.objects.visible_to(reader))
    assert {update.status for update in Update.objects.all()} == set(Status.values)
