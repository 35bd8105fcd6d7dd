"""Requests that schemathesis draws from the OpenAPI document, with real keys put in; and what an answer must keep to.

What is drawn at random names nothing that is there: nearly every answer would be 404. So where a case is meant to be
valid, most of its keys, versions and filters are exchanged for such as stand in the world.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from knox.models import AuthToken
from schemathesis import Case, GenerationMode, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from commitments.models import Commitment, Update
from jpoa.wsgi import application
from reporting.models import Contribution, Passage, Recommendation, Report
from tests.builders import World
from tests.hostile import hidden
from tests.hostile.places import VALUES
from tests.hostile.test_two_worlds import api_keys

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
          response_schema_conformance, negative_data_rejection]  # fmt: skip
# There are no tokens that only read: the observer's is the nearest, since its person writes nothing.
ACTORS = (None, "focal.kaz", "coordinator.kaz", "reviewer", "editor", "partner", "administrator", "observer")
HOPELESS = ("cursor", "fields", "before", "follows")  # drawn, they fit nothing; most are left out
OF_REPORTS = (Passage, Recommendation)
HOST = {"Host": "localhost"}
REAL: dict[str, tuple[Any, ...]] = VALUES | {
    "lead_agency": ("KAZ:interior", "KAZ:justice", "TJK:interior", None),
    "contributing_agencies": (["KAZ:justice"], []),
    "partner": ("helper",),
    "slug": ("tenth-review", "review-2028"),
    "section": ("summary", "introduction", "1"),
    "edition": (f"{hidden.REPORT}:1",),
    "email": ("focal.kaz@example.org", "new@example.org"),
    "code": ("123456",),
}


def read_to_the_end(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """The application behind a server that closes what it has sent: files among them."""
    answer: Any = application(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


@lru_cache(maxsize=1)
def document() -> Any:
    """As it is served. What a case would send as a token is left out: who asks is the battery's to say."""
    found = openapi.from_wsgi("/api/schema/?format=json", read_to_the_end, headers=HOST)
    found.config.generation.update(with_security_parameters=False)
    return found


@contextmanager
def one_connection() -> Iterator[None]:
    """A request of the server lets go of old connections; that of the test's own transaction is kept."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


class Asking:
    """Asks for one of the actors, in a transaction that is taken back, and keeps what an answer broke."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self.chance = chance
        self.headers = {who: HOST | _token(world, who) for who in ACTORS}
        self.keys, self.versions = _keys(world), _versions()
        self.broken: dict[tuple[str, str, int], str] = {}
        self.statuses: dict[int, int] = {}

    def ask(self, case: Case) -> None:
        wrong = {place.value for place, part in case.meta.components.items() if part.mode == GenerationMode.NEGATIVE}
        self._make_real(case, wrong)
        who = self.chance.choice(ACTORS)
        with transaction.atomic():
            answer = case.call(headers=self.headers[who])
            transaction.set_rollback(True)
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        if answer.status_code == 301 and "path" in wrong:
            return  # with a slash at its end it would be the address of something else
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            for one in group.exceptions:
                kind = (case.operation.label, type(one).__name__, answer.status_code)
                self.broken.setdefault(kind, f"{one}\n{who}: {case.as_curl_command()}")

    # --- Private ----------------------------------------------------------------------------------

    def _make_real(self, case: Case, wrong: set[str]) -> None:
        chance = self.chance
        noun = case.operation.path.removeprefix("/api/v1/").split("/")[0].partition(".")[0]
        keys = self.keys.get(noun.replace("{key}", ""), [])
        if "path" not in wrong and "key" in (case.path_parameters or {}) and keys and chance.random() < 0.85:
            case.path_parameters["key"] = chance.choice(keys)
        if "header" not in wrong and "If-Match" in (case.headers or {}) and chance.random() < 0.85:
            stands = self.versions.get(str((case.path_parameters or {}).get("key")), 0)
            case.headers["If-Match"] = f'"{stands + chance.choice((0, 0, 0, 0, 1))}"'
        for place, values in (("query", case.query), ("body", case.body)):
            if place not in wrong and isinstance(values, dict):
                for name in [name for name in values if name in REAL and chance.random() < 0.8]:
                    values[name] = chance.choice(REAL[name])
                for name in [name for name in values if name in HOPELESS and chance.random() < 0.8]:
                    del values[name]


def _token(world: World, who: str | None) -> dict[str, str]:
    if who is None:
        return {}
    _token, text = AuthToken.objects.create(user=world.who(who))
    return {"Authorization": f"Token {text}"}


def _keys(world: World) -> dict[str, list[str]]:
    absent = "00000000-0000-4000-8000-000000000007"
    reports = {noun: list(keys) for noun, keys in hidden.keys_of_reports(absent).items()}
    return api_keys(world) | reports | {"seats": [f"{hidden.REPORT}:summary"], "plans": ["jpoa-2022"]}


def _versions() -> dict[str, int]:
    named = {Update: "key", Commitment: "key", Contribution: "key", Report: "slug", **dict.fromkeys(OF_REPORTS, "uid")}
    return {
        str(getattr(row, name)): row.version for table, name in named.items() for row in table._default_manager.all()
    }
