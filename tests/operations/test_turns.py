"""Of each worker's threads one asker has at most a part; the rest of theirs waits in line, and holds up nobody else."""

import pytest

from operations.turns import Turns, asker

HERE = ("192.0.2.7",)


@pytest.mark.parametrize(
    ("head", "who"),
    [
        (b"GET / HTTP/1.1\r\nAuthorization: Token abc\r\nHost: a", b"Token abc"),
        (b"GET / HTTP/1.1\r\nauthorization:Token abc\r\nCookie: sessionid=x", b"Token abc"),
        (b"GET / HTTP/1.1\r\nCookie: sessionid=xyz", b"xyz"),
        (b"GET / HTTP/1.1\r\nCookie: a=b; __Host-sessionid=xyz; c=d", b"xyz"),
        (b"GET / HTTP/1.1\r\nX-Forwarded-For: 198.51.100.1, 203.0.113.9\r\nHost: a", b"203.0.113.9"),
        (b"GET / HTTP/1.1\r\nX-Forwarded-For: \r\nHost: a", b""),
        (b"GET /?sessionid=xyz HTTP/1.1\r\nHost: a", repr(HERE).encode()),
        (b"", repr(HERE).encode()),
    ],
)
def test_who_asks(head, who):
    assert asker(head, HERE) == who


def test_no_header_takes_long_to_look_at():
    for head in (b"\r\nX-Forwarded-For: " + b", a" * 20_000, b"\r\nCookie: " + b"sessionid" * 7_000, b"\r\n" * 30_000):
        assert len(asker(head, HERE)) <= 60


def test_one_asker_has_two_turns_and_the_third_waits_for_an_end_of_theirs():
    turns = Turns[str](2)

    assert [turns.begin(b"one", name) for name in ("a", "b", "c", "d")] == [True, True, False, False]
    assert turns.begin(b"other", "e")
    assert turns.end(b"other") is None
    assert [turns.end(b"one") for _turn in range(4)] == ["c", "d", None, None]
    assert turns.begin(b"one", "f")


def test_nothing_is_kept_of_those_who_have_been_answered():
    turns = Turns[str](1)
    for name in ("a", "b", "c"):
        turns.begin(b"one", name)
    while turns.end(b"one"):
        pass

    assert not turns._taken and not turns._waiting
