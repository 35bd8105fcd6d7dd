"""Every answer, to whoever asks and whatever comes of it, carries what keeps a browser's other pages away from it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from jpoa.headers import CLOSED
from jpoa.wsgi import application
from tests.hostile.permissions import one_of_each
from tests.hostile.places import routes
from tests.hostile.visitors import Visitor

STATED = {name: value for name, value in CLOSED.items() if name != "Content-Security-Policy"}
NEEDED = ("default-src 'none'", "frame-ancestors 'none'")
LOOSE = ("unsafe", "*", "http:", "https:", "blob:", "strict-dynamic")
BESIDES = ("/static/desk/desk.js", "/static/never.js", "/nowhere/", "/%00", "/admin", "/favicon.ico", "/desk/%FF/",
           "/api/v1/never/", "/.well-known/security.txt")  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE")


def wanting(answer: Any) -> list[str]:
    """What is missing or loose in this answer's headers."""
    if answer.streaming:
        answer.getvalue()
        answer.close()
    policy = answer.headers.get("Content-Security-Policy", "")
    missing = [name for name, value in STATED.items() if answer.headers.get(name) != value]
    missing += [word for word in NEEDED if word not in policy] + [word for word in LOOSE if word in policy]
    missing += [name for name in answer.headers if name.lower().startswith("access-control-")]  # open to other sites
    if "sandbox" not in policy and "base-uri 'none'" not in policy:
        missing.append("base-uri")
    return missing


@pytest.mark.battery("C10")
@pytest.mark.parametrize("who", ["coordinator.kaz", None])
def test_every_route_answers_with_every_header(world, asker, tally, who):
    visitor, where = Visitor(world, who), one_of_each(asker.things)
    assert set(where) == {place for place, _view in routes()}
    last = ["/accounts/logout/", "/admin/logout/"]
    asked = [place for place in where.values() if place not in last] + [*BESIDES, *last]

    answers = {place: visitor.get(place) for place in asked}

    assert {place: found for place, one in answers.items() if (found := wanting(one))} == {}
    assert {200, 302, 404} <= {one.status_code for one in answers.values()}
    tally(answers=len(answers))


@pytest.mark.battery("C10")
@pytest.mark.same_on_every_engine
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("place", ["/", "/api/v1/me/", "/accounts/login/", "/desk/"])
def test_refusals_of_a_method_carry_them_too(world, place, method):
    answer = Client(enforce_csrf_checks=True, raise_request_exception=False).generic(method, place)

    assert wanting(answer) == []


@pytest.mark.battery("C10")
def test_errors_carry_them_too(world, monkeypatch):
    monkeypatch.setattr("commitments.desk.people.Officers", None)
    broken = Visitor(world, "coordinator.kaz").get("/desk/people/")
    foreign = Client().get("/", headers={"Host": "evil.example"})
    told: list[tuple[str, dict[str, str]]] = []
    environ = {"CONTENT_TYPE": "text/html; charset=utf-7", "REQUEST_METHOD": "POST"}
    application(environ, lambda status, headers: told.append((status, dict(headers))))

    assert (broken.status_code, wanting(broken)) == (500, [])
    assert (foreign.status_code, wanting(foreign)) == (400, [])
    assert told[0][0].startswith("415") and CLOSED.items() <= told[0][1].items()


PRODUCTION = """
import django
from django.conf import settings
django.setup()
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
for name in ("SESSION", "CSRF", "LANGUAGE"):
    print(*(getattr(settings, f"{name}_COOKIE_{fact}") for fact in ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH",
                                                                   "DOMAIN")))
from django.test import Client
for secure in (False, True):
    answer = Client().get("/static/never.css", secure=secure, headers={"Host": "tracker.example.org"})
    probe = Client().get("/healthz", secure=secure)
    assert ("Strict-Transport-Security" in probe) == secure
    print(answer.status_code, answer.headers.get("Strict-Transport-Security"), "Content-Security-Policy" in answer)
print("upgrade-insecure-requests" in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
"""


@pytest.mark.battery("C10")
def test_in_production_cookies_are_of_this_host_alone_and_transport_is_always_secure(tmp_path):
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    own = {"SECRET_KEY": "k" * 25 + "0123456789" * 4, "SECOND_FACTOR_KEYS": "0123456789" * 6,
           "ALLOWED_HOSTS": "tracker.example.org", "PACKED": "0",
           "DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3", "DJANGO_SETTINGS_MODULE": "jpoa.settings"}  # fmt: skip
    run = subprocess.run([sys.executable, "-c", PRODUCTION], env=clean | own, capture_output=True, text=True,
                         cwd=settings.BASE_DIR, check=True)  # fmt: skip

    assert run.stdout.splitlines()[-6:] == [
        "__Host-sessionid True True Lax / None",
        "__Host-csrftoken True False Lax / None",
        "__Host-django_language True True Lax / None",
        "301 None True",
        "404 max-age=63072000; includeSubDomains; preload True",
        "True",
    ], run.stdout + run.stderr
