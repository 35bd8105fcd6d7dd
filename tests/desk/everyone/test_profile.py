"""One's own profile: language and clock, roles, sessions, tokens, second factor; one's own and nobody else's."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from knox.models import AuthToken

from commitments.errors import Forbidden, Invalid
from commitments.models import Appointment, Event, TokenName
from commitments.screens.account import LIFETIMES, MOST_TOKENS, make_token, open_sessions, revoke_token

PROFILE = "/desk/profile/"
EVERYBODY = ("focal.kaz", "coordinator.kaz", "editor", "partner", "observer", "nobody", "administrator")
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def sign_in(world, who: str, agent: str = FIREFOX) -> Client:
    client = Client(headers={"user-agent": agent})
    sent = {"login": world.emails[who], "password": "correct horse battery"}
    assert client.post("/accounts/login/", sent).status_code == 302
    return client


def signed_in_anew(visitor: Client) -> Client:
    """As allauth asks before what matters."""
    answer = visitor.post("/accounts/reauthenticate/", {"password": "correct horse battery"})
    assert answer.status_code == 302
    return visitor


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_has_a_profile(world, browser, who):
    answer = browser(who).get(PROFILE)

    assert answer.status_code == 200
    assert world.emails[who] in answer.content.decode()


@pytest.mark.parametrize("who", EVERYBODY)
def test_language_and_clock_are_one_s_own_to_choose(world, browser, who):
    answer = browser(who).post(PROFILE, {"language": "ru", "time_zone": "Asia/Tokyo"})

    someone = world.who(who)
    assert (answer.status_code, answer.cookies["django_language"].value) == (302, "ru")
    assert (someone.language, someone.time_zone, str(someone.zone())) == ("ru", "Asia/Tokyo", "Asia/Tokyo")


def test_the_record_says_what_was_changed_and_not_to_what(world, browser):
    browser("focal.kaz").post(PROFILE, {"language": "en", "time_zone": "Asia/Tokyo"})

    [event] = Event.objects.filter(move="prefer")
    assert (event.changes, event.by_name) == ({"changed": ["time_zone"]}, "focal.kaz")


def test_choosing_what_is_chosen_already_leaves_no_record(world, browser):
    browser("focal.kaz").post(PROFILE, {"language": "en", "time_zone": ""})

    assert not Event.objects.filter(move="prefer").exists()


@pytest.mark.parametrize(
    "sent", [{"language": "xx"}, {"time_zone": "Mars/Base"}, {"time_zone": "../../etc/passwd"}, {"language": ""},
             {"time_zone": "\0"}],
)  # fmt: skip
def test_what_is_not_offered_is_refused(world, browser, sent):
    answer = browser("focal.kaz").post(PROFILE, {"language": "ru", "time_zone": ""} | sent)

    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert world.who("focal.kaz").language == "en"


def test_nobody_chooses_for_another(world):
    with pytest.raises(Forbidden):
        world.who("focal.kaz").prefer(by=world.who("administrator"), language="ru")
    for given in ({"language": "xx"}, {"language": "ru", "time_zone": "Mars/Base"}):
        with pytest.raises(Invalid):
            world.who("focal.kaz").prefer(by=world.who("focal.kaz"), **given)


def test_a_name_cannot_be_sent_along(world, browser):
    browser("focal.kaz").post(
        PROFILE, {"language": "en", "time_zone": "", "full_name": "Another", "is_superuser": "on"}
    )

    assert (world.who("focal.kaz").full_name, world.who("focal.kaz").is_superuser) == ("focal.kaz", False)


@pytest.mark.parametrize(
    ("who", "zone"),
    [("focal.tjk", "Asia/Dushanbe"), ("coordinator.kaz", "Asia/Almaty"), ("editor", "UTC"), ("nobody", "UTC")],
)
def test_without_a_choice_the_clock_is_that_of_the_capital_or_utc(world, browser, who, zone):
    page = browser(who).get(PROFILE)

    assert page.context["zone"] == zone
    assert str(world.who(who).zone()) == zone


def test_the_capital_of_one_s_state_stands_first_among_zones(world, browser):
    page = browser("focal.tjk").get(PROFILE).content.decode()

    options = re.findall(r'<option value="([^"]*)"', page[page.index("id_time_zone") :])
    assert options[:4] == ["", "Asia/Almaty", "Asia/Dushanbe", "Asia/Tashkent"]
    assert {"Europe/Paris", "America/New_York", "UTC"} <= set(options)
    assert len(options) == len(set(options))


def test_roles_are_listed_with_their_days_also_those_that_ended(world, browser):
    held = Appointment.objects.get(person=world.who("focal.kaz"))
    held.retire(by=world.who("coordinator.kaz"), reason="Moved.")

    page = browser("focal.kaz").get(PROFILE)

    [role] = page.context["held"]
    assert (role.words, role.is_live) == ("Focal point: Ministry of Interior, Kazakhstan", False)
    assert "not in force" in page.content.decode()


# --- Sessions ---------------------------------------------------------------------------------------------


def test_sessions_are_told_by_browser_and_time_and_only_one_s_own(world):
    first, _second = sign_in(world, "focal.kaz"), sign_in(world, "focal.kaz", "Something 1.0")
    sign_in(world, "focal.tjk")

    found = first.get(PROFILE).context["sessions"]

    assert [(one.browser, one.is_this) for one in found] == [("Firefox, Windows", True), ("", False)]
    assert all(one.since is not None for one in found)


def test_the_key_of_a_session_is_on_no_page(world):
    visitor = sign_in(world, "focal.kaz")
    sign_in(world, "focal.kaz")

    page = visitor.get(PROFILE).content.decode()

    assert not any(session.session_key in page for session in Session.objects.all())


def test_another_session_of_one_s_own_is_ended_at_once(world):
    here, there = sign_in(world, "focal.kaz"), sign_in(world, "focal.kaz")
    [other] = [one for one in here.get(PROFILE).context["sessions"] if not one.is_this]

    asked = here.post(f"{PROFILE}sessions/{other.name}/end/")

    assert asked["Location"].startswith("/accounts/reauthenticate/") and there.get(PROFILE).status_code == 200
    answer = signed_in_anew(here).post(f"{PROFILE}sessions/{other.name}/end/")
    assert answer.status_code == 302
    assert (here.get(PROFILE).status_code, there.get(PROFILE).status_code) == (200, 302)
    assert Event.objects.get(move="end_sessions").changes == {"ended": 1}


def test_signing_out_everywhere_else_leaves_this_session_and_those_of_others(world):
    here, there = sign_in(world, "focal.kaz"), sign_in(world, "focal.kaz")
    another = sign_in(world, "focal.tjk")

    signed_in_anew(here).post(f"{PROFILE}sessions/end/")

    assert [one.get(PROFILE).status_code for one in (here, there, another)] == [200, 302, 200]


def test_a_session_of_another_does_not_exist_for_one(world):
    here, another = sign_in(world, "focal.kaz"), sign_in(world, "focal.tjk")
    [theirs] = open_sessions(world.who("focal.tjk"), None)
    signed_in_anew(here)

    answers = [here.post(f"{PROFILE}sessions/{name}/end/").status_code for name in (theirs.name, "0" * 20, "x")]

    assert answers == [404, 404, 404]
    assert another.get(PROFILE).status_code == 200


# --- Tokens -------------------------------------------------------------------------------------------------


def test_a_token_is_made_after_the_password_is_given_again_and_shown_once(world):
    visitor = sign_in(world, "focal.kaz")
    first = visitor.get(f"{PROFILE}tokens/new/")
    signed_in_anew(visitor)

    made = visitor.post(f"{PROFILE}tokens/new/", {"name": "Spreadsheet", "days": "7"})

    text = made.context["token"]
    assert first["Location"].startswith("/accounts/reauthenticate/")
    assert text in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert text not in visitor.get(PROFILE).content.decode()
    assert "Spreadsheet" in visitor.get(PROFILE).content.decode()
    token = AuthToken.objects.get()
    assert dt.timedelta(days=6) < token.expiry - token.created <= dt.timedelta(days=7)


def test_a_token_opens_the_api_until_it_is_revoked(world):
    visitor = signed_in_anew(sign_in(world, "focal.kaz"))
    text = visitor.post(f"{PROFILE}tokens/new/", {"name": "x", "days": "1"}).context["token"]
    caller = Client(headers={"authorization": f"Token {text}"})

    before = caller.get("/api/v1/me/").status_code
    visitor.post(f"{PROFILE}tokens/{AuthToken.objects.get().token_key}/end/")

    assert (before, caller.get("/api/v1/me/").status_code) == (200, 401)
    assert not TokenName.objects.exists()


def test_the_record_of_a_token_has_no_name_and_no_secret(world):
    text = make_token(world.who("focal.kaz"), by=world.who("focal.kaz"), name="Aigerim's laptop", days=1)

    [event] = Event.objects.filter(move="make_token")
    assert set(event.changes) == {"token", "expires_at"}
    assert text not in str(event.changes)
    assert "Aigerim" not in str(event.changes)


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"name": "x", "days": "7"}, 200), ({"name": "", "days": "7"}, 400), ({"name": "x", "days": "3650"}, 400),
     ({"name": "x" * 61, "days": "7"}, 400), ({"name": "\u200b", "days": "7"}, 400), ({"name": "x", "days": "x"}, 400)],
)  # fmt: skip
def test_a_token_needs_a_name_and_an_end(world, sent, status):
    visitor = signed_in_anew(sign_in(world, "focal.kaz"))

    answer = visitor.post(f"{PROFILE}tokens/new/", sent)

    assert (answer.status_code, AuthToken.objects.count()) == (status, 1 if status == 200 else 0)


def test_there_is_an_end_to_how_many_tokens_one_has(world):
    someone = world.who("focal.kaz")
    for number in range(MOST_TOKENS):
        make_token(someone, by=someone, name=f"Token {number}", days=LIFETIMES[0])

    with pytest.raises(Invalid):
        make_token(someone, by=someone, name="One more", days=1)


def test_a_token_of_another_is_neither_seen_nor_revoked(world, browser):
    make_token(world.who("focal.tjk"), by=world.who("focal.tjk"), name="Theirs", days=1)
    key = AuthToken.objects.get().token_key

    page, answer = browser("focal.kaz").get(PROFILE), browser("focal.kaz").post(f"{PROFILE}tokens/{key}/end/")

    assert "Theirs" not in page.content.decode()
    assert (answer.status_code, AuthToken.objects.count()) == (404, 1)
    with pytest.raises(Forbidden):
        revoke_token(world.who("focal.tjk"), by=world.who("administrator"), key=key)


def test_a_token_made_by_signing_in_to_the_api_is_listed_too(world, browser):
    AuthToken.objects.create(user=world.who("focal.kaz"))

    assert "Made by signing in to the API" in browser("focal.kaz").get(PROFILE).content.decode()


@pytest.mark.parametrize(("types", "told"), [
    ((), "No authenticator is set up"),
    (("totp",), "There are none: without them a lost authenticator locks you out."),
    (("totp", "recovery_codes"), "There are some for the day the authenticator is lost."),
])  # fmt: skip
def test_the_state_of_the_second_factor_is_told(world, browser, types, told):
    for kind in types:
        Authenticator.objects.create(user=world.who("focal.kaz"), type=kind, data={})

    assert told in browser("focal.kaz").get(PROFILE).content.decode()


def test_a_changed_password_leads_back_to_the_profile(world):
    sent = {"oldpassword": "correct horse battery", **dict.fromkeys(("password1", "password2"), "brand new battery 9")}

    assert sign_in(world, "focal.kaz").post("/accounts/password/change/", sent)["Location"] == PROFILE


def test_what_is_only_sent_to_leads_back_to_the_profile(world, browser):
    visitor = browser("focal.kaz")

    for place in ("sessions/end/", "sessions/abc/end/", "tokens/abc/end/"):
        assert visitor.get(f"{PROFILE}{place}")["Location"] == PROFILE


def test_the_number_of_queries_does_not_grow_with_sessions_and_tokens(world):
    visitor, someone, asked = sign_in(world, "focal.kaz"), world.who("focal.kaz"), []
    visitor.get(PROFILE)  # takes the message of having signed in out of the session
    for _round in range(2):
        make_token(someone, by=someone, name="One", days=1)
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(PROFILE).status_code == 200
        asked.append(len(queries))
        sign_in(world, "focal.kaz")

    assert asked[0] == asked[1] <= 14
