"""Sign-in is allauth's, by invitation, with a second factor for those who decide."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from jpoa.middleware import needs_second_factor

PASSWORD = "correct horse battery"
NEEDED = {
    "focal.kaz": False,
    "partner": False,
    "coordinator.kaz": True,
    "reviewer": True,
    "editor": True,
    "administrator": True,
}


@pytest.fixture
def in_earnest(settings):
    settings.DEMONSTRATION = False


def sign_in(world, name: str) -> Client:
    client = Client()
    client.post("/accounts/login/?next=/admin/", {"login": world.emails[name], "password": PASSWORD})
    return client


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_the_admin_sends_strangers_to_the_one_sign_in(world):
    answer = Client().get("/admin/commitments/update/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")
    assert '<html lang="en"' in answer.content.decode()


def test_signing_in_leads_to_the_desk(world):
    sent = {"login": world.emails["focal.kaz"], "password": PASSWORD}

    answer = Client().post("/accounts/login/", sent, follow=True)

    assert answer.redirect_chain[-1][0] == "/desk/"
    assert "My work" in answer.content.decode()


def test_a_wrong_password_says_no_more_than_an_unknown_address(world):
    wrong = Client().post("/accounts/login/", {"login": world.emails["focal.kaz"], "password": "wrong horse"})
    unknown = Client().post("/accounts/login/", {"login": "unknown@example.org", "password": "wrong horse"})

    assert wrong.context["form"].errors == unknown.context["form"].errors != {}


@pytest.mark.parametrize(("name", "needed"), NEEDED.items())
def test_a_second_factor_is_required_of_those_who_decide(world, in_earnest, name, needed):
    answer = sign_in(world, name).get("/admin/")

    assert needs_second_factor(world.who(name).mandate) == needed
    assert (answer.status_code == 302 and answer["Location"] == "/accounts/2fa/totp/activate/") == needed


@pytest.mark.parametrize("name", NEEDED)
def test_in_the_demonstration_nobody_is_asked_for_one(world, name):
    assert sign_in(world, name).get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "address", ["/admin/commitments/update/", "/admin/", "/admin/commitments/update/x/y/z/change/"]
)
def test_without_the_second_factor_no_page_opens_whatever_the_address(world, in_earnest, address):
    answer = sign_in(world, "editor").get(address)

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/totp/activate/")


def test_a_coordinator_sets_it_up_gets_recovery_codes_and_then_needs_it(world, in_earnest):
    client = sign_in(world, "coordinator.kaz")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret

    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    codes = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]

    assert client.get("/admin/").status_code == 200
    assert len(codes) == 10
    again = sign_in(world, "coordinator.kaz")
    assert again.get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/2fa/authenticate/"
    again.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert again.get("/admin/").status_code == 200


def test_a_focal_point_may_have_one_and_is_then_asked_for_it(world):
    focal = world.who("focal.kaz")
    TOTP.activate(focal, generate_totp_secret())
    assert Authenticator.objects.filter(user=focal).exists()

    answer = sign_in(world, "focal.kaz").get("/admin/")

    assert answer.status_code == 302


def test_nobody_signs_up(world):
    answer = Client().get("/accounts/signup/")
    Client().post("/accounts/signup/", {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD})

    assert "Nobody signs up here." in answer.content.decode()
    assert not type(world.who("nobody")).objects.filter(email="x@example.org").exists()


def test_addresses_are_not_changed_by_their_owners(world):
    assert sign_in(world, "focal.kaz").get("/accounts/email/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/logout/",
        "/accounts/reauthenticate/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/recovery-codes/generate/",
    ],
)
def test_account_pages_carry_their_language_labels_and_nothing_inline(world, address):
    client = sign_in(world, "focal.kaz")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    if "recovery" in address:
        TOTP.activate(world.who("focal.kaz"), generate_totp_secret())

    page = client.get(address, follow=True).content.decode()

    assert '<html lang="en"' in page
    assert " style=" not in page
    inputs = [tag.split(">")[0] for tag in page.split("<input ")[1:]]
    visible = [tag for tag in inputs if 'type="hidden"' not in tag]
    labels = page.count("<label")
    assert labels >= len(visible)


def test_signing_out_ends_the_session(world):
    client = sign_in(world, "focal.kaz")

    client.post("/accounts/logout/")

    assert client.get("/admin/").status_code == 302
