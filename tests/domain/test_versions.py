"""The version counts the moves; whoever read an older one loses nothing and overwrites nothing."""

from __future__ import annotations

import pytest

from commitments.errors import StaleVersion, VersionMissing
from commitments.models import Commitment, Event, Update
from tests.domain.attempts import edit, report

STEPS = {"draft": 1, "submitted": 2, "cleared": 3, "accepted": 4, "published": 5}


@pytest.mark.parametrize(("status", "version"), STEPS.items())
def test_the_version_is_the_number_of_the_last_event(world, status, version):
    update = world.walk(status)

    last = Event.objects.filter(subject=f"update:{update.key}").order_by("sequence").last()

    assert update.version == last.sequence == version


def test_whoever_read_an_older_version_loses_nothing_and_overwrites_nothing(world):
    first, second = world.update(item="I.1.1"), world.update(item="I.1.1")
    edit(first, world.who("focal.kaz"), results="First writer.")

    with pytest.raises(StaleVersion) as refusal:
        second.edit(by=world.who("contributor.kaz"), version=0, values={"results": "Second.", "challenges": "Mine."})

    assert refusal.value.facts == {"version": 1}
    stored = Update.objects.get(pk=first.pk)
    assert (stored.results, stored.challenges, stored.version) == ("First writer.", "", 1)
    edit(second, world.who("contributor.kaz"), challenges="Mine.")
    stored.refresh_from_db()
    assert (stored.results, stored.challenges, stored.version) == ("First writer.", "Mine.", 2)


def test_what_somebody_else_wrote_meanwhile_survives_a_move_by_an_object_read_before(world):
    read_before = world.update(item="I.1.1")
    report(world.update(item="I.1.1"), world.who("contributor.kaz"), results="Written meanwhile.")

    read_before.submit(by=world.who("focal.kaz"), version=1)

    assert read_before.results == "Written meanwhile."
    assert read_before.current_revision.results == "Written meanwhile."


def test_clearing_is_of_the_words_that_were_read(world):
    update = world.walk("submitted", results="Harmless.")
    read, coordinator = update.version, world.who("coordinator.kaz")
    update.return_(by=coordinator, version=update.version, reason="Say more.")
    edit(update, world.who("focal.kaz"), results="Slipped in.")
    update.submit(by=world.who("focal.kaz"), version=update.version)

    with pytest.raises(StaleVersion):
        update.clear(by=coordinator, version=read, audience="public")


@pytest.mark.parametrize(
    "values", [{}, {"results": "Courts use it."}, {"results": " Courts use it.\r\n", "rating": ""}]
)
def test_an_edit_that_changes_nothing_writes_nothing(world, values):
    update = edit(world.update(), world.who("focal.kaz"), results="Courts use it.")
    before = Update.objects.filter(pk=update.pk).values().get(), Event.objects.count()

    edit(update, world.who("coordinator.kaz"), **values)

    assert (Update.objects.filter(pk=update.pk).values().get(), Event.objects.count()) == before


@pytest.mark.parametrize("version", [0, 2, -1, "1", 10**30])
def test_only_the_current_version_is_the_current_version(world, version):
    update = edit(world.update(), world.who("focal.kaz"), results="Courts use it.")

    with pytest.raises(StaleVersion):
        update.edit(by=world.who("focal.kaz"), version=version, values={"results": "Police too."})


def test_a_commitment_is_versioned_alike(world):
    commitment = Commitment.objects.get(member_state__iso_alpha3="KAZ", action_item__code="I.1.2")
    coordinator = world.who("coordinator.kaz")
    commitment.change(by=coordinator, version=0, planned_measures="A strategy by 2027.")

    with pytest.raises(StaleVersion) as stale:
        commitment.change(by=coordinator, version=0, planned_measures="Another.")
    with pytest.raises(VersionMissing):
        commitment.change(by=coordinator, version=None, planned_measures="Another.")

    assert stale.value.facts == {"version": 1}
    commitment.refresh_from_db()
    assert commitment.own_plan.planned_measures == "A strategy by 2027."
