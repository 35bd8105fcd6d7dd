"""Lines of the log: JSON in production, told apart by the number of the request, and without anybody's words."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import Error, connection
from django.test import Client
from django.urls import reverse

from jpoa.logs import logging_of
from operations.logs import JsonLines, WithoutAddresses
from operations.requests import number_of
from tests.hostile.hidden import MARK
from tests.hostile.visitors import BACKEND

OWN = "the-same-for-every-request"  # of the tests: see tests/conftest.py


class Log(io.StringIO):
    def lines(self, logger: str = "") -> list[dict[str, Any]]:
        return [line for line in map(json.loads, self.getvalue().splitlines()) if line["logger"].startswith(logger)]


@pytest.fixture
def log() -> Iterator[Log]:
    """What production would write, at the most talkative level."""
    written, root = Log(), logging.getLogger()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    handler.addFilter(WithoutAddresses())
    levels = {name: logging.getLogger(name).level for name in ("", "jpoa.requests", "jpoa.security")}
    root.addHandler(handler)
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_a_line_says_who_asked_what_and_what_became_of_it(world, log):
    client, person = Client(), world.who("focal.kaz")
    client.force_login(person, backend=BACKEND)

    answer = client.get("/api/v1/updates/review-2028:KAZ:I.1.2/", headers={"X-Request-ID": "proxy-0001.7"})

    line = log.lines("jpoa.requests")[-1]
    assert answer["X-Request-ID"] == line["request_id"] == "proxy-0001.7"
    assert (line["method"], line["route"], line["status"]) == ("GET", "api/v1/updates/<str:key>/", 200)
    assert (line["person"], line["level"]) == (str(person.uid), "INFO")
    assert line["milliseconds"] > 0
    assert "KAZ" not in log.getvalue() and person.email not in log.getvalue()


def test_a_token_s_owner_is_named_as_one_with_a_session(world, log, call):
    call("editor").get("me/")

    assert log.lines("jpoa.requests")[-1]["person"] == str(world.who("editor").uid)


@pytest.mark.parametrize("sent", ["", "short", "a b c d e f g h", "x" * 65, "-begins-wrong", "nine\u00e9line"])
def test_a_number_that_is_not_well_formed_is_not_taken(rf, sent):
    request = rf.get("/", headers={"X-Request-ID": sent})

    assert number_of(request) == OWN
    assert number_of(rf.get("/", headers={"X-Request-ID": "a1b2c3d4"})) == "a1b2c3d4"


def test_no_address_that_holds_a_secret_is_written_down(world, log):
    secret = "s3cr3t-of-somebody"
    for place in (reverse("calendar", args=[secret]), reverse("unsubscribe", args=[secret]),
                  f"/accounts/password/reset/key/1-{secret}/", f"/{secret}", f"/desk/?next={secret}"):  # fmt: skip
        Client().get(place)

    assert len(log.lines("jpoa.requests")) >= 5
    assert secret not in log.getvalue()


def test_no_line_holds_a_word_at_any_level(world, log, settings):
    focal, place = Client(raise_request_exception=False), "/api/v1/updates/review-2028:KAZ:I.1.2/"
    focal.force_login(world.who("focal.kaz"), backend=BACKEND)
    for version, body in ((0, {"results": f"{MARK} results"}), (0, {"results": MARK}), (1, {"never": MARK})):
        focal.patch(place, body, "application/json", headers={"If-Match": f'"{version}"'})
    focal.get("/desk/updates/review-2028/KAZ/I.1.2/")
    focal.get(f"/desk/search/?q={MARK}")
    focal.post("/desk/updates/review-2028/KAZ/I.1.2/save/", {"results": MARK, "version": 0})
    focal.post("/accounts/login/", {"login": f"{MARK}@example.org", "password": MARK})
    focal.post("/api/v1/tokens/", {"email": f"{MARK}@example.org", "password": MARK}, "application/json")

    assert log.lines("jpoa.requests")
    assert MARK.casefold() not in log.getvalue().casefold()


def test_what_an_exception_says_stays_out_but_for_what_the_database_says_of_itself(world, log):
    logger = logging.getLogger("commitments")
    with pytest.raises(Error) as broken, connection.cursor() as cursor:
        cursor.execute("UPDATE commitments_revision SET number = 'x' || %s", [MARK])
        cursor.execute(f"SELECT {MARK}")
    for exception in (broken.value, ValueError(MARK), KeyError(MARK)):
        try:
            raise RuntimeError(MARK) from exception
        except RuntimeError:
            logger.exception("It could not be done")

    told = log.lines("commitments")
    assert MARK not in log.getvalue()
    assert [line["exception"][0] for line in told] == ["builtins.RuntimeError"] * 3
    assert any(word == "builtins.KeyError" for word in told[-1]["exception"])
    assert any("test_logs.py" in word for word in told[-1]["exception"])


@pytest.mark.parametrize(("is_plain", "begins"), [(False, "{"), (True, "2")])
def test_production_writes_json_and_a_machine_of_one_s_own_plain_lines(is_plain, begins):
    lines = logging_of("INFO", is_plain=is_plain, notes_requests=False)
    script = f"import logging, logging.config; logging.config.dictConfig({lines!r}); logging.info('Here')"

    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stderr

    assert said.startswith(begins) and "Here" in said
