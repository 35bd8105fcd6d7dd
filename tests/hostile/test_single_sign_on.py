"""Single sign-on against a provider on this machine: who comes in by it, and that nobody else does by any lie."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from commitments.models import Event, Person
from commitments.verification import broken_links
from jpoa import single_sign_on
from tests.hostile.provider import CLIENT, SECRET, Provider
from tests.hostile.visitors import seen

BEGIN, RETURN, ME = "/accounts/single-sign-on/", "/accounts/single-sign-on/return/", "/api/v1/me/"
KNOWN = "focal.kaz@example.org"
pytestmark = pytest.mark.battery("C10")


@pytest.fixture(scope="module")
def server() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.server.shutdown()
    provider.server.server_close()


@pytest.fixture
def provider(world, server, settings, monkeypatch) -> Provider:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # on this machine alone
    single_sign_on._registered.cache_clear()
    server.begin()
    server.claims = {"email": KNOWN, "email_verified": True}
    settings.SINGLE_SIGN_ON = {"issuer": server.issuer, "client_id": CLIENT, "client_secret": SECRET,
                               "domains": ["example.org"], "name": "By the ministry"}  # fmt: skip
    return server


Refusal = tuple[str, bytes]


def refused(client: Client, answer: Any) -> Refusal:
    """Where a refusal leads, and all that stands there."""
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    return answer["Location"], seen(client.get(answer["Location"])).body


def walk(provider: Provider, client: Client | None = None, place: str = BEGIN) -> tuple[Client, Any]:
    client = client or Client()
    away = client.get(place)
    return client, client.get(f"{RETURN}?{provider.authorize(away['Location'])}")


def is_in(client: Client) -> bool:
    return client.get(ME).status_code == 200


def test_whoever_is_here_already_comes_in_and_goes_where_they_wanted(provider):
    client, answer = walk(provider, place=f"{BEGIN}?next=/desk/changes/")

    assert (answer.status_code, answer["Location"]) == (302, "/desk/changes/")
    assert client.get(ME).json()["agencies"] == ["KAZ:interior"]
    assert provider.asked == ["/.well-known/openid-configuration", "/token", "/keys"]
    assert "By the ministry" in Client().get("/accounts/login/").content.decode()


@pytest.mark.parametrize("away", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_it_leads_nowhere_else(provider, away):
    assert walk(provider, place=f"{BEGIN}?next={away}")[1]["Location"] == "/desk/"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_other_site_begins_it(provider, site):
    away = Client().get(BEGIN, headers={"Sec-Fetch-Site": site})

    assert (away["Location"], provider.asked) == ("/accounts/login/", [])
    assert Client().get(BEGIN, headers={"Sec-Fetch-Site": "same-origin"})["Location"].startswith(provider.issuer)


NOW = int(time.time())
LIES: list[tuple[str, dict[str, Any]]] = [
    ("", {"nonce": "another"}), ("", {"nonce": None}), ("", {"iss": "https://evil.example"}), ("", {"iss": None}),
    ("", {"aud": "another"}), ("", {"aud": None}), ("", {"aud": ["another", "still"]}),
    ("", {"exp": 1_000_000_000}), ("", {"exp": None}), ("", {"exp": "late"}), ("", {"iat": 32_503_680_000}),
    ("", {"nbf": 32_503_680_000}), ("", {"azp": "another", "aud": [CLIENT, "another"]}), ("", {"sub": None}),
    ("unsigned", {}), ("symmetric", {}), ("another key", {}), ("tampered", {}), ("no token", {}),
    ("no JSON", {}), ("down", {}), ("metadata", {"iss": "https://evil.example"}), ("metadata", {}), ("led on", {}),
    ("", {"email_verified": False}), ("", {"email_verified": None}), ("", {"email_verified": "false"}),
    ("", {"email_verified": 1}), ("", {"email": None}), ("", {"email": ["focal.kaz@example.org"]}),
    ("", {"email": "absent@example.org"}), ("", {"email": "focal.kaz@elsewhere.example"}),
    ("", {"email": "focal.\u212aaz@example.org"}), ("", {"email": "focal.kaz@example.org\x00"}),
    ("", {"email": "focal.kaz@evil.example@example.org"}), ("", {"email": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("lie", "claims"), LIES, ids=str)
def test_nobody_comes_in_by_a_lie_and_all_refusals_are_alike(provider, lie, claims):
    before, expected = Person.objects.count(), refusal(provider)
    client = Client()
    away = client.get(BEGIN)
    provider.lie, provider.claims = lie, provider.claims | claims
    single_sign_on._registered.cache_clear()  # a worker that asks the provider anew

    answer = client.get(f"{RETURN}?{provider.authorize(away['Location'])}")

    assert refused(client, answer) == expected
    assert not is_in(client)
    assert Person.objects.count() == before


def refusal(provider: Provider) -> Refusal:
    """The answer to somebody who is not here."""
    own, provider.claims = provider.claims, {"email": "nobody.at.all@example.org", "email_verified": True}
    told = refused(*walk(provider))
    provider.claims = own
    single_sign_on._registered.cache_clear()
    return told


def test_a_suspended_person_is_as_absent_as_anybody(world, provider):
    expected = refusal(provider)
    world.who("focal.kaz").change(by=world.who("administrator"), reason="x", is_active=False)

    client, answer = walk(provider)

    assert refused(client, answer) == expected
    assert not is_in(client)


def test_an_answer_serves_the_browser_that_asked_once(provider):
    client = Client()
    query = provider.authorize(client.get(BEGIN)["Location"])
    code, state = query.split("&")

    wrong = [query, f"{code}&state=another", code, f"error=access_denied&{state}"]
    other = Client()
    assert refused(other, other.get(f"{RETURN}?{query}"))
    assert all(refused(client, client.get(f"{RETURN}?{one}")) for one in wrong[1:])
    query = provider.authorize(client.get(BEGIN)["Location"])
    client.get(f"{RETURN}?{query}")
    assert is_in(client)
    client.post("/accounts/logout/")
    assert refused(client, client.get(f"{RETURN}?{query}"))


def test_the_proof_key_has_to_be_that_of_the_beginning(provider):
    client = Client()
    query = provider.authorize(client.get(BEGIN)["Location"])
    provider.codes["code-0"]["code_challenge"] = "another"

    assert refused(client, client.get(f"{RETURN}?{query}"))


def test_a_second_factor_is_asked_for_as_after_a_password(world, provider, settings):
    settings.DEMONSTRATION = False
    provider.claims["email"] = world.emails["coordinator.kaz"]
    client, answer = walk(provider)
    assert client.get("/desk/")["Location"] == "/accounts/2fa/totp/activate/"

    TOTP.activate(world.who("coordinator.kaz"), generate_totp_secret())
    client, answer = walk(provider)
    assert (answer["Location"], is_in(client)) == ("/accounts/2fa/authenticate/", False)


def test_without_a_provider_there_is_no_such_page_and_nobody_is_asked(world, server):
    server.begin()

    assert [Client().get(place).status_code for place in (BEGIN, RETURN)] == [404, 404]
    assert server.asked == []
    assert "single-sign-on" not in Client().get("/accounts/login/").content.decode()


def test_no_log_holds_what_passes_between_the_two(provider, caplog):
    caplog.set_level(logging.DEBUG)
    for name in ("authlib", "urllib3"):
        caplog.set_level(logging.INFO, logger=name)  # as the settings say

    client = Client()
    query = provider.authorize(client.get(BEGIN)["Location"])
    code, state = query.split("&")[0], query.split("state=")[1]
    client.get(f"{RETURN}?{query}")
    kept = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]

    assert not [line for line in kept if SECRET in line or code in line or state in line or "eyJ" in line]


def test_whoever_is_given_somebody_s_address_later_is_not_that_person(world, provider):
    expected = refusal(provider)
    assert is_in(walk(provider)[0]) and is_in(walk(provider)[0])

    provider.claims |= {"sub": "a successor"}
    client, answer = walk(provider)

    assert refused(client, answer) == expected and not is_in(client)
    person = world.who("focal.kaz")
    [link] = Event.objects.filter(subject=f"person:{person.uid}", move="link_sign_on")
    assert (link.by, set(link.changes)) == (person, {"account"}) and len(link.changes["account"]) == 64
    assert list(broken_links()) == []


def test_an_administrator_s_correction_lets_another_account_in_once(world, provider):
    walk(provider)
    world.who("focal.kaz").change(by=world.who("administrator"), reason="the ministry moved", full_name="A. B.")
    provider.claims |= {"sub": "moved"}

    assert is_in(walk(provider)[0]) and is_in(walk(provider)[0])
    provider.claims |= {"sub": "7"}
    assert not is_in(walk(provider)[0])
