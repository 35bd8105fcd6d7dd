"""B11: whatever the owner of the tables changes in the past, the verifier names the first broken link of it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from hashlib import sha256
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from commitments.models import Event, Notice, Release, Update
from commitments.models.events import digest
from commitments.verification import broken_links, heads, lost_heads
from tests.builders import World
from tests.depth import chance, rounds
from tests.domain.test_verification import without_triggers
from tests.owner import owning_the_tables

ASIDE = 1_000_000  # numbers that no event bears
TEXTS = ("move", "from_status", "to_status", "audience", "by_name", "reason", "previous_hash", "hash")


@pytest.fixture(autouse=True)
def by_whoever_owns_the_tables(db: None) -> Iterator[None]:
    with owning_the_tables():
        yield


@pytest.fixture
def record(world: World) -> World:
    """Chains of several lengths, and no guard before them."""
    for state, item, to in (
        ("KAZ", "I.1.2", "published"), ("KAZ", "I.1.1", "accepted"), ("TJK", "I.1.2", "cleared"),
        ("TJK", "I.1.1", "submitted"), ("UZB", "I.1.2", "draft"), ("UZB", "II.1.1", "published"),
    ):  # fmt: skip
        world.walk(to, state, item, audience="un")
    without_triggers("commitments_event", "commitments_revision", "commitments_revision_evidence")
    return world


Chain = list[Event]
Tampering = Callable[[Chain, Random], int]  # makes the change, and gives the number of the first broken link


def edit(chain: Chain, draw: Random) -> int:
    """One text of one event."""
    link, name = draw.choice(chain), draw.choice(TEXTS)
    told = getattr(link, name)
    change(link, **{name: told[:-1] + draw.choice([letter for letter in "xyz" if not told.endswith(letter)])})
    return link.sequence


def rewrite(chain: Chain, draw: Random) -> int:
    """What one event says was changed, or when."""
    link = draw.choice(chain)
    values = ({"changes": link.changes | {"results": "Forged."}}, {"at": link.at + dt.timedelta(seconds=1)})
    change(link, **draw.choice(values))
    return link.sequence


def forge(chain: Chain, draw: Random) -> int:
    """One event, with a hash that agrees with it: what follows does not."""
    link = draw.choice(chain[:-1])
    link.reason += "Forged."
    change(link, reason=link.reason, hash=digest(link.facts()))
    return link.sequence + 1


def delete(chain: Chain, draw: Random) -> int:
    """One event. Of the last one, what it left in the update tells; that has no number."""
    link = draw.choice(chain)
    tear_out([link])
    return 0 if link is chain[-1] else link.sequence


def reorder(chain: Chain, draw: Random) -> int:
    """Two events change places."""
    first, second = sorted(draw.sample(chain, 2), key=lambda one: one.sequence)
    change(first, sequence=ASIDE)
    change(second, sequence=first.sequence)
    change(first, sequence=second.sequence)
    return first.sequence


def insert(chain: Chain, draw: Random) -> int:
    """An event that agrees with itself and with the one before it; the rest moves on by one."""
    place = draw.randrange(1, len(chain) + 1)
    for link in reversed(chain[place - 1 :]):
        change(link, sequence=link.sequence + 1)
    forged = Event.objects.get(pk=chain[place - 1].pk)
    forged.pk, forged.uid, forged.sequence, forged.reason = None, uuid.uuid4(), place, "Never made."
    forged.previous_hash = chain[place - 2].hash if place > 1 else ""
    forged.hash = digest(forged.facts())
    forged.save(force_insert=True)
    return place + 1


TAMPERINGS: tuple[Tampering, ...] = (edit, rewrite, forge, delete, reorder, insert)


def change(link: Event, **values: Any) -> None:
    Event.objects.filter(pk=link.pk).update(**values)


def tear_out(links: Chain) -> None:
    """With the notices of them, which the database keeps them for."""
    Notice.objects.filter(event__in=links).delete()
    Event.objects.filter(pk__in=[link.pk for link in links]).delete()


def chain_of(subject: str) -> Chain:
    return list(Event.objects.filter(subject=subject).select_related("revision").order_by("sequence"))


@pytest.mark.battery("B11")
def test_the_first_broken_link_is_named(record: World, tally) -> None:
    draw, number = chance("B11"), rounds(48, 504)
    events = Event.objects.filter(subject__startswith="update:", sequence=2)
    subjects = sorted(events.values_list("subject", flat=True))
    assert list(broken_links()) == []

    for turn in range(number):
        tamper, subject = TAMPERINGS[turn % len(TAMPERINGS)], draw.choice(subjects)
        before = transaction.savepoint()
        link = tamper(chain_of(subject), draw)
        found = {(broken.subject, broken.number) for broken in broken_links()}
        transaction.savepoint_rollback(before)
        assert (subject, link) in found, tamper.__name__
        assert {told for told, _number in found if told.startswith("update:")} == {subject}

    assert list(broken_links()) == []
    tally(tamperings=number)


@pytest.mark.battery("B11")
def test_a_release_that_says_what_was_never_published_is_told(record: World, tally) -> None:
    released = Release.objects.get(update=record.update("UZB", "II.1.1"))
    for values in ({"audience": "public"}, {"withheld_sections": ["results"]}, {"released_by": record.who("reviewer")}):
        before = transaction.savepoint()
        Release.objects.filter(pk=released.pk).update(**values)
        found = {(broken.subject, broken.number) for broken in broken_links()}
        transaction.savepoint_rollback(before)
        assert found == {(f"update:{released.update.key}", 0)}, values
        tally(tamperings=1)


def cut_short(subject: str, left: int) -> None:
    """The end of a chain torn out, and the update set back to what the rest of it says."""
    chain = chain_of(subject)
    last = chain[left - 1]
    tear_out(chain[left:])
    state = {"version": left, "status": last.to_status, "audience": last.audience, "current_revision": last.revision}
    Update.objects.filter(pk=last.update_id).update(**state)


@pytest.mark.battery("B11")
@pytest.mark.parametrize("left", [2, 3])
def test_a_chain_that_was_cut_short_with_its_update_is_told_by_what_was_kept_elsewhere(record, tmp_path, capsys, left):
    """By itself the rest agrees with itself: this is what the verifier alone cannot see."""
    kept, subject = tmp_path / "heads", "update:review-2028:KAZ:I.1.1"
    call_command("verify_chains", write_heads=kept)
    told = capsys.readouterr().out

    cut_short(subject, left)

    assert list(broken_links()) == []
    assert [(broken.subject, broken.number) for broken in lost_heads(kept.read_text().splitlines())] == [(subject, 4)]
    with pytest.raises(CommandError, match="1 subject is broken"):
        call_command("verify_chains", compare_heads=kept)
    assert digest_of(kept) in told


def digest_of(file: Any) -> str:
    return sha256(file.read_bytes()).hexdigest()


def test_what_was_kept_holds_while_the_record_grows(record: World) -> None:
    kept = list(heads())

    record.walk("cleared", "UZB", "I.1.1")

    assert len(list(heads())) > len(kept)
    assert list(lost_heads(kept)) == []


def test_heads_and_their_comparison_are_read_in_one_question_each(record, django_assert_num_queries):
    with django_assert_num_queries(1):
        kept = list(heads())
    with django_assert_num_queries(1):
        list(lost_heads(kept))
