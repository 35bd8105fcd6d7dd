"""What reports read: released words alone, cut to their audience, in a fixed number of reads."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.content import SECTIONS
from commitments.errors import NotVisible
from commitments.models import Cycle
from reporting.document import Tone
from reporting.queries import review_facts
from reporting.snapshot import snapshot
from tests.builders import World
from tests.reporting.worlds import activity, attach, canaries, earlier_cycle, facts_for, publish

READS = 19


def _words(facts) -> str:
    return repr(facts.updates)


# --- What is read -------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["draft", "submitted", "cleared", "accepted"])
@pytest.mark.parametrize("audience", ["public", "participants", "un"])
def test_facts_are_the_same_whatever_is_unreleased(world, status, audience):
    world.walk("published", "TJK", "I.1.1")
    before = facts_for(world, audience)

    world.walk(status, "KAZ", "I.1.1", **canaries())

    assert facts_for(world, audience) == before


def test_a_revision_in_work_leaves_the_released_one_in_force(world):
    update = world.walk("published", "KAZ", "I.1.2")
    before = facts_for(world)

    update.revise(by=world.who("coordinator.kaz"), version=update.version)
    update.edit(by=world.who("focal.kaz"), version=update.version, values={"measures_taken": "Canary."})

    assert facts_for(world) == before


def test_what_a_state_withdraws_is_gone_at_once(world):
    update = world.walk("published", "KAZ", "I.1.2")

    update.withdraw(by=world.who("coordinator.kaz"), version=update.version, reason="To be corrected.")

    assert facts_for(world).updates == ()
    assert facts_for(world).released_on is None


@pytest.mark.parametrize(
    ("report", "released"),
    [
        ("public", {"public"}),
        ("participants", {"participants", "public"}),
        ("un", {"un", "participants", "public"}),
    ],
)
def test_an_audience_reads_what_is_released_to_it_or_wider(world, report, released):
    for state, audience in (("KAZ", "public"), ("TJK", "participants"), ("UZB", "un")):
        world.walk("published", state, "I.1.2", audience=audience)

    facts = facts_for(world, report)

    assert {update.audience for update in facts.updates} == released


@pytest.mark.parametrize(("audience", "shown"), [("public", False), ("participants", False), ("un", True)])
def test_withheld_sections_stay_with_the_state_and_the_un(world, audience, shown):
    withheld = ["challenges", "next_steps"]
    content = {"challenges": "Withheld words.", "next_steps": "Withheld plans.", "next_steps_on": "2031-05-06"}
    translations = {"ru": {"challenges": "Скрытые слова."}}
    world.walk("published", withheld_sections=withheld, translations=translations, **content)

    (update,) = facts_for(world, audience).updates

    assert ("Withheld" in repr(update), "Скрытые" in repr(update)) == (shown, shown)
    assert update.next_steps_on == (dt.date(2031, 5, 6) if shown else None)
    assert "measures_taken" in [section.name for section in update.sections]


def test_every_section_withheld_leaves_the_rating_alone(world):
    world.walk("published", withheld_sections=list(SECTIONS), **canaries())

    (update,) = facts_for(world).updates

    assert (update.rating, update.sections) == ("limited", ())


@pytest.mark.parametrize(
    ("audience", "titles"),
    [
        ("public", ["Open law"]),
        ("participants", ["Open law", "Shared study"]),
        ("un", ["Open law", "Shared study", "Paper for the UN"]),
    ],
)
def test_evidence_follows_its_own_audience(world, audience, titles):
    update = world.walk("draft")
    attach(world, update, "Open law", url="https://example.org/law")
    attach(world, update, "Shared study", audience="participants")
    attach(world, update, "Paper for the UN", audience="un")
    attach(world, update, "Paper of the State", audience="state")
    publish(world, update)

    (facts,) = facts_for(world, audience).updates

    assert [source.title for source in facts.sources] == titles
    assert facts.sources[0].address == "https://example.org/law"


def test_evidence_retired_in_a_new_draft_stays_with_the_released_revision(world):
    update = world.walk("draft")
    attach(world, update, "Open law")
    publish(world, update)
    update.revise(by=world.who("coordinator.kaz"), version=update.version)

    update.edit(by=world.who("focal.kaz"), version=update.version, retire=update.evidence.get())

    (facts,) = facts_for(world).updates
    assert [source.title for source in facts.sources] == ["Open law"]


def test_a_stale_translation_is_not_shown(world):
    update = world.walk("draft", measures_taken="Old text.", translations={"ru": {"measures_taken": "Старый текст."}})
    focal = world.who("focal.kaz")

    update.edit(by=focal, version=update.version, values={"measures_taken": "New text."})
    publish(world, update)

    assert "New text." in _words(facts_for(world))
    assert "Старый" not in _words(facts_for(world))


def test_states_stand_in_english_alphabetical_order_and_items_in_that_of_the_plan(world):
    for state, item in (("UZB", "I.1.1"), ("KAZ", "II.1.1"), ("KAZ", "I.1.1")):
        world.walk("published", state, item)

    facts = facts_for(world)

    assert [state.code for state in facts.states] == ["KAZ", "TJK", "UZB"]
    assert [(one.item, one.state) for one in facts.updates] == [
        ("I.1.1", "KAZ"),
        ("I.1.1", "UZB"),
        ("II.1.1", "KAZ"),
    ]


def test_an_absent_cycle_is_not_visible(world):
    with pytest.raises(NotVisible):
        review_facts("no-such-cycle", "public", now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("item", "days", "reason"),
    [
        ("I.1.1", 0, Tone.AWAITING),
        ("I.1.1", 45, Tone.AWAITING),
        ("I.1.1", 51, Tone.NOT_RELEASED),
        ("II.1.2", 0, Tone.NOT_DUE),
        ("II.1.2", 51, Tone.NOT_DUE),
    ],
)
def test_an_empty_cell_says_why(world, item, days, reason):
    facts = facts_for(world, after_days=days)

    asked = next(one for one in facts.items if one.code == item)
    assert {facts.why_empty(state, asked) for state in facts.states} == {reason}


@pytest.mark.parametrize(("hour", "reason"), [(18, Tone.AWAITING), (19, Tone.NOT_RELEASED)])
def test_a_cycle_ends_with_the_day_in_the_capital(world, hour, reason):
    ends = dt.datetime.combine(world.cycle.closes_on, dt.time(hour), dt.UTC)  # midnight in Tashkent is 19:00 UTC

    facts = review_facts(world.cycle.slug, "public", now=ends)

    assert facts.why_empty(facts.state("UZB"), facts.items[0]) == reason


# --- In how many reads, and in what view --------------------------------------------------------------


def test_reads_are_as_many_for_one_release_as_for_six(world, django_assert_num_queries):
    world.walk("published", "KAZ", "I.1.1")
    earlier_cycle(world)
    activity("Help", world, ["I.1.1"], ["KAZ"])
    with django_assert_num_queries(READS):
        assert len(facts_for(world).updates) == 1

    for state, item in (("TJK", "I.1.1"), ("UZB", "I.1.1"), ("KAZ", "I.1.2"), ("TJK", "I.1.2"), ("UZB", "II.1.1")):
        publish(world, attach(world, world.walk("draft", state, item), "A law"))
    activity("Course", world, ["I.1.1", "I.1.2"], ["KAZ", "TJK"])

    with django_assert_num_queries(READS):
        facts = facts_for(world)
    assert (len(facts.updates), len(facts.activities)) == (6, 2)


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_is_one_view_that_holds_up_no_writer():
    Cycle.objects.count()
    usual = getattr(connection, "transaction_mode", None)
    beginnings = {
        "sqlite": "BEGIN DEFERRED",
        "postgresql": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
    }

    with CaptureQueriesContext(connection) as captured, snapshot():
        assert connection.in_atomic_block
        Cycle.objects.count()

    statements = [query["sql"] for query in captured if query["sql"] != "BEGIN"]
    assert statements[0] == beginnings[connection.vendor]
    assert getattr(connection, "transaction_mode", None) == usual
    with CaptureQueriesContext(connection) as captured, snapshot(), snapshot():
        Cycle.objects.count()
    assert sum(query["sql"] == beginnings[connection.vendor] for query in captured) == 1


# --- Activities of partners ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "first", "last", "listed"),
    [
        ("workshop", -1, -1, True),
        ("workshop", -500, -500, False),
        ("workshop", -500, None, False),
        ("project", -500, None, True),
        ("project", -500, -400, False),
        ("project", -500, -1, True),
        ("project", 51, None, False),
        ("project", None, None, True),
    ],
)
def test_activities_are_listed_that_fall_between_the_cycle_before_and_the_end_of_this(world, kind, first, last, listed):
    today = world.cycle.opens_on + dt.timedelta(days=10)
    _earlier_cycle(world, closes_on=today - dt.timedelta(days=300))
    days = {
        name: today + dt.timedelta(days=number)
        for name, number in (("starts_on", first), ("ends_on", last))
        if number is not None
    }

    activity("Help", world, ["I.1.1"], ["KAZ"], kind=kind, **days)

    assert bool(facts_for(world).activities) is listed


def test_an_activity_says_who_does_what_where(world):
    activity("Help", world, ["I.1.2", "I.1.1"], ["UZB", "KAZ"], place="Dushanbe", dates_as_stated="in spring")

    (found,) = facts_for(world).activities

    assert (found.items, found.states) == (("I.1.1", "I.1.2"), ("KAZ", "UZB"))
    assert (found.venue.text, found.dates_as_stated.text) == ("Dushanbe", "in spring")
    assert (found.place.document, found.place.first_line, found.place.last_line) == ("elsewhere", 3, 4)
    assert [(one.name.text, one.role) for one in found.participants] == [("A helping organization", "lead")]


def _earlier_cycle(world: World, closes_on: dt.date) -> Cycle:
    days = dict.fromkeys(("opens_on", "submissions_due_on", "clearances_due_on", "closes_on"), closes_on)
    return Cycle.objects.create(slug="review-2026", plan=world.plan, title="Review 2026", **days)
