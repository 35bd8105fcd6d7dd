"""A session is made anew at each step of signing in, dies on the server when it is ended, and writes nothing that the
page of another site has asked for."""

from __future__ import annotations

import re
from http.cookies import Morsel
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from knox.models import AuthToken

from commitments.models import Event
from tests.hostile.permissions import one_of_each
from tests.hostile.places import routes
from tests.hostile.visitors import BACKEND

EMAIL, PASSWORD, CHOSEN = "focal.kaz@example.org", "correct horse battery", "brand new battery 9"
LOGIN, RESET, ME = "/accounts/login/", "/accounts/password/reset/", "/api/v1/me/"
pytestmark = pytest.mark.battery("C10")


def with_cookie(key: str) -> Client:
    client = Client()
    client.cookies["sessionid"] = key
    return client


def is_in(client: Client) -> bool:
    return client.get(ME).status_code == 200


def planted() -> Client:
    """A browser in which somebody else has put a session that they know."""
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    return with_cookie(session.session_key)


def test_a_planted_session_is_left_behind_at_the_password_and_at_the_second_factor(world):
    TOTP.activate(world.who("focal.kaz"), generate_totp_secret())
    code = RecoveryCodes.activate(world.who("focal.kaz")).get_unused_codes()[0]
    client = planted()
    keys = [client.cookies["sessionid"].value]

    client.post(LOGIN, {"login": EMAIL, "password": PASSWORD})
    keys.append(client.cookies["sessionid"].value)
    assert [is_in(client), *map(is_in, map(with_cookie, keys))] == [False] * 3
    client.post("/accounts/2fa/authenticate/", {"code": code})

    assert is_in(client)
    assert client.cookies["sessionid"].value not in keys
    assert [is_in(with_cookie(key)) for key in keys] == [False, False]


def test_signing_out_ends_the_session_on_the_server(world):
    client = Client()
    client.post(LOGIN, {"login": EMAIL, "password": PASSWORD})
    key = client.cookies["sessionid"].value
    copied = with_cookie(key)
    assert is_in(copied)

    client.post("/accounts/logout/")

    assert not is_in(copied) and not Session.objects.filter(session_key=key).exists()


def test_cookies_are_for_this_site_and_not_for_scripts(world):
    client = Client()
    client.get(LOGIN)
    client.post(LOGIN, {"login": EMAIL, "password": PASSWORD})
    client.get("/in/ru/")
    client.post("/language/setlang/", {"language": "ru"})

    flags = {name: facts(one) for name, one in client.cookies.items()}

    assert flags == {
        "sessionid": (True, "Lax", "/", ""),
        "csrftoken": (False, "Lax", "/", ""),  # read by the desk's own script, and worth nothing without the session
        "django_language": (True, "Lax", "/", ""),
    }


def facts(one: Morsel) -> tuple[bool, str, str, str]:
    return bool(one["httponly"]), one["samesite"], one["path"], one["domain"]


# What takes no session into account: a press in a mail program, and signing in to the API.
WITHOUT_A_SESSION = {"mail/unsubscribe/<str:signed>/": 200, "api/v1/tokens/": 400}
UNSAFE = ("PUT", "PATCH", "DELETE")


def test_no_route_takes_what_another_site_sends_with_the_session(world, asker, tally):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(world.who("coordinator.kaz"), backend=BACKEND)
    where, before = one_of_each(asker.things), Event.objects.count()

    asked = [(place, "POST") for place, _view in routes()]
    asked += [(place, method) for place, _view in routes() if place.startswith("api/") for method in UNSAFE]
    found = {(place, method): client.generic(method, where[place]).status_code for place, method in asked}

    loose = {(place, method): status for (place, method), status in found.items() if status not in refusals(place)}
    assert loose == {(place, "POST"): status for place, status in WITHOUT_A_SESSION.items()}
    assert is_in(client) and Event.objects.count() == before
    assert list(found.values()).count(403) > 0.8 * len(found)
    tally(requests=len(found))


def refusals(place: str) -> set[int]:
    """Pages refuse before anything is looked at; the API once it knows whether there is such a place and method."""
    return {403, 404, 405} if place.startswith("api/") else {403}


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example"])
def test_a_good_token_from_another_origin_is_refused(world, origin):
    client = Client(enforce_csrf_checks=True)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get(LOGIN).content.decode())[1]

    sent = {"login": EMAIL, "password": PASSWORD, "csrfmiddlewaretoken": token}

    assert client.post(LOGIN, sent, headers={"Origin": origin}).status_code == 403
    assert client.post(LOGIN, sent, headers={"Origin": "http://testserver"}).status_code == 302


