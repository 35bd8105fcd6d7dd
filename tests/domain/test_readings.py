"""The log of who read what a State has not released: whose it is, what is one row, and that nothing in it changes."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from commitments import readings
from commitments.models import Reading, Release
from commitments.readings import Ledger, UnloggedReading, Words, noted, told
from tests.builders import build_world
from tests.owner import owning_the_tables


def reads(person, *rows, channel: str = "api") -> None:
    ledger = Ledger()
    with noted(ledger):
        told(*rows)
    ledger.write(person, channel)


@pytest.fixture
def draft(world):
    return world.walk("draft", "KAZ", "I.1.2")


@pytest.mark.parametrize(
    ("who", "count"),
    [("coordinator.kaz", 1), ("focal.kaz", 0), ("coordinator.tjk", 0), ("editor", 0), ("administrator", 0),
     ("partner", 0), ("nobody", 0), (None, 0)],
)  # fmt: skip
def test_only_a_coordinator_of_the_state_sees_who_read(world, draft, who, count):
    reads(world.who("editor"), draft)

    assert Reading.objects.visible_to(world.who(who) if who else None).count() == count


def test_a_row_says_who_read_what_when_in_which_role_and_by_which_way(world, draft):
    reads(world.who("focal.kaz"), draft, channel="desk")

    row = Reading.objects.get()
    assert (row.person_name, row.role, row.acting_for) == ("focal.kaz", "focal_point", "Ministry of Interior")
    assert (row.kind, row.key, row.item, row.number) == ("update", "review-2028:KAZ:I.1.2", "I.1.2", draft.version)
    assert (row.channel, str(row.member_state)) == ("desk", "Kazakhstan")


def test_own_officers_have_one_row_a_day_for_whatever_version(world, draft):
    focal, editor = world.who("focal.kaz"), world.who("editor")
    reads(focal, draft)
    draft.edit(by=focal, version=draft.version, values={"results": "More."})

    reads(focal, draft)
    reads(focal, draft, channel="admin")
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        reads(focal, draft)
    reads(editor, draft)
    before = Reading.objects.filter(person=editor).count()
    draft.edit(by=focal, version=draft.version, values={"results": "Again."})
    reads(editor, draft)
    reads(editor, draft)

    assert Reading.objects.filter(person=focal).count() == 3
    assert Reading.objects.filter(person=editor).count() == before + 1 == 2


@pytest.mark.parametrize(
    ("audience", "withheld", "who", "is_logged"),
    [("public", [], "editor", False), ("public", ["results"], "editor", True), ("public", ["results"], "nobody", False),
     ("participants", [], "coordinator.tjk", True), ("un", [], "editor", True)],
)  # fmt: skip
def test_a_release_is_logged_unless_everybody_may_read_what_was_read(world, audience, withheld, who, is_logged):
    world.walk("cleared", "KAZ", "I.1.2", audience=audience, results="So it is.")
    update, editor = world.update("KAZ", "I.1.2"), world.who("editor")
    update.recall(by=world.who("coordinator.kaz"), version=update.version, reason="x")
    update.submit(by=world.who("focal.kaz"), version=update.version)
    update.clear(by=world.who("coordinator.kaz"), version=update.version, audience=audience, withheld_sections=withheld)
    update.accept(by=editor, version=update.version)
    update.publish(by=editor, version=update.version)

    reads(world.who(who), Release.objects.get())

    assert Reading.objects.exists() == is_logged


def test_a_draft_in_which_nobody_has_written_holds_no_words(world):
    reads(world.who("coordinator.kaz"), world.update("KAZ", "I.1.2"))

    assert not Reading.objects.exists()


def test_what_is_not_for_everybody_is_told_to_nobody_without_a_name(world, draft):
    with pytest.raises(UnloggedReading):
        reads(None, draft)


def test_outside_a_request_nobody_is_shown_anything(world, draft):
    told(draft)

    assert not readings.is_noting()
    assert not Reading.objects.exists()


def test_whose_words_a_row_holds_has_to_be_said():
    with noted(Ledger()), pytest.raises(TypeError):
        told("a text of which nobody knows whose it is")


def test_however_much_is_told_it_is_written_at_once(world, django_assert_num_queries):
    rows = [Words(world.states["KAZ"].pk, "update", f"review-2028:KAZ:I.1.{number}", 1) for number in range(40)]
    person = world.who("editor")
    assert person.mandate.is_secretariat

    with django_assert_num_queries(1):
        reads(person, *rows)


@pytest.mark.parametrize("way", ["update", "delete"])
def test_the_database_refuses_to_change_or_drop_a_young_row(world, draft, way):
    reads(world.who("editor"), draft)

    with pytest.raises(IntegrityError), transaction.atomic():
        if way == "update":
            Reading.objects.update(person_name="somebody else")
        else:
            Reading.objects.all().delete()

    assert Reading.objects.get().person_name == "editor"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="there is no TRUNCATE on this machine's engine")
def test_the_database_refuses_to_empty_the_log(db):
    refused = pytest.raises(IntegrityError)
    with owning_the_tables(), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute("TRUNCATE commitments_reading")


def test_rows_that_have_served_their_time_are_dropped_and_no_others(db, settings):
    """By the database's own clock, which no test stops."""
    today = dt.datetime.now(dt.UTC)
    ages = [settings.READINGS_KEPT_DAYS + 1, settings.READINGS_KEPT_DAYS - 1]
    with time_machine.travel(today - dt.timedelta(days=ages[0])):
        world = build_world()
    for age in ages:
        with time_machine.travel(today - dt.timedelta(days=age), tick=False):
            reads(world.who("editor"), Words(world.states["KAZ"].pk, "update", "review-2028:KAZ:I.1.2", 1))

    call_command("tidy", stdout=io.StringIO())

    assert [(today - row.at).days for row in Reading.objects.all()] == ages[1:]
