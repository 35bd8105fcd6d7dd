"""What each reader still sees once something is recalled, returned, withdrawn or revised."""

from __future__ import annotations

import pytest

from commitments.models import Assessment, Event, Release, Revision, Update
from tests.domain.attempts import edit

READERS = ("focal.kaz", "contributor.kaz", "coordinator.kaz", "reviewer", "focal.tjk", "partner")
REASON = "A word was wrong."


def sees(world, model, update: Update) -> dict[str, list]:
    """Of each reader, which numbers of this update's rows: revisions by number, events by move."""
    by = {"Revision": ("update", "number"), "Release": ("update", "revision__number"), "Event": ("update", "move")}
    path, column = by[model.__name__]
    rows = {name: model.objects.visible_to(world.who(name)).filter(**{path: update}) for name in READERS}
    return {name: list(found.order_by("pk").values_list(column, flat=True)) for name, found in rows.items()}


def who(world, queryset) -> set[str]:
    return {name for name in READERS if queryset.visible_to(world.who(name)).exists()}


@pytest.fixture
def published(world) -> Update:
    return world.walk("published", measures_taken="Old words.")


def second_submission(world, update: Update, words: str) -> Update:
    edit(update, world.who("focal.kaz"), measures_taken=words)
    return update.submit(by=world.who("focal.kaz"), version=update.version)


def test_a_recalled_update_leaves_the_secretariat_and_the_other_agencies(world):
    update = world.walk("accepted")
    update.recall(by=world.who("coordinator.kaz"), version=update.version, reason=REASON)

    assert who(world, Update.objects.filter(pk=update.pk)) == {"focal.kaz", "coordinator.kaz"}
    assert who(world, Revision.objects.filter(update=update)) == {"focal.kaz", "coordinator.kaz"}
    assert who(world, Event.objects.filter(update=update)) == {"focal.kaz", "coordinator.kaz"}


def test_a_returned_update_leaves_the_secretariat_though_it_returned_it(world):
    update = world.walk("cleared")
    update.return_(by=world.who("reviewer"), version=update.version, reason=REASON)

    assert not Update.objects.visible_to(world.who("reviewer")).filter(pk=update.pk).exists()
    assert not Revision.objects.visible_to(world.who("reviewer")).exists()


def test_what_is_withdrawn_disappears_for_those_beyond_the_un(world, published):
    published.withdraw(by=world.who("coordinator.kaz"), version=published.version, reason=REASON)

    within = {"focal.kaz", "contributor.kaz", "coordinator.kaz", "reviewer"}
    assert who(world, Update.objects.filter(pk=published.pk)) == within
    assert who(world, Revision.objects.filter(update=published)) == within
    assert who(world, Release.objects.all()) == set()


def test_while_it_is_revised_everybody_reads_the_old_words_and_only_the_agency_the_new(world, published):
    published.revise(by=world.who("coordinator.kaz"), version=published.version)
    second_submission(world, published, "New words.")

    assert sees(world, Revision, published) == {
        "focal.kaz": [1, 2],
        "contributor.kaz": [1],
        "coordinator.kaz": [1, 2],
        "reviewer": [1],
        "focal.tjk": [],
        "partner": [],
    }
    assert set(map(tuple, sees(world, Release, published).values())) == {(1,)}


def test_once_the_revised_words_are_cleared_the_secretariat_reads_both(world, published):
    published.revise(by=world.who("coordinator.kaz"), version=published.version)
    second_submission(world, published, "New words.")
    published.clear(by=world.who("coordinator.kaz"), version=published.version, audience="un")

    assert sees(world, Revision, published)["reviewer"] == [1, 2]
    assert sees(world, Release, published)["focal.tjk"] == [1]


def test_once_the_revised_words_are_published_the_old_are_read_no_more_beyond_the_state(world, published):
    published.revise(by=world.who("coordinator.kaz"), version=published.version)
    second_submission(world, published, "New words.")
    published.clear(by=world.who("coordinator.kaz"), version=published.version, audience="participants")
    published.accept(by=world.who("editor"), version=published.version)
    published.publish(by=world.who("editor"), version=published.version)

    assert sees(world, Revision, published) == {
        "focal.kaz": [1, 2],
        "contributor.kaz": [1, 2],
        "coordinator.kaz": [1, 2],
        "reviewer": [2],
        "focal.tjk": [],
        "partner": [],
    }
    assert {name for name, numbers in sees(world, Release, published).items() if numbers == [2]} == {*READERS} - {
        "partner"
    }


def test_a_revision_that_was_never_cleared_is_never_seen_by_the_secretariat(world):
    update = world.walk("submitted", measures_taken="First try.")
    seen = [sees(world, Revision, update)["reviewer"]]
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason=REASON)
    seen.append(sees(world, Revision, update)["reviewer"])
    second_submission(world, update, "Second try.")
    seen.append(sees(world, Revision, update)["reviewer"])

    update.clear(by=world.who("coordinator.kaz"), version=update.version, audience="public")

    assert seen == [[], [], []]
    assert sees(world, Revision, update)["reviewer"] == [2]
    update.accept(by=world.who("reviewer"), version=update.version)
    update.publish(by=world.who("editor"), version=update.version)
    assert sees(world, Revision, update)["reviewer"] == [2]


def test_what_happened_inside_the_state_is_hidden_from_the_secretariat(world):
    update = world.walk("submitted")
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="Between ourselves.")
    second_submission(world, update, "Second try.")
    update.clear(by=world.who("coordinator.kaz"), version=update.version, audience="public")
    update.accept(by=world.who("reviewer"), version=update.version, observations="Clear.")

    everything = ["edit", "submit", "return", "edit", "submit", "clear", "assess", "accept"]
    assert sees(world, Event, update) == {
        "focal.kaz": everything,
        "contributor.kaz": everything,
        "coordinator.kaz": everything,
        "reviewer": ["clear", "assess", "accept"],
        "focal.tjk": [],
        "partner": [],
    }


def test_a_time_when_it_was_the_states_alone_stays_hidden_from_the_secretariat(world):
    update = world.walk("cleared", audience="state")
    update.recall(by=world.who("coordinator.kaz"), version=update.version, reason="Between ourselves.")
    update.submit(by=world.who("focal.kaz"), version=update.version)
    update.clear(by=world.who("coordinator.kaz"), version=update.version, audience="un")

    moves = Event.objects.visible_to(world.who("editor")).filter(update=update)
    assert [(event.move, event.audience) for event in moves] == [("clear", "un")]


def test_an_assessment_is_read_by_the_secretariat_and_by_officers_who_see_the_update(world):
    update = world.walk("cleared")
    update.accept(by=world.who("reviewer"), version=update.version, observations="Clear.")
    while_accepted = who(world, Assessment.objects.all())

    update.recall(by=world.who("coordinator.kaz"), version=update.version, reason=REASON)

    assert while_accepted == {"focal.kaz", "contributor.kaz", "coordinator.kaz", "reviewer"}
    assert who(world, Assessment.objects.all()) == {"focal.kaz", "coordinator.kaz", "reviewer"}
