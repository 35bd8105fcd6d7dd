"""Natural keys: what stands under them, and what is none."""

from __future__ import annotations

import pytest

from commitments.models import Release, Update

ODD = [
    "",
    "nonsense",
    "a:b",
    "a:b:c:d",
    "review-2028:KAZ:I.1.2\0",
    "review-2028:KAZ:" + "I" * 300,
    "review-2028:KAZ:X.9",
]


@pytest.mark.parametrize("odd", ODD)
def test_under_what_is_no_key_there_is_nothing(world, odd):
    assert Update.objects.by_keys([odd]) == {}


def test_rows_are_found_by_their_own_keys_and_no_neighbour_with_them(world):
    wanted = {world.update("KAZ", "I.1.1").key, world.update("TJK", "I.1.2").key}

    found = Update.objects.by_keys([*wanted, *ODD])

    assert set(found) == wanted
    assert {row.key for row in found.values()} == wanted


def test_an_update_and_its_release_are_called_alike(world):
    update = world.walk("published", "KAZ", "I.1.2", audience="public")

    assert Release.objects.at(*update.key.split(":")).get().key == update.key


@pytest.mark.parametrize(
    ("who", "words"),
    [("focal.kaz", "Next."), ("reviewer", "Next."), ("focal.tjk", ""), ("partner", ""), ("nobody", "")],
)
def test_a_release_is_read_without_what_is_withheld_from_its_reader(world, who, words):
    told = {"next_steps": "Next.", "next_steps_on": "2030-01-01", "withheld_sections": ["next_steps"]}
    update = world.walk("published", "KAZ", "I.1.2", audience="public", **told)
    release = Release.objects.get(update=update)

    read = release.read_by(world.who(who))

    assert (read.next_steps, bool(read.next_steps_on)) == (words, bool(words))
    assert release.revision.next_steps == "Next."
