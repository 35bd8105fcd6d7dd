"""The national contribution: written and signed by the State's coordinator, with a receipt that stays."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from commitments.errors import Forbidden, Invalid, NotVisible, StaleVersion, VersionMissing, WrongStatus
from commitments.models import Event
from reporting.frozen import digest
from reporting.models import Contribution, Signature
from tests.owner import owning_the_tables

MANIFEST = b'{"updates":[]}'
OFFICERS = {"focal.kaz", "contributor.kaz", "coordinator.kaz"}


def write(world, version=0, by="coordinator.kaz", **words):
    words = words or {"text": "The State has done much.", "audience": "public"}
    return Contribution.write(world.cycle, world.states["KAZ"], by=world.who(by), version=version, **words)


def sign(world, contribution, *, by="coordinator.kaz", uncleared=0, version=None):
    version = contribution.version if version is None else version
    return contribution.sign(by=world.who(by), version=version, manifest=lambda _one: (MANIFEST, uncleared))


def test_signing_gives_a_receipt_of_what_was_signed(world):
    contribution = write(world)

    signature = sign(world, contribution)

    assert signature.receipt == digest(MANIFEST)
    assert (signature.text, signature.audience, signature.signed_by_name) == (
        "The State has done much.", "public", "coordinator.kaz",
    )  # fmt: skip


def test_a_later_text_needs_a_later_signature_and_the_first_stays(world):
    contribution = write(world)
    sign(world, contribution)

    contribution = write(world, contribution.version, text="It has done more.")
    sign(world, contribution)

    texts = contribution.signatures.order_by("number").values_list("number", "text")
    assert list(texts) == [(1, "The State has done much."), (2, "It has done more.")]


def test_what_is_due_is_cleared_or_explained(world):
    contribution = write(world)

    with pytest.raises(Invalid) as refusal:
        sign(world, contribution, uncleared=3)
    assert refusal.value.problems[0].field == "explanation"
    assert "3" in str(refusal.value.problems[0].message)

    contribution = write(world, contribution.version, explanation="The agencies are being reformed.")
    assert sign(world, contribution, uncleared=3).explanation == "The agencies are being reformed."


def test_an_empty_statement_is_not_signed(world):
    contribution = write(world, explanation="x")

    with pytest.raises(Invalid) as refusal:
        sign(world, contribution)
    assert refusal.value.problems[0].field == "text"


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("focal.kaz", Forbidden), ("coordinator.tjk", NotVisible), ("editor", NotVisible), ("administrator", NotVisible)],
)
def test_only_its_own_coordinator_writes_and_signs(world, name, refusal):
    contribution = write(world)

    with pytest.raises(refusal):
        write(world, 1, by=name)
    with pytest.raises(refusal):
        sign(world, contribution, by=name)


@pytest.mark.parametrize(("version", "refusal"), [(None, VersionMissing), (0, StaleVersion), (5, StaleVersion)])
def test_it_is_changed_on_the_version_that_was_read(world, version, refusal):
    write(world)

    with pytest.raises(refusal):
        write(world, version, text="x")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"text": "Passport N1234567"}, "text"),
        ({"audience": "friends"}, "audience"),
        ({"original_language": "xx"}, "original_language"),
        ({"translations": {"ru": 1}}, "translations"),
        ({"signed": True}, "signed"),
    ],
)
def test_words_that_cannot_be_kept_are_named(world, words, field):
    with pytest.raises(Invalid) as refusal:
        write(world, **words)
    assert refusal.value.problems[0].field == field


def test_nothing_is_signed_after_the_cycle(world):
    contribution = write(world)
    end = world.states["KAZ"].end_of(world.cycle.closes_on)

    with time_machine.travel(end - dt.timedelta(seconds=1), tick=False):
        sign(world, contribution)
    with time_machine.travel(end, tick=False), pytest.raises(WrongStatus):
        sign(world, contribution)


def test_in_the_making_it_is_the_states_own(world):
    sign(world, write(world, text="x", audience="public"))

    assert {name for name in world.emails if Contribution.objects.visible_to(world.who(name)).exists()} == OFFICERS


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("state", OFFICERS),
        ("un", OFFICERS | {"editor", "reviewer"}),
        ("participants", OFFICERS | {"editor", "reviewer", "focal.tjk", "contributor.tjk", "coordinator.tjk",
                                     "focal.uzb", "contributor.uzb", "coordinator.uzb"}),
    ],
)  # fmt: skip
def test_once_signed_it_goes_to_the_audience_that_the_state_decided(world, audience, readers):
    sign(world, write(world, text="x", audience=audience))

    assert {name for name in world.emails if Signature.objects.visible_to(world.who(name)).exists()} == readers


def test_writing_and_signing_are_on_the_states_own_record(world):
    sign(world, write(world))

    events = Event.objects.filter(subject="commitment:contribution:review-2028:KAZ").order_by("sequence")
    assert [event.move for event in events] == ["write", "sign"]
    seen = {name for name in world.emails if Event.objects.visible_to(world.who(name)).filter(pk__in=events).exists()}
    assert seen == OFFICERS


@pytest.mark.parametrize("verb", ["UPDATE reporting_signature SET text = 'x'", "DELETE FROM reporting_signature"])
def test_the_database_refuses_even_its_owner_to_change_a_signature(world, verb):
    sign(world, write(world))

    refused = pytest.raises(IntegrityError)
    with owning_the_tables(), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(verb)
