"""Recommendations: numbered, addressed, and followed up by the next report."""

from __future__ import annotations

import pytest

from commitments.errors import Forbidden, Invalid, NotVisible, StaleVersion, VersionMissing
from commitments.models import Event
from reporting.models import Recommendation
from tests.reporting.reports import walk_report


@pytest.fixture
def report(world):
    return walk_report(world, "drafting")


def recommended(world, report, text="Hold a joint exercise.", **words):
    return Recommendation.add(report, by=world.who("editor"), text=text, **words)


def test_recommendations_are_numbered_in_the_order_they_are_made(world, report):
    first, second = recommended(world, report), recommended(world, report, addressee="partners", items=["I.1.1"])

    assert (first.position, second.position) == (1, 2)
    assert (first.addressee, second.addressee, second.items) == ("states", "partners", ["I.1.1"])


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "\x00"}, "text"),
        ({"addressee": "everybody"}, "addressee"),
        ({"items": ["IX.1"]}, "items"),
        ({"items": "I.1.1"}, "items"),
        ({"outcome": "done"}, "outcome"),
        ({"translations": {"ru": {"title": "x"}}}, "translations"),
    ],
)
def test_what_cannot_be_kept_is_named(world, report, words, field):
    with pytest.raises(Invalid) as refusal:
        recommended(world, report, **words)

    assert refusal.value.problems[0].field == field


def test_a_recommendation_is_changed_on_the_version_that_was_read_and_on_the_record(world, report):
    one = recommended(world, report)
    editor = world.who("editor")

    one.edit(by=editor, version=1, text="Hold two exercises.")

    with pytest.raises(StaleVersion):
        one.edit(by=editor, version=1, text="None.")
    events = Event.objects.filter(subject=f"report:{report.slug}", move="recommend").order_by("sequence")
    assert [event.changes["text"] for event in events] == ["Hold a joint exercise.", "Hold two exercises."]


@pytest.mark.parametrize("name", ["reviewer", "coordinator.kaz", "partner"])
def test_only_an_editor_recommends(world, report, name):
    with pytest.raises((Forbidden, NotVisible)):
        Recommendation.add(report, by=world.who(name), text="x")


def test_the_next_report_says_what_became_of_it(world, report):
    earlier = recommended(world, report)
    following = walk_report(world, "drafting", audience="participants")
    editor = world.who("editor")

    one = Recommendation.follow_up(following, earlier, by=editor, version=0, outcome="in_hand", text="One was held.")
    again = Recommendation.follow_up(following, earlier, by=editor, version=1, outcome="done", text="Two were held.")

    assert (one.pk, one.position) == (again.pk, earlier.position)
    kept = Recommendation.objects.get(pk=one.pk)
    assert (kept.outcome, kept.text, kept.version) == ("done", "Two were held.", 2)


@pytest.mark.parametrize(("version", "refusal"), [(0, StaleVersion), (2, StaleVersion), (None, VersionMissing)])
def test_a_follow_up_is_changed_on_the_version_that_was_read(world, report, version, refusal):
    earlier = recommended(world, report)
    following = walk_report(world, "drafting", audience="participants")
    editor = world.who("editor")
    Recommendation.follow_up(following, earlier, by=editor, version=0, outcome="in_hand", text="One was held.")

    with pytest.raises(refusal):
        Recommendation.follow_up(following, earlier, by=editor, version=version, outcome="done")

    assert Recommendation.objects.get(follows=earlier).outcome == "in_hand"


def test_a_follow_up_that_was_retired_comes_back_when_it_is_written_again(world, report):
    earlier = recommended(world, report)
    following = walk_report(world, "drafting", audience="participants")
    editor = world.who("editor")
    one = Recommendation.follow_up(following, earlier, by=editor, version=0, outcome="open")
    one.retire(by=editor, version=1)

    again = Recommendation.follow_up(following, earlier, by=editor, version=2, outcome="done")

    assert (again.pk, again.retired_at, again.outcome) == (one.pk, None, "done")


@pytest.mark.parametrize(
    ("words", "field"), [({"outcome": "lost"}, "outcome"), ({"outcome": ""}, "outcome"), ({"items": []}, "items")]
)
def test_a_follow_up_has_an_outcome_and_nothing_of_its_own(world, report, words, field):
    earlier = recommended(world, report)
    following = walk_report(world, "drafting", audience="participants")

    with pytest.raises(Invalid) as refusal:
        Recommendation.follow_up(following, earlier, by=world.who("editor"), version=0, **words)

    assert refusal.value.problems[0].field == field


def test_a_report_does_not_follow_up_its_own(world, report):
    own = recommended(world, report)

    with pytest.raises(Invalid):
        Recommendation.follow_up(report, own, by=world.who("editor"), version=0, outcome="done")
