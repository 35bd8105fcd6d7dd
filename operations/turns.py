"""Whose requests are answered at once, so that one person who asks for much leaves room for everybody else.

An export keeps a thread busy for seconds, and a hundred of one person's at once would keep all of them. So of each
worker's threads one asker has half, and one address all but one, since nobody has looked yet at whether an asker is who
they say; what they ask beyond that waits, in the order in which it came.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Generic, TypeVar

Request = TypeVar("Request")
Asker = tuple[bytes, bytes]  # by what they prove who they are, and from where they ask
_PROOF = re.compile(
    rb"\r\nauthorization:[ \t]*([^\r]{1,300})|[;:, ](?:__Host-)?sessionid=([^;\s]{1,100})", re.IGNORECASE
)
_FORWARDED = re.compile(rb"\r\nx-forwarded-for:([^\r]*)", re.IGNORECASE)


def asker(head: bytes, address: object) -> Asker:
    """Whoever sends this: a token or a session, or nobody; and the address that the proxy nearest to us names."""
    proof, forwarded = _PROOF.search(head), _FORWARDED.search(head)
    place = forwarded[1].rpartition(b",")[2].strip() if forwarded else repr(address).encode()
    return (proof[1] or proof[2] if proof else b"nobody at " + place), place


class Turns(Generic[Request]):
    """How many requests of each asker are being answered, and which wait."""

    def __init__(self, threads: int) -> None:
        self.most = max(1, threads // 2), max(1, threads - 1)
        self._taken: tuple[Counter[bytes], Counter[bytes]] = (Counter(), Counter())
        self._waiting: list[tuple[Asker, Request]] = []

    def begin(self, who: Asker, request: Request) -> bool:
        """Whether its turn is now; otherwise it waits until `end` hands it out."""
        if self._has_room(who):
            self._count(who, 1)
            return True
        self._waiting.append((who, request))
        return False

    def end(self, who: Asker) -> list[Request]:
        """One is answered: those whose turn it is now."""
        self._count(who, -1)
        begun, waiting = [], []
        for other, request in self._waiting:
            if self._has_room(other):
                self._count(other, 1)
                begun.append(request)
            else:
                waiting.append((other, request))
        self._waiting = waiting
        return begun

    def _has_room(self, who: Asker) -> bool:
        return all(taken[name] < most for taken, name, most in zip(self._taken, who, self.most, strict=True))

    def _count(self, who: Asker, one: int) -> None:
        for taken, name in zip(self._taken, who, strict=True):
            taken[name] += one
            if not taken[name]:
                del taken[name]
