"""No answer is opened to the scripts of another site, and none repeats what was sent to it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.hostile.test_every_route_has_a_rule import addresses, cleared  # noqa: F401
from tests.hostile.visitors import Visitor

pytestmark = [pytest.mark.battery("C10"), pytest.mark.same_on_every_engine]
ALLOWING = "access-control-"
METHODS = ("GET", "OPTIONS")


def test_no_answer_is_opened_to_another_origin(world, cleared):  # noqa: F811
    visitor, found = Visitor(world, "coordinator.kaz"), {}
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "PUT",
             "Access-Control-Request-Headers": "authorization"}  # fmt: skip
    for place in sorted(set(addresses(world, cleared).values()) - {"/accounts/logout/", "/admin/logout/"}):
        for method in METHODS:
            answer = visitor.generic(method, place, headers=asked)
            answer.close()
            found[method, place] = [name for name in answer.headers if name.lower().startswith(ALLOWING)]

    assert len(found) > 300 and {one: names for one, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "place", ["/", "/healthz", "/api/v1/me/", "/accounts/login/", "/static/desk/desk.js", "/nowhere/"]
)
def test_trace_echoes_nothing(db, place):
    answer = Client().generic("TRACE", place, b"canary-of-the-body", headers={"X-Canary": "canary-of-a-header"})

    body = answer.getvalue() if answer.streaming else answer.content
    assert answer.status_code in (200, 401, 403, 404, 405) and b"canary" not in body
    assert answer.headers.get("Content-Type") != "message/http"
