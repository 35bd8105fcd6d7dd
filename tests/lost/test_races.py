"""B1: however many write at once, each version has one author, and whoever was told "saved" is in the record."""

from __future__ import annotations

import json
from functools import partial
from itertools import count
from typing import Any

import pytest

from tests.depth import chance, rounds
from tests.lost.asking import at_once
from tests.lost.conftest import Place

pytestmark = pytest.mark.django_db


def events_of(place: Place, key: str) -> list[tuple[int, str, str, dict[str, Any]]]:
    """Number, move, status after it, and what was written."""
    found = place.ask(
        f"SELECT sequence, move, to_status, changes FROM commitments_event WHERE subject = 'update:{key}' "
        "ORDER BY sequence"
    )
    return [(*rest, json.loads(changes) if isinstance(changes, str) else changes) for *rest, changes in found]


def results_of(place: Place, key: str) -> str:
    cycle, state, code = key.split(":")
    return place.ask(
        "SELECT u.results FROM commitments_update u JOIN commitments_cycle y ON y.id = u.cycle_id "
        "JOIN commitments_commitment c ON c.id = u.commitment_id "
        "JOIN commitments_memberstate s ON s.id = c.member_state_id "
        "JOIN commitments_actionitem i ON i.id = c.action_item_id "
        f"WHERE y.slug = '{cycle}' AND s.iso_alpha3 = '{state}' AND i.code = '{code}'"
    )[0][0]


@pytest.mark.battery("B1")
@pytest.mark.parametrize("writers", (2, 4, 8, 16))
def test_of_writers_at_once_one_is_acknowledged_for_each_version(place: Place, tally, writers: int) -> None:
    update = place.updates.pop()
    hands = [place.caller(update[part]) for part in ("focal", "coordinator")]
    names, told = count(), []

    for version in range(rounds(6, 250)):
        texts = [f"Text {next(names)} upon {version}" for _ in range(writers)]
        write = [
            partial(hand.write, "PATCH", f"updates/{update['key']}/", {"results": text}, version=version)
            for text, hand in zip(texts, hands * writers, strict=False)
        ]
        blind = partial(hands[0].write, "PATCH", f"updates/{update['key']}/", {"results": "Not read."})
        *answers, unread = at_once([*write, blind])
        assert sorted(answer.status for answer in answers) == [200] + [412] * (writers - 1)
        assert unread.status == 428
        told += [text for text, answer in zip(texts, answers, strict=True) if answer.status == 200]
        assert {answer.body["current"]["results"] for answer in answers if answer.status == 412} == {told[-1]}

    events = events_of(place, update["key"])
    assert [number for number, *_ in events] == list(range(1, len(told) + 1))
    assert [changes["results"] for *_, changes in events] == told
    assert results_of(place, update["key"]) == told[-1]
    tally(rounds=len(told), writes=len(told) * (writers + 1))


@pytest.mark.battery("B1")
def test_whoever_reads_again_and_repeats_is_written_in_the_end(place: Place, tally) -> None:
    """Eight who write into one field as fast as they can, each upon what they read last."""
    update = place.updates.pop()
    where, each = f"updates/{update['key']}/", rounds(6, 100)

    def write(number: int) -> list[str]:
        hand, told = place.caller(update["focal"]), []
        version = hand.get(where).body["version"]
        while len(told) < each:
            text = f"{number} writes {len(told)}"
            answer = hand.write("PATCH", where, {"results": text}, version=version)
            assert answer.status in (200, 412)
            told += [text] if answer.status == 200 else []
            version = answer.body["version"]
        return told

    told = at_once([partial(write, number) for number in range(8)])

    written = [changes["results"] for *_, changes in events_of(place, update["key"])]
    assert sorted(written) == sorted(text for texts in told for text in texts)
    for texts in told:
        assert [text for text in written if text in texts] == texts
    tally(writes=len(written))


# From where to where each verb leads, and nowhere else: written down here anew.
LEGAL = {
    "edit": {("draft", "draft")},
    "submit": {("draft", "submitted")},
    "return": {("submitted", "draft"), ("cleared", "draft")},
    "clear": {("submitted", "cleared")},
    "accept": {("cleared", "accepted")},
    "publish": {("accepted", "published")},
    "recall": {("cleared", "draft"), ("accepted", "draft")},
    "withdraw": {("published", "accepted")},
    "revise": {("published", "draft")},
}
WORDS = {"return": {"reason": "Say which."}, "clear": {"audience": "participants"}, "publish": {}}
WORDS |= {move: {"reason": "A mistake."} for move in ("recall", "withdraw")}
COMPLETE = {"rating": "limited", "trend": "forward", "adopted": "yes", "applied": "partly", "measures_taken": "A law."}
BY = {"focal": ("edit", "submit"), "coordinator": ("return", "clear", "recall", "withdraw", "revise")}
BY |= {"editor": ("return", "accept", "publish")}


@pytest.mark.battery("B2")
def test_a_move_is_made_on_the_words_that_its_maker_read(place: Place, tally) -> None:
    """All verbs at once, upon the version that stands or the one that may come next."""
    update, draw, told = place.updates.pop(), chance("B2"), []
    where, names = f"updates/{update['key']}/", count()
    hands = {part: place.caller(update[part]) for part in ("focal", "coordinator")}
    hands["editor"] = place.secretariat("editor")
    focal = hands["focal"]
    version = focal.write("PATCH", where, COMPLETE, version=0).body["version"]

    def act(hand: str, move: str, named: int) -> tuple[str, int, str, Any]:
        if move == "edit":
            text = f"Text {next(names)}"
            return move, named, text, hands[hand].write("PATCH", where, {"results": text}, version=named)
        return move, named, "", hands[hand].write("POST", f"{where}{move}/", WORDS.get(move), version=named)

    number = rounds(60, 2000)
    for _ in range(number):
        acts = [(hand, move) for hand, moves in BY.items() for move in moves]
        drawn = [*draw.sample(acts, 4), ("focal", draw.choice(BY["focal"]))]
        made = at_once([partial(act, *one, version + draw.choice((0, 0, 0, 1))) for one in drawn])
        assert {answer.status for *_, answer in made} <= {200, 400, 403, 404, 409, 412}
        told += [one for one in made if one[-1].status == 200]
        version = focal.get(where).body["version"]

    check_moves(place, update["key"], told)
    tally(rounds=number, moves=len(told))


def check_moves(place: Place, key: str, told: list[tuple[str, int, str, Any]]) -> None:
    events = events_of(place, key)
    assert [number for number, *_ in events] == list(range(1, len(events) + 1))
    assert sorted(named + 1 for _move, named, *_ in told) == [number for number, *_ in events][1:]
    by_number = {named + 1: (move, text) for move, named, text, _answer in told}
    submitted = place.ask(
        "SELECT e.sequence, r.results FROM commitments_event e JOIN commitments_revision r ON r.id = e.revision_id "
        f"WHERE e.subject = 'update:{key}'"
    )
    revised, before, words = dict(submitted), "draft", ""
    for number, move, after, changes in events:
        assert (before, after) in LEGAL[move]
        if number in by_number:
            assert by_number[number][0] == move
        if move == "edit" and number > 1:
            words = changes["results"]
            assert words == by_number[number][1]
        if after != "draft":
            assert revised[number] == words  # submitted, cleared, accepted and published as its maker read it
        before = after
    assert results_of(place, key) == words
