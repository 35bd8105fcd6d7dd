"""What editors write: versions, order, one editor at a time in a section, nothing lost."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from commitments.errors import Forbidden, Invalid, NotVisible, StaleVersion, VersionMissing, WrongStatus
from commitments.models import Appointment
from commitments.workflow import Role
from reporting.models import Passage, Seat, SeatTaken
from tests.builders import person
from tests.owner import owning_the_tables
from tests.reporting.reports import STAGES, walk_report, written

LATER = dt.timedelta(minutes=4)


@pytest.fixture
def report(world):
    return walk_report(world, "drafting")


@pytest.fixture
def second(world):
    """Another editor."""
    return person(world, "second", Role.EDITOR)


def test_every_version_of_a_passage_is_kept(world, report):
    passage = written(world, report, text="One.")
    editor = world.who("editor")

    passage.edit(by=editor, version=1, text="Two.", translations={"ru": {"text": "Два."}})
    passage.edit(by=editor, version=2, cites=["KAZ:I.1.2"])

    kept = list(passage.versions.order_by("number").values_list("number", "text", "cites", "made_by_name"))
    assert kept == [(1, "One.", [], "editor"), (2, "Two.", [], "editor"), (3, "Two.", ["KAZ:I.1.2"], "editor")]


def test_saving_the_same_words_makes_no_version(world, report):
    passage = written(world, report, text="One.")

    passage.edit(by=world.who("editor"), version=1, text="One.")

    assert passage.versions.count() == 1


@pytest.mark.parametrize(("version", "refusal"), [(None, VersionMissing), (0, StaleVersion), (2, StaleVersion)])
def test_a_passage_is_changed_on_the_version_that_was_read(world, report, version, refusal):
    passage = written(world, report, text="One.")

    with pytest.raises(refusal):
        passage.edit(by=world.who("editor"), version=version, text="Two.")

    assert Passage.objects.get(pk=passage.pk).text == "One."


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"text": "a\x00b"}, "text"),
        ({"text": 7}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"title": "x" * 201}, "title"),
        ({"form": "poem"}, "form"),
        ({"form": ["paragraph"]}, "form"),
        ({"cites": "KAZ:I.1.2"}, "cites"),
        ({"cites": ["KAZ"]}, "cites"),
        ({"cites": ["XYZ:I.1.2"]}, "cites"),
        ({"cites": ["KAZ:IX.9.9"]}, "cites"),
        ({"translations": {"xx": {"text": "a"}}}, "translations"),
        ({"translations": {"ru": {"poem": "a"}}}, "translations"),
        ({"translations": []}, "translations"),
        ({"mood": "good"}, "mood"),
    ],
)
def test_words_that_cannot_be_kept_are_named(world, report, words, field):
    with pytest.raises(Invalid) as refusal:
        Passage.add(report, "summary", by=world.who("editor"), **words)

    assert refusal.value.problems[0].field.split(".")[0] == field
    assert not report.passages.exists()


def test_all_that_is_wrong_is_named_at_once(world, report):
    with pytest.raises(Invalid) as refusal:
        Passage.add(report, "summary", by=world.who("editor"), text="\x00", form="poem", mood="good")

    assert {problem.field for problem in refusal.value.problems} == {"text", "form", "mood"}


def test_passages_stand_in_the_order_that_the_editor_gives_them(world, report):
    first, second, third = (written(world, report, text=text) for text in ("One.", "Two.", "Three."))
    editor = world.who("editor")

    third.move(by=editor, version=1, before=first)
    first.move(by=editor, version=1, before=None)

    texts = report.passages.filter(section="summary").order_by("position").values_list("text", flat=True)
    assert list(texts) == ["Three.", "Two.", "One."]
    assert second.section == "summary"


def test_a_passage_of_another_section_is_no_place(world, report):
    first, other = written(world, report), written(world, report, "picture")

    with pytest.raises(NotVisible):
        first.move(by=world.who("editor"), version=1, before=other)


def test_a_retired_passage_comes_back_with_its_words(world, report):
    passage = written(world, report, text="One.")
    editor = world.who("editor")

    passage.retire(by=editor, version=1)
    assert Passage.objects.get(pk=passage.pk).retired_at
    passage.restore(by=editor, version=2)

    assert Passage.objects.get(pk=passage.pk).text == "One."
    assert list(passage.versions.order_by("number").values_list("is_retired", flat=True)) == [False, True, False]


@pytest.mark.parametrize("stage", STAGES)
def test_editors_write_where_the_stage_is_for_writing(world, stage):
    report = walk_report(world, stage)
    writable = {"outline", "drafting", "circulated", "issued"}

    if stage in writable:
        assert written(world, report).version == 1
    else:
        with pytest.raises(WrongStatus):
            written(world, report)
    assert report.is_writable(world.who("editor")) == (stage in writable)


@pytest.mark.parametrize("name", ["reviewer", "coordinator.kaz", "focal.kaz", "partner", "administrator"])
def test_nobody_but_an_editor_writes(world, report, name):
    passage = written(world, report)

    for attempt in (
        lambda: Passage.add(report, "summary", by=world.who(name), text="x"),
        lambda: passage.edit(by=world.who(name), version=1, text="x"),
        lambda: passage.retire(by=world.who(name), version=1),
        lambda: Seat.take(report, "summary", by=world.who(name)),
    ):
        with pytest.raises((Forbidden, NotVisible)):
            attempt()
    assert Passage.objects.get(pk=passage.pk).version == 1


def test_one_editor_at_a_time_in_a_section(world, report, second):
    written(world, report)

    with pytest.raises(SeatTaken) as refusal:
        Passage.add(report, "summary", by=second, text="Mine.")
    Passage.add(report, "picture", by=second, text="Mine.")

    assert refusal.value.facts["person"] == "editor"
    assert {(seat.section, str(seat.person)) for seat in report.seats.all()} == {
        ("summary", "editor"), ("picture", "second"),
    }  # fmt: skip


def test_a_seat_is_free_after_three_silent_minutes(world, report, second):
    written(world, report)

    with time_machine.travel(timezone.now() + LATER, tick=False):
        assert Seat.take(report, "summary", by=second).person == second
        with pytest.raises(SeatTaken):
            Seat.take(report, "summary", by=world.who("editor"))


def test_whoever_leaves_frees_the_seat(world, report, second):
    written(world, report)

    Seat.leave(report, "summary", by=second)  # not theirs to free
    assert report.seats.count() == 1
    Seat.leave(report, "summary", by=world.who("editor"))

    assert Seat.take(report, "summary", by=second).person == second


def test_an_editor_whose_appointment_has_ended_writes_no_more(world, report, second):
    appointment = Appointment.objects.get(person=second)
    appointment.retire(by=world.who("administrator"), reason="A new post.")

    with pytest.raises((Forbidden, NotVisible)):
        Passage.add(report, "picture", by=second, text="x")


@pytest.mark.parametrize(
    "verb", ["UPDATE reporting_passageversion SET text = 'x'", "DELETE FROM reporting_passageversion"]
)
def test_the_database_refuses_even_its_owner_to_change_a_version(world, report, verb):
    written(world, report)

    refused = pytest.raises(IntegrityError)
    with owning_the_tables(), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(verb)
