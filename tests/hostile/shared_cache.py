"""A proxy that many people share, before the site: it keeps and hands out answers as RFC 9111 lets a shared cache do.
The rules are hishel's; here is only where answers are kept, and how the site is asked."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.utils.http import http_date
from django.utils.timezone import now
from hishel import (
    CacheMiss,
    CouldNotBeStored,
    Entry,
    FromCache,
    Headers,
    IdleClient,
    NeedRevalidation,
    Request,
    Response,
    StoreAndUse,
)

from tests.hostile.visitors import Seen, Visitor

NUMBER = "X-Number-Of-The-Answer"  # which body it has
WHO_ASKS = ("Cookie", "Authorization", "Accept-Language")


@dataclass(frozen=True)
class Passed:
    """An answer as the proxy gave it."""

    seen: Seen
    is_kept: bool  # made for an earlier request, and not for this one


class SharedCache:
    def __init__(self) -> None:
        self.kept: dict[str, list[Entry]] = defaultdict(list)
        self.answers: list[Seen] = []

    def get(self, visitor: Visitor, address: str, language: str) -> Passed:
        cookies = "; ".join(f"{name}={one.value}" for name, one in visitor.cookies.items())
        words = (cookies, visitor.defaults.get("HTTP_AUTHORIZATION", ""), language)
        headers = {name: value for name, value in zip(WHO_ASKS, words, strict=True) if value}
        request = Request("GET", f"https://testserver{address}", Headers(headers))
        state: Any = IdleClient(options={"shared": True}).next(request, self.kept[address])
        while not isinstance(state, StoreAndUse | CouldNotBeStored | FromCache):
            if isinstance(state, CacheMiss | NeedRevalidation):
                state = state.next(self._asked(visitor, address, state.request.headers))
            else:
                state = state.next()
        if isinstance(state, StoreAndUse):
            self.kept[address].append(Entry(uuid.uuid4(), request, state.response))
        used = state.entry.response if isinstance(state, FromCache) else state.response
        return Passed(self.answers[int(used.headers[NUMBER])], isinstance(state, FromCache))

    def _asked(self, visitor: Visitor, address: str, headers: Headers) -> Response:
        sent = {name: headers[name] for name in headers if name.lower() not in ("cookie", "authorization")}
        answer = visitor.see(address, **sent)
        self.answers.append(answer)
        own = {"Date": http_date(now().timestamp())}
        if answer.status != HTTPStatus.NOT_MODIFIED:  # which leaves the body that is kept
            own[NUMBER] = str(len(self.answers) - 1)
        return Response(answer.status, Headers({**dict(answer.headers), **own}))
