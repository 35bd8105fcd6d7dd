"""B6: a client that was cut off repeats what it asked, as often as it likes: it is done once and answered the same."""

from __future__ import annotations

import json
import socket
import struct
from functools import partial
from random import Random
from typing import Any

import pytest

from tests.depth import chance, rounds
from tests.lost.asking import Answer, ask, at_once, connect, raw
from tests.lost.conftest import Place
from tests.lost.test_races import COMPLETE

pytestmark = pytest.mark.django_db
ALL_OF_IT = 1 << 20
Words = dict[str, Any]


def cut_off_before(port: int, sent: bytes, draw: Random) -> None:
    """In the middle of the question: the server has never read it."""
    with connect(port) as line:
        line.sendall(sent[: draw.randrange(1, len(sent))])


def cut_off_after(port: int, sent: bytes, draw: Random) -> None:
    """Without waiting for the answer."""
    with connect(port) as line:
        line.sendall(sent)


def cut_off_in_the_answer(port: int, sent: bytes, draw: Random) -> None:
    """With some of the answer read, and abruptly."""
    with connect(port) as line:
        line.sendall(sent)
        line.recv(draw.randrange(1, 600))
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def not_cut_off(port: int, sent: bytes, draw: Random) -> None:
    with connect(port) as line:
        line.sendall(sent)
        while line.recv(ALL_OF_IT):
            pass


WAYS = (cut_off_before, cut_off_after, cut_off_in_the_answer, not_cut_off)


def steps(place: Place, update: dict[str, str]) -> list[tuple[str, str, Words, Words]]:
    """Who asks what with which words, and other words under the same key; the last leads back to the first."""
    link = {"update": update["key"], "kind": "link", "title": "The law", "url": "https://example.org/law"}
    where, reason = f"updates/{update['key']}/", {"reason": "Say which law."}
    return [
        (update["focal"], "evidence/", link, link | {"title": "Another law"}),
        (update["focal"], f"{where}submit/", {}, {"reason": "Words that belong to no submission."}),
        (update["coordinator"], f"{where}return/", reason, {"reason": "Another reason."}),
    ]


@pytest.mark.battery("B6")
def test_what_is_repeated_is_done_once_and_answered_the_same(place: Place, tally) -> None:
    update, draw = place.updates.pop(), chance("B6")
    focal, subject = place.caller(update["focal"]), f"update:{update['key']}"
    focal.write("PATCH", f"updates/{update['key']}/", COMPLETE, version=0)
    number, asked = rounds(30, 2500), 0

    for version in range(1, number + 1):
        who, where, words, others = steps(place, update)[version % 3 - 1]
        named = {"token": place.facts["tokens"][who], "version": version, "key": f"{draw.getrandbits(64):x}"}
        draw.choice(WAYS)(place.served.port, raw("POST", where, words, **named), draw)
        again = partial(ask, place.served.port, "POST", where, words, **named)
        repeats = draw.randrange(1, 6)
        answers = at_once([again] * 2) if draw.random() < 0.3 else []
        answers += [again() for _ in range(repeats)]
        other = ask(place.served.port, "POST", where, others, **named)

        check(answers, other, version)
        asked += len(answers) + 1
        assert place.ask(f"SELECT count(*) FROM commitments_event WHERE subject = '{subject}'") == [(version + 1,)]

    evidence = place.ask("SELECT count(*) FROM commitments_evidence e WHERE e.title = 'The law'")
    assert evidence == [((number + 2) // 3,)]
    tally(cases=number, requests=asked)


def check(answers: list[Answer], other: Answer, version: int) -> None:
    assert {answer.status for answer in answers} <= {200, 201}, answers
    assert len({(answer.status, answer.content, answer.headers["etag"]) for answer in answers}) == 1
    assert json.loads(answers[0].headers["etag"]) == str(version + 1)
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) <= 1
    assert (other.status, other.body.get("code")) == (422, "idempotency-key-reused")


@pytest.mark.battery("B6")
def test_an_edit_that_is_repeated_is_made_once(place: Place, tally) -> None:
    """PATCH takes no key: the version that it names has passed, and the words that stand are its own."""
    update, draw = place.updates.pop(), chance("B6 edits")
    where, number = f"updates/{update['key']}/", rounds(15, 500)
    token = place.facts["tokens"][update["focal"]]
    for version in range(number):
        words = {"results": f"Text {version}"}
        sent = raw("PATCH", where, words, token=token, version=version)
        draw.choice(WAYS)(place.served.port, sent, draw)
        again = partial(ask, place.served.port, "PATCH", where, words, token=token, version=version)
        answers = [again() for _ in range(draw.randrange(1, 4))]

        assert [answer.status for answer in answers[1:]] == [412] * (len(answers) - 1)
        said = answers[0].body
        assert (said if answers[0].status == 200 else said["current"])["results"] == words["results"]
        assert answers[-1].body["version"] == version + 1
    tally(cases=number)
