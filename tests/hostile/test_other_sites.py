"""No answer is opened to the scripts of another site, and none repeats what was sent to it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.hostile.visitors import Visitor

pytestmark = [pytest.mark.battery("C10"), pytest.mark.same_on_every_engine]
PLACES = ("/", "/api/v1/me/", "/api/v1/updates/", "/api/v1/tokens/", "/accounts/login/", "/desk/", "/admin/",
          "/static/desk/desk.js", "/calendar/public.ics", "/healthz", "/nowhere/")  # fmt: skip


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_no_answer_is_opened_to_another_origin(world, method):
    """Asked as a browser asks beforehand. Of all routes, asked plainly, test_headers.py holds the same."""
    visitor, found = Visitor(world, "coordinator.kaz"), {}
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "PUT",
             "Access-Control-Request-Headers": "authorization"}  # fmt: skip
    for place in PLACES:
        answer = visitor.generic(method, place, headers=asked)
        answer.close()
        found[place] = [name for name in answer.headers if name.lower().startswith("access-control-")]

    assert {place: names for place, names in found.items() if names} == {}


@pytest.mark.parametrize("place", PLACES)
def test_trace_echoes_nothing(world, place):
    answer = Client().generic("TRACE", place, b"canary-of-the-body", headers={"X-Canary": "canary-of-a-header"})

    body = answer.getvalue() if answer.streaming else answer.content
    assert answer.status_code in (200, 302, 401, 403, 404, 405) and b"canary" not in body
    assert answer.headers.get("Content-Type") != "message/http"
