"""What a coordinator signs for: the receipt changes with anything in it, and with nothing else."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.frozen import digest, freeze
from reporting.models import Contribution
from reporting.signing import manifest, uncleared

WORDS = {"text": "The State has done much.", "audience": "public"}


@pytest.fixture
def contribution(world) -> Contribution:
    """Of Kazakhstan, with one update cleared, one published to participants and one submitted."""
    world.walk("cleared", item="I.1.2")
    world.walk("published", item="II.1.1", audience="participants")
    world.walk("submitted", item="I.1.1")
    world.walk("published", "TJK", "I.1.2")
    return written(world)


def written(world, version: int = 0, **words) -> Contribution:
    return Contribution.write(
        world.cycle, world.states["KAZ"], by=world.who("coordinator.kaz"), version=version, **(words or WORDS)
    )


def receipt(contribution: Contribution) -> str:
    """As the receipt would be if every manifest had the same salt."""
    fresh = Contribution.objects.select_related("cycle", "member_state").get(pk=contribution.pk)
    return digest(without_salt(manifest(fresh)[0]))


def without_salt(content: bytes) -> bytes:
    return freeze({name: value for name, value in json.loads(content).items() if name != "salt"})


def test_it_lists_what_is_cleared_or_beyond_with_its_revision_and_audience(world, contribution):
    content, _open = manifest(contribution)

    told = json.loads(content)
    first, second = world.update(item="I.1.2"), world.update(item="II.1.1")
    assert (told["cycle"], told["member_state"]) == ("review-2028", "KAZ")
    assert told["updates"] == [
        {"item": "I.1.2", "status": "cleared", "revision": first.current_revision.hash, "audience": "public"},
        {"item": "II.1.1", "status": "published", "revision": second.current_revision.hash, "audience": "participants"},
    ]
    assert told["statement"]["text"] == digest(WORDS["text"].encode())
    assert freeze(told) == content, "canonical: the same whoever writes it down"


def test_what_is_due_and_not_cleared_is_counted(world, contribution):
    before = manifest(contribution)[1]

    world.walk("submitted", item="II.1.2")
    world.walk("published", "TJK", "I.1.1")
    beside = manifest(contribution)[1]
    clear_another(world)

    assert (before, beside, manifest(contribution)[1]) == (1, 1, 0), "a partner's item and another State's are not due"


def clear_another(world) -> None:
    update = world.update(item="I.1.1")
    update.clear(by=world.who("coordinator.kaz"), version=update.version, audience="un")


def accept(world) -> None:
    update = world.update(item="I.1.2")
    update.accept(by=world.who("editor"), version=update.version)


def write_anew(world) -> None:
    update = world.update(item="I.1.2")
    update.recall(by=world.who("coordinator.kaz"), version=update.version, reason="A mistake.")
    world.walk("cleared", item="I.1.2", results="A court sits.")


def narrow(world) -> None:
    """The same words, cleared for fewer readers."""
    update = world.update(item="I.1.2")
    update.recall(by=world.who("coordinator.kaz"), version=update.version, reason="A mistake.")
    world.walk("cleared", item="I.1.2", audience="un")


def recall(world) -> None:
    update = world.update(item="I.1.2")
    update.recall(by=world.who("coordinator.kaz"), version=update.version, reason="A mistake.")


def withdraw(world) -> None:
    update = world.update(item="II.1.1")
    update.withdraw(by=world.who("coordinator.kaz"), version=update.version, reason="A mistake.")


@pytest.mark.parametrize("change", [clear_another, accept, write_anew, narrow, recall, withdraw])
def test_the_receipt_changes_with_every_update_it_covers(world, contribution, change):
    before = receipt(contribution)

    change(world)

    assert receipt(contribution) != before


@pytest.mark.parametrize(
    "words",
    [{"text": "It has done more."}, {"explanation": "A reform."}, {"audience": "un"}, {"original_language": "ru"},
     {"translations": {"ru": {"text": "Сделано много."}}}],
    ids=lambda words: next(iter(words)),
)  # fmt: skip
def test_the_receipt_changes_with_every_word_of_the_statement(world, contribution, words):
    before = receipt(contribution)

    written(world, contribution.version, **words)

    assert receipt(contribution) != before


def test_the_receipt_does_not_change_with_what_it_does_not_cover(world, contribution):
    before = receipt(contribution)

    world.walk("published", "TJK", "II.1.1")
    world.walk("draft", item="II.1.2")
    focal = world.who("focal.kaz")
    Contribution.write(world.cycle, world.states["TJK"], by=world.who("coordinator.tjk"), version=0, text="We too.")
    focal.full_name = "Another name"
    focal.save()

    assert receipt(contribution) == before


def test_the_published_revision_is_signed_for_while_it_is_being_revised(world, contribution):
    before, told = receipt(contribution), json.loads(manifest(contribution)[0])["updates"][1]
    update = world.update(item="II.1.1")
    update.revise(by=world.who("coordinator.kaz"), version=update.version)

    content, still_open = manifest(contribution)

    assert json.loads(content)["updates"][1] == told
    assert (receipt(contribution), still_open) == (before, 1)


def test_what_is_signed_is_the_manifest_and_its_receipt_the_hash(world, contribution):
    contribution = written(world, contribution.version, explanation="One agency is being reformed.")

    signature = contribution.sign(by=world.who("coordinator.kaz"), version=contribution.version, manifest=manifest)

    assert without_salt(signature.manifest.encode()) == without_salt(manifest(contribution)[0])
    assert signature.receipt == digest(signature.manifest.encode())


def test_every_manifest_has_a_salt_of_its_own(contribution):
    first, second = (json.loads(manifest(contribution)[0])["salt"] for _ in range(2))

    assert len(first) == len(second) == 32 and first != second


def test_it_is_counted_for_many_in_one_read(world, contribution):
    places = [(world.cycle.pk, state.pk) for state in world.states.values()]

    with CaptureQueriesContext(connection) as queries:
        counted = uncleared(places)

    assert len(queries) == 1
    assert {iso: counted[world.cycle.pk, state.pk] for iso, state in world.states.items()} == {
        "KAZ": 1, "TJK": 2, "UZB": 3,
    }  # fmt: skip