@pytest.mark.parametrize("header", [{"Host": "evil.example"}, {"Host": "testserver:80@evil.example"},
                                    {"Host": "testserver evil.example"}, {"Host": ""}], ids=str)  # fmt: skip
@pytest.mark.parametrize("place", ["/", LOGIN, RESET, ME, "/invitation/x/"])
def test_another_host_is_answered_nothing(world, place, header):
    assert Client().get(place, headers=header).status_code == 400


def link_of(letter: Any) -> str:
    return re.search(r"http://testserver(\S+)", letter.body)[1]


def choose(link: str, password: str = CHOSEN, client: Client | None = None) -> Any:
    client = client or Client()
    place = client.get(link).headers.get("Location", link)
    return client.post(place, {"password1": password, "password2": password})


def test_a_new_password_by_mail_ends_sessions_and_tokens_is_told_and_signs_nobody_in(world, visit):
    there, client = visit("focal.kaz"), Client()
    AuthToken.objects.create(user=world.who("focal.kaz"))
    client.post(RESET, {"email": EMAIL})
    Client().post(RESET, {"email": EMAIL})
    links = [link_of(letter) for letter in mail.outbox]

    choose(links[0], client=client)

    assert not is_in(there) and not is_in(client) and not AuthToken.objects.exists()
    assert (mail.outbox[-1].to, "password" in mail.outbox[-1].body) == ([EMAIL], True)
    assert CHOSEN not in "".join(letter.body for letter in mail.outbox)
    assert [choose(link, "another battery 10").status_code for link in links] == [200, 200]
    assert world.who("focal.kaz").check_password(CHOSEN)
    assert Event.objects.filter(move="choose_password", by=world.who("focal.kaz")).count() == 1


def test_a_new_password_does_not_stand_for_the_second_factor(world):
    TOTP.activate(world.who("focal.kaz"), generate_totp_secret())
    Client().post(RESET, {"email": EMAIL})
    client = Client()

    choose(link_of(mail.outbox[-1]), client=client)
    answer = client.post(LOGIN, {"login": EMAIL, "password": CHOSEN})

    assert (answer["Location"], is_in(client)) == ("/accounts/2fa/authenticate/", False)
    assert Authenticator.objects.filter(user=world.who("focal.kaz")).exists()


def test_a_password_changed_on_the_profile_keeps_this_session_alone(world, visit):
    here, elsewhere = visit("focal.kaz"), visit("focal.kaz")
    AuthToken.objects.create(user=world.who("focal.kaz"))
    form = {"oldpassword": PASSWORD, "password1": CHOSEN, "password2": CHOSEN}

    assert here.post("/accounts/password/change/", form | {"oldpassword": "wrong"}).status_code == 200
    assert here.post("/accounts/password/change/", form).status_code == 302

    assert (is_in(here), is_in(elsewhere), AuthToken.objects.exists()) == (True, False, False)
    assert mail.outbox[-1].to == [EMAIL]


def test_signing_out_clears_what_the_browser_has_stored_and_nothing_else_does(world):
    client = Client()
    client.post(LOGIN, {"login": EMAIL, "password": PASSWORD})

    assert "Clear-Site-Data" not in client.get("/desk/")
    assert client.post("/accounts/logout/")["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in client.get("/desk/")


def test_where_all_are_asked_for_a_second_factor_nobody_works_without(world, settings, visit):
    settings.DEMONSTRATION, settings.SECOND_FACTOR_FOR_ALL = False, True
    focal = visit("focal.kaz")

    assert focal.get("/desk/")["Location"] == "/accounts/2fa/totp/activate/"
    settings.SECOND_FACTOR_FOR_ALL = False
    assert focal.get("/desk/").status_code == 200


def test_after_a_change_of_the_second_factor_other_sessions_can_be_ended_there(world, visit):
    here, elsewhere = Client(), visit("focal.kaz")
    here.post(LOGIN, {"login": EMAIL, "password": PASSWORD})
    here.post("/accounts/reauthenticate/", {"password": PASSWORD})
    form = here.get("/accounts/2fa/totp/activate/").context["form"]
    code = totp.format_hotp_value(totp.hotp_value(form.secret, next(totp.yield_hotp_counters_from_time())))
    assert here.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302

    page = here.get("/accounts/2fa/").content.decode()
    here.post("/desk/profile/sessions/end/")

    assert 'action="/desk/profile/sessions/end/"' in page
    assert (is_in(here), is_in(elsewhere)) == (True, False)
