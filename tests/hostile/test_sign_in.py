"""Who has an account is not told by any answer, nor by the work done for it; nobody stays in who was put out; no
address leads away from the site; and every answer carries the headers that keep it where it belongs."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any
from unittest import mock

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments.models import Appointment
from tests.hostile.visitors import Seen, seen

PASSWORD = "correct horse battery"
KNOWN, ABSENT = "focal.kaz@example.org", "focal.xyz@example.org"
TOKENS, LOGIN, RESET = "/api/v1/tokens/", "/accounts/login/", "/accounts/password/reset/"
AWAY = (
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "https:evil.example",
    "\thttps://evil.example",
    "http:///evil.example",
    "////evil.example",
    "https://testserver@evil.example/",
)


def token(email: str, password: str = PASSWORD) -> Any:
    caches["default"].clear()
    return Client().post(TOKENS, json.dumps({"email": email, "password": password}), content_type="application/json")


def worked(email: str, password: str, place: str) -> tuple[Seen, int, int]:
    """The answer, and how many passwords were hashed and questions asked for it."""
    caches["default"].clear()
    hashing = mock.patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode)
    with hashing as hashed, CaptureQueriesContext(connection) as queries:
        if place == TOKENS:
            body = json.dumps({"email": email, "password": password})
            answer = Client().post(place, body, content_type="application/json")
        else:
            answer = Client().post(place, {"login": email, "email": email, "password": password})
    return seen(answer).without(email), hashed.call_count, len(queries)


@pytest.mark.parametrize("place", [TOKENS, LOGIN])
@pytest.mark.parametrize("kind", ["wrong password", "suspended", "no password yet"])
def test_signing_in_does_not_tell_who_has_an_account(world, place, kind):
    person = world.who("focal.kaz")
    if kind == "suspended":
        person.change(by=world.who("administrator"), reason="x", is_active=False)
    if kind == "no password yet":
        person.set_unusable_password()
        person.save()

    there, absent = (worked(email, "wrong battery horse", place) for email in (KNOWN, ABSENT))

    assert there[0] == absent[0]
    assert (there[1] > 0) == (absent[1] > 0)


def test_asking_for_a_new_password_does_not_tell_who_has_an_account(world):
    answers = [seen(Client().post(RESET, {"email": email})) for email in (KNOWN, ABSENT)]

    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] == [[KNOWN], [ABSENT]]


@pytest.mark.parametrize("spelling", ["FOCAL.KAZ@example.org", "focal.\u212aaz@example.org"])
def test_another_spelling_of_an_address_is_the_same_account_to_the_limit(world, spelling):
    caches["default"].clear()
    for number in range(10):
        body = json.dumps({"email": KNOWN, "password": "wrong"})
        Client().post(TOKENS, body, content_type="application/json", REMOTE_ADDR=f"10.0.0.{number}")

    body = json.dumps({"email": spelling, "password": PASSWORD})
    answer = Client().post(TOKENS, body, content_type="application/json", REMOTE_ADDR="10.0.0.99")

    assert answer.status_code == 429


@pytest.mark.parametrize("spelling", ["adm\u0131n\u0131strator@example.org", "admini\u017ftrator@example.org"])
def test_letters_that_one_database_takes_for_others_sign_nobody_in(world, spelling):
    assert token("administrator@example.org").status_code == 201
    assert token(spelling).status_code == 401
    assert Client().post(LOGIN, {"login": spelling, "password": PASSWORD}).status_code == 200


def test_a_forged_network_address_does_not_widen_the_limit(world):
    told = set()
    for number in range(35):
        form, forged = {"login": f"{number}@example.org", "password": "x"}, {"X-Forwarded-For": f"1.1.1.{number}"}
        told.add(Client().post(LOGIN, form, headers=forged).status_code)

    assert 429 in told


def test_an_address_that_was_corrected_opens_nothing_to_the_old_mailbox(world, visit):
    choose_password(KNOWN, "brand new battery 9")
    assert EmailAddress.objects.filter(email=KNOWN).exists()  # kept by allauth, for whoever chose a password by mail
    form = {"email": "new@example.org", "full_name": "x", "language": "en", "is_active": "on", "reason": "x"}
    page = f"/admin/commitments/person/{world.who('focal.kaz').uid}/do/change/"
    assert visit("administrator").post(page, form).status_code == 302

    before = len(mail.outbox)
    Client().post(RESET, {"email": KNOWN})
    to_old = mail.outbox[before:]

    assert [re.search("key/", letter.body) for letter in to_old] == [None]
    assert token(KNOWN, "brand new battery 9").status_code == 401
    assert token("new@example.org", "brand new battery 9").status_code == 201


def choose_password(email: str, password: str) -> None:
    Client().post(RESET, {"email": email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]
    client = Client()
    place = client.get(link)["Location"]
    assert client.post(place, {"password1": password, "password2": password}).status_code == 302


def test_a_link_to_choose_a_password_works_once_and_for_its_own_person(world):
    Client().post(RESET, {"email": KNOWN})
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]
    choose_password(KNOWN, "brand new battery 9")

    assert Client().get(link).status_code == 200  # says that it is no longer good; a good one redirects
    assert Client().get(re.sub("key/[^-]+-", "key/2-", link)).status_code == 200


@pytest.mark.parametrize(("hours", "status"), [(0.9, 302), (1.1, 200)])
def test_a_link_works_for_the_hour_that_its_letter_promises(world, hours, status):
    Client().post(RESET, {"email": KNOWN})
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]

    with time_machine.travel(timezone.now() + dt.timedelta(hours=hours), tick=False):
        answer = Client().get(link)

    assert "within an hour" in mail.outbox[-1].body
    assert answer.status_code == status


@pytest.mark.parametrize("away", AWAY)
def test_no_address_leads_away_from_the_site(world, visit, away):
    answers = [Client().post(LOGIN, {"login": KNOWN, "password": PASSWORD, "next": away}),
               Client().post("/language/setlang/", {"language": "ru", "next": away}),
               Client().post("/language/setlang/", {"language": "ru"}, headers={"Referer": away})]  # fmt: skip
    for place in (LOGIN, "/admin/login/", "/accounts/logout/"):
        answers += [visit("focal.kaz").get(place, {"next": away}), visit("focal.kaz").post(place, {"next": away})]

    for answer in answers:
        place = answer.headers.get("Location", "/")
        assert place.startswith("/") and not place.startswith(("//", "/\\")), place


def test_a_foreign_host_is_refused_before_any_letter_is_written(world):
    assert Client().post(RESET, {"email": KNOWN}, headers={"Host": "evil.example"}).status_code == 400
    answer = Client().post(RESET, {"email": KNOWN}, headers={"X-Forwarded-Host": "evil.example"})

    assert answer.status_code == 302
    assert not [letter for letter in mail.outbox if "evil" in letter.body]


def test_signing_in_changes_the_session(world):
    client = Client()
    client.get(LOGIN)
    client.session["x"] = 1
    session = client.session
    session.save()
    client.cookies["sessionid"] = session.session_key

    client.post(LOGIN, {"login": KNOWN, "password": PASSWORD})

    assert client.cookies["sessionid"].value != session.session_key
    assert Client(headers={"Cookie": f"sessionid={session.session_key}"}).get("/api/v1/me/").status_code == 401


def test_whoever_is_put_out_is_out_at_the_next_question(world, visit):
    visitor, place = visit("focal.kaz"), "/api/v1/updates/review-2028:KAZ:I.1.2/"
    held = token(KNOWN).json()["token"]
    by_token = {"Authorization": f"Token {held}"}
    assert visitor.get(place).status_code == Client().get(place, headers=by_token).status_code == 200

    Appointment.objects.get(person__email=KNOWN).retire(
        by=world.who("administrator"), reason="x", on=dt.date(2027, 6, 1)
    )
    assert visitor.get(place).status_code == Client().get(place, headers=by_token).status_code == 404
    assert visitor.get("/admin/commitments/update/").status_code == 302

    world.who("focal.kaz").change(by=world.who("administrator"), reason="x", is_active=False)
    assert visitor.get(place).status_code == Client().get(place, headers=by_token).status_code == 401


def test_a_new_password_ends_the_old_sessions(world, visit):
    visitor = visit("focal.kaz")
    assert visitor.get("/api/v1/me/").status_code == 200

    choose_password(KNOWN, "brand new battery 9")

    assert visitor.get("/api/v1/me/").status_code == 401


def test_a_write_by_session_needs_the_csrf_token(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.who("focal.kaz"), backend="django.contrib.auth.backends.ModelBackend")
    places = (
        "/api/v1/updates/review-2028:KAZ:I.1.2/submit/",
        "/api/v1/evidence/",
        "/accounts/logout/",
        "/admin/commitments/update/review-2028/KAZ/I.1.2/change/",
        "/language/setlang/",
        LOGIN,
        RESET,
    )

    assert {place: client.post(place, {}).status_code for place in places} == dict.fromkeys(places, 403)


PRIVATE = ("/api/v1/updates/", "/api/v1/me/", "/admin/", "/admin/commitments/update/", "/api/v1/published-updates/",
           "/api/v1/status-matrix/", "/", "/api/v1/review-reports/review-2028.json?audience=participants",
           "/api/v1/events/?format=csv", "/api/v1/updates/x:y:z/", "/api/v1/updates/?never=1")  # fmt: skip


@pytest.mark.parametrize("place", PRIVATE)
def test_an_answer_to_somebody_is_kept_by_nobody_and_shown_nowhere_else(world, visit, place):
    answer = visit("focal.kaz").get(place)

    assert {"no-store", "private"} <= {word.strip() for word in answer["Cache-Control"].split(",")}
    assert {"Cookie", "Authorization"} <= {word.strip() for word in answer["Vary"].split(",")}
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_desk_does_not_show_partners_who_was_given_more_time(world, visit):
    world.cycle.extend(world.states["KAZ"], by=world.who("editor"), ends_on=world.cycle.closes_on, reason="Zqx is late")

    shown = {who: b"Zqx" in visit(who).get("/admin/commitments/cycle/review-2028/change/").content
             for who in ("focal.tjk", "editor", "partner", "administrator")}  # fmt: skip

    assert shown == {"focal.tjk": True, "editor": True, "partner": False, "administrator": False}
