"""Whose requests are answered at once, so that one person who asks for much leaves room for everybody else.

An export keeps a thread busy for seconds, and a hundred of one person's at once would keep all of them. So of each
worker's threads one asker has half; what they ask beyond that waits for their own, in the order in which it came.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from typing import Generic, TypeVar

Request = TypeVar("Request")
# What a request says of who sends it: nobody has looked yet at whether that is true.
_PROOF = re.compile(
    rb"\r\nauthorization:[ \t]*([^\r]{1,300})|[;:, ](?:__Host-)?sessionid=([^;\s]{1,100})", re.IGNORECASE
)
_FORWARDED = re.compile(rb"\r\nx-forwarded-for:([^\r]*)", re.IGNORECASE)


def asker(head: bytes, address: object) -> bytes:
    """Whoever sends this: a token or a session, or else where it comes from, as the proxy nearest to us says."""
    if proof := _PROOF.search(head):
        return proof[1] or proof[2]
    forwarded = _FORWARDED.search(head)
    return forwarded[1].rpartition(b",")[2].strip() if forwarded else repr(address).encode()


class Turns(Generic[Request]):
    """How many requests of each asker are being answered, and which of theirs wait."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._taken: Counter[bytes] = Counter()
        self._waiting: dict[bytes, deque[Request]] = {}

    def begin(self, who: bytes, request: Request) -> bool:
        """Whether its turn is now; otherwise it waits until `end` hands it out."""
        if self._taken[who] < self.most:
            self._taken[who] += 1
            return True
        self._waiting.setdefault(who, deque()).append(request)
        return False

    def end(self, who: bytes) -> Request | None:
        """One is answered: the next of the same asker, whose turn it is now."""
        if waiting := self._waiting.get(who):
            following = waiting.popleft()
            if not waiting:
                del self._waiting[who]
            return following
        self._taken[who] -= 1
        if not self._taken[who]:
            del self._taken[who]
        return None
