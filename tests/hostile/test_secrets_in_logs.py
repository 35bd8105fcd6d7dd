"""No log, at its most talkative, holds what signs somebody in: passwords, codes, tokens, links of letters, cookies."""

from __future__ import annotations

import io
import logging
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.core import mail
from django.test import Client

from commitments.models import Invitation
from jpoa.secrecy import WithoutSecrets
from tests.hostile.visitors import Visitor

EMAIL, RIGHT, CANARY = "focal.kaz@example.org", "correct horse battery", "Zq7canary-battery-9"
pytestmark = pytest.mark.battery("A3")


def written(caplog: pytest.LogCaptureFixture) -> str:
    """All that was logged, as a handler would write it, with what failed; but for the questions to the database."""
    form = logging.Formatter("%(levelname)s %(name)s %(message)s")
    kept = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert kept
    return "\n".join(form.format(record) for record in kept)


@pytest.fixture
def loud(caplog) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def link_in(letter: Any) -> str:
    return re.search(r"https?://[^/]+(\S+)", letter.body)[1]


def test_signing_in_by_every_way(world, loud):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(world.who("focal.kaz"), secret)
    spare, code = RecoveryCodes.activate(world.who("focal.kaz")).get_unused_codes()[0], code_of(secret)
    client, told = Client(), {"login": EMAIL, "password": RIGHT}
    client.post("/accounts/login/", told | {"password": CANARY})
    client.post("/accounts/login/", told)
    client.post("/accounts/2fa/authenticate/", {"code": CANARY[:10]})
    client.post("/accounts/2fa/authenticate/", {"code": spare})
    api = Visitor(world)
    token = api.write("POST", "/api/v1/tokens/", {"email": EMAIL, "password": RIGHT, "code": code}).json()["token"]
    api.write("POST", "/api/v1/tokens/", {"email": EMAIL, "password": CANARY, "code": CANARY})
    api.write("POST", "/api/v1/tokens/", f'{{"password": "{CANARY}'.encode())
    for sent in (f"Token {token}", f"Token {CANARY}", f"Bearer {CANARY}", f"Basic {CANARY}"):
        api.get("/api/v1/me/", headers={"Authorization": sent})
    api.get("/api/v1/never/", headers={"Authorization": f"Token {token}", "Cookie": f"sessionid={CANARY}"})

    told_apart = [RIGHT, CANARY, CANARY[:10], spare, secret, token, client.cookies["sessionid"].value]
    assert [one for one in [*told_apart, settings.SECRET_KEY] if one in written(loud)] == []
    assert Authenticator.objects.exists()


def test_links_of_letters_good_and_dead(world, loud, django_capture_on_commit_callbacks):
    Client().post("/accounts/password/reset/", {"email": EMAIL})
    Visitor(world, "focal.kaz").post("/desk/profile/address/", {"email": "new@example.org", "password": RIGHT})
    with django_capture_on_commit_callbacks(execute=True):
        Invitation.send("new@example.org", "x", "focal_point", by=world.who("coordinator.kaz"),
                        agency=world.agencies["justice.kaz"])  # fmt: skip
    links = [link_in(letter) for letter in mail.outbox]
    assert len(links) == 3
    for link in links:
        client = Client()
        for place in (link, f"{link.rstrip('/')}x/", f"/nowhere{link}", f"{link}never/"):
            client.get(place)
        client.post(client.get(link).headers.get("Location", link), {"password1": CANARY, "password2": CANARY})
        client.put(link)
    Client().get(f"/calendar/{CANARY}.ics")
    Client().get(f"/mail/unsubscribe/{CANARY}/never/")
    Client().get(f"/accounts/single-sign-on/return/?code={CANARY}&state={CANARY}")

    secrets = [link.strip("/").rsplit("/", 1)[-1][-16:] for link in links] + [CANARY]
    assert min(map(len, secrets)) >= 16
    assert [one for one in secrets if one in written(loud)] == []
    assert "Not Found" in written(loud)


def test_a_page_that_breaks_tells_its_place_and_not_its_words(world, loud, monkeypatch):
    monkeypatch.setattr("commitments.desk.address.attempt", None)
    visitor = Visitor(world, "focal.kaz")

    answer = visitor.post("/desk/profile/address/", {"email": "new@example.org", "password": CANARY})

    assert (answer.status_code, "Traceback" in written(loud)) == (500, True)
    assert CANARY not in written(loud) and visitor.cookies["sessionid"].value not in written(loud)


def test_the_console_leaves_out_what_any_library_would_tell():
    heard = io.StringIO()
    handler, logger = logging.StreamHandler(heard), logging.getLogger("some.library")
    handler.addFilter(WithoutSecrets())
    logger.addHandler(handler)
    logger.warning("GET /invitation/%s/ with {'Authorization': 'Token %s'} for ?code=%s&x=1", CANARY, CANARY, CANARY)
    logger.removeHandler(handler)

    assert "secrets" in settings.LOGGING["handlers"]["console"]["filters"]
    assert CANARY not in heard.getvalue() and "&x=1" in heard.getvalue()
