"""Of each worker's threads one asker has at most a part; the rest of theirs waits in line, and holds up nobody else."""

import pytest

from operations.turns import Turns, asker

HERE = ("192.0.2.7",)
PLACE = repr(HERE).encode()
ONE, SAME_PLACE, OTHER = (b"one", b"here"), (b"two", b"here"), (b"three", b"there")


@pytest.mark.parametrize(
    ("head", "who"),
    [
        (b"GET / HTTP/1.1\r\nAuthorization: Token abc\r\nHost: a", (b"Token abc", PLACE)),
        (b"GET / HTTP/1.1\r\nauthorization:Token abc\r\nCookie: sessionid=x", (b"Token abc", PLACE)),
        (b"GET / HTTP/1.1\r\nCookie: sessionid=xyz", (b"xyz", PLACE)),
        (b"GET / HTTP/1.1\r\nCookie: a=b; __Host-sessionid=xyz; c=d", (b"xyz", PLACE)),
        (b"GET / HTTP/1.1\r\nCookie: sessionid=x\r\nX-Forwarded-For: 192.0.2.1, 192.0.2.9\r\n", (b"x", b"192.0.2.9")),
        (b"GET / HTTP/1.1\r\nX-Forwarded-For: 192.0.2.9\r\nHost: a", (b"nobody at 192.0.2.9", b"192.0.2.9")),
        (b"GET / HTTP/1.1\r\nX-Forwarded-For: \r\nHost: a", (b"nobody at ", b"")),
        (b"GET /?sessionid=xyz HTTP/1.1\r\nHost: a", (b"nobody at " + PLACE, PLACE)),
        (b"", (b"nobody at " + PLACE, PLACE)),
    ],
)
def test_who_asks(head, who):
    assert asker(head, HERE) == who


def test_no_header_takes_long_to_look_at():
    for head in (b"\r\nX-Forwarded-For: " + b", a" * 20_000, b"\r\nCookie: " + b"sessionid" * 7_000, b"\r\n" * 30_000):
        assert len(asker(head, HERE)[1]) <= 60


def begun(turns: Turns, who: tuple[bytes, bytes], *requests: str) -> list[str]:
    return [one for one in requests if turns.begin(who, one)]


def test_one_asker_has_half_of_the_threads_and_the_rest_waits_for_an_end_of_theirs():
    turns = Turns[str](4)

    assert begun(turns, ONE, "a", "b", "c", "d") == ["a", "b"]
    assert begun(turns, OTHER, "e") == ["e"]
    assert turns.end(OTHER) == []
    assert [turns.end(ONE) for _turn in range(4)] == [["c"], ["d"], [], []]
    assert begun(turns, ONE, "f") == ["f"]


def test_one_address_has_all_threads_but_one_whoever_it_says_that_it_is():
    turns = Turns[str](4)

    assert begun(turns, ONE, "a", "b") == ["a", "b"]
    assert begun(turns, SAME_PLACE, "c", "d") == ["c"]
    assert begun(turns, OTHER, "e") == ["e"]
    assert turns.end(OTHER) == []
    assert turns.end(ONE) == ["d"]


def test_one_end_lets_two_begin_who_waited_for_another_part_of_it():
    turns = Turns[str](4)
    begun(turns, ONE, "a", "b")
    begun(turns, SAME_PLACE, "c")
    begun(turns, (b"one", b"there"), "d")
    begun(turns, (b"four", b"here"), "e")

    assert turns.end(ONE) == ["d", "e"]


def test_with_one_thread_everybody_has_it_in_turn():
    turns = Turns[str](1)

    assert begun(turns, ONE, "a", "b") == ["a"]
    assert turns.end(ONE) == ["b"]


def test_nothing_is_kept_of_those_who_have_been_answered():
    turns = Turns[str](2)
    for name in ("a", "b", "c"):
        turns.begin(ONE, name)
    for _turn in range(3):
        turns.end(ONE)

    assert not any(turns._taken) and not turns._waiting
