"""What is released, to whom, and how long: never wider than the State decided, and one release of an update at most."""

from __future__ import annotations

import pytest

from commitments.models import Release, Update
from commitments.verification import InForce, broken_links, in_force
from tests.domain.attempts import MADE, edit, problems, try_move

WIDTHS = ["state", "un", "participants", "public"]
REASON = "It must not be read now."


@pytest.mark.parametrize("asked", WIDTHS)
@pytest.mark.parametrize("decided", ["un", "participants", "public"])
def test_publishing_is_never_wider_than_decided_and_may_be_narrower(world, decided, asked):
    update = world.walk("accepted", audience=decided)
    fits = asked != "state" and WIDTHS.index(asked) <= WIDTHS.index(decided)

    assert (try_move(update, "publish", world.who("editor"), audience=asked) == MADE) is fits


@pytest.mark.parametrize("audience", ["everyone", 5, ["public"], {"un": 1}])
def test_publishing_to_no_known_audience_is_refused(world, audience):
    update = world.walk("accepted")

    assert problems(lambda: update.publish(by=world.who("editor"), version=update.version, audience=audience)) == [
        ("audience", "wider")
    ]


@pytest.mark.parametrize("decided", ["un", "participants", "public"])
def test_without_being_asked_it_goes_to_those_whom_the_state_decided(world, decided):
    update = world.walk("published", audience=decided)

    assert update.release.audience == decided


def test_a_release_says_what_was_submitted(world):
    update = world.walk("published", results="Courts use it.", withheld_sections=["challenges"])
    release = Release.objects.get()

    assert release.revision == update.current_revision
    assert (release.cycle, release.commitment, release.rating) == (update.cycle, update.commitment, "limited")
    assert (release.withheld_sections, release.released_by) == (["challenges"], world.who("editor"))


def test_the_coordinator_decides_on_clearing_what_is_withheld(world):
    update = world.walk("submitted", withheld_sections=["challenges"])
    coordinator, editor = world.who("coordinator.kaz"), world.who("editor")

    update.clear(by=coordinator, version=update.version, audience="public", withheld_sections=["results"])
    update.accept(by=editor, version=update.version)
    update.publish(by=editor, version=update.version)

    assert update.release.withheld_sections == ["results"]


def test_clearing_refuses_to_withhold_what_is_no_section(world):
    update = world.walk("submitted")
    words = {"audience": "public", "withheld_sections": ["rating"]}

    assert problems(lambda: update.clear(by=world.who("coordinator.kaz"), version=update.version, **words)) == [
        ("withheld_sections", "unknown")
    ]


def withdrawn(world) -> Update:
    update = world.walk("published", audience="public")
    return update.withdraw(by=world.who("coordinator.kaz"), version=update.version, reason=REASON)


def test_withdrawing_removes_the_release_at_once(world):
    update = withdrawn(world)

    assert not Release.objects.exists()
    assert (update.status, update.audience) == ("accepted", "un")


@pytest.mark.parametrize(("asked", "verdict"), {"un": MADE, "participants": "Invalid", "public": "Invalid"}.items())
def test_what_was_withdrawn_is_published_again_to_the_un_alone(world, asked, verdict):
    update = withdrawn(world)

    assert try_move(update, "publish", world.who("editor"), audience=asked) == verdict


def test_the_state_can_open_again_what_it_withdrew(world):
    update = withdrawn(world)
    coordinator, editor = world.who("coordinator.kaz"), world.who("editor")

    update.recall(by=coordinator, version=update.version, reason="To decide anew.")
    update.submit(by=world.who("focal.kaz"), version=update.version)
    update.clear(by=coordinator, version=update.version, audience="public")
    update.accept(by=editor, version=update.version)
    update.publish(by=editor, version=update.version)

    assert update.release.audience == "public"


def test_the_old_release_is_in_force_at_every_step_until_the_next_is_published(world):
    update = world.walk("published", results="Old words.")
    focal, coordinator, editor = world.who("focal.kaz"), world.who("coordinator.kaz"), world.who("editor")
    in_force_then = []

    for step in (
        lambda: update.revise(by=coordinator, version=update.version),
        lambda: edit(update, focal, results="New words."),
        lambda: update.submit(by=focal, version=update.version),
        lambda: update.clear(by=coordinator, version=update.version, audience="un"),
        lambda: update.accept(by=editor, version=update.version),
        lambda: update.publish(by=editor, version=update.version),
    ):
        step()
        in_force_then += Release.objects.values_list("revision__results", "audience")

    assert in_force_then == [("Old words.", "public")] * 5 + [("New words.", "un")]


def test_recalling_the_second_version_leaves_the_first_in_force(world):
    update = world.walk("published", results="Old words.")
    coordinator = world.who("coordinator.kaz")
    update.revise(by=coordinator, version=update.version)
    update.submit(by=world.who("focal.kaz"), version=update.version)
    update.clear(by=coordinator, version=update.version, audience="public")

    update.recall(by=coordinator, version=update.version, reason=REASON)

    assert Release.objects.get().revision.number == 1


@pytest.mark.parametrize("status", ["draft", "submitted", "cleared", "accepted", "published"])
def test_the_release_follows_from_the_events_alone(world, status):
    update = world.walk(status, withheld_sections=["results"])
    events = update.events.filter(subject=f"update:{update.key}").order_by("sequence")

    expected = InForce(update.current_revision_id, "public", ["results"], world.who("editor").pk)
    assert in_force(events) == (expected if status == "published" else None)


def test_a_withdrawn_release_follows_from_the_events_too(world):
    update = withdrawn(world)

    assert in_force(update.events.order_by("sequence")) is None


def test_clearing_for_the_state_alone_ends_what_was_released(world):
    update = world.walk("published", audience="public")
    update.revise(by=world.who("coordinator.kaz"), version=update.version)
    update.submit(by=world.who("focal.kaz"), version=update.version)
    assert Release.objects.visible_to(None).exists()

    update.clear(by=world.who("coordinator.kaz"), version=update.version, audience="state")

    assert not Release.objects.filter(update=update).exists()
    assert list(broken_links()) == []
