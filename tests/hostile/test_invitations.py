"""An invitation is taken up once, in time, by whoever reads the mail of its address; and neither the answer to who sent
it, nor the work done for that, tells whether the address is known."""

from __future__ import annotations

import datetime as dt
import re
import threading
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments.models import Appointment, Event, Invitation, Person
from tests.builders import build_world
from tests.hostile.visitors import Seen, seen

FORM, NEW, PASSWORD = "/desk/people/KAZ/invite/", "new@example.org", "seven green bicycles"
CHOSEN = {"password1": PASSWORD, "password2": PASSWORD}
UID = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def invite(world, visit, django_capture_on_commit_callbacks) -> Any:
    """Invited by the coordinator, at the page; the secret of the letter."""

    def sent(email: str = NEW, **words: str) -> str:
        form = {"email": email, "full_name": "As typed", "language": "en", "agency": "justice"} | words
        with django_capture_on_commit_callbacks(execute=True):
            assert visit("coordinator.kaz").post(FORM, form).status_code == 302
        return secret_of(mail.outbox[-1])

    return sent


def secret_of(letter: Any) -> str:
    return re.search(r"/invitation/([\w-]+)/", letter.body)[1]


def opened(secret: str, client: Client | None = None) -> Client:
    client = client or Client()
    client.get(f"/invitation/{secret}/")
    return client


def holders(world) -> list[str]:
    rows = Appointment.objects.filter(agency=world.agencies["justice.kaz"]).select_related("person")
    return sorted(row.person.email for row in rows)


@pytest.mark.battery("A10")
@pytest.mark.parametrize("kind", ["of somebody", "suspended", "of the same State", "of another State"])
def test_inviting_tells_its_sender_nothing_of_who_has_the_address(world, visit, kind):
    known = {"of the same State": "focal.kaz", "of another State": "focal.tjk"}.get(kind, "nobody")
    if kind == "suspended":
        world.who("nobody").change(by=world.who("administrator"), reason="x", is_active=False)

    emails = world.emails[known], "absent@example.org"
    there, absent = (asked(visit("coordinator.kaz"), email, emails) for email in emails)

    assert there == absent


def asked(coordinator: Any, email: str, emails: tuple[str, str]) -> tuple[list[Seen], tuple[int, int]]:
    """What the sender sees at once and on the page of people, and how many hashes and questions it took."""
    form = {"email": email, "full_name": "As typed", "language": "en", "agency": "justice"}
    hashing = mock.patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode)
    with hashing as hashed, CaptureQueriesContext(connection) as queries:
        answers = [coordinator.post(FORM, form), coordinator.get("/desk/people/")]
        work = hashed.call_count, len(queries)
    body = {"email": email, "full_name": "As typed", "role": "focal_point", "agency": "KAZ:justice"}
    answers += [coordinator.write("POST", "/api/v1/appointments/", body), coordinator.get("/desk/people/"),
                coordinator.get("/api/v1/appointments/?limit=200&count=true"),
                coordinator.get("/admin/commitments/invitation/?q=As")]  # fmt: skip
    Invitation.objects.all().delete()
    return [masked(seen(one).without(*emails)) for one in answers], work


def masked(answer: Seen) -> Seen:
    """Without random keys, nor the order that they give to what was sent in one instant."""
    return Seen(answer.status, answer.headers, b"\n".join(sorted(UID.sub(b"*", answer.body).splitlines())))


@pytest.mark.battery("C10")
def test_somebody_new_chooses_a_password_and_has_the_role_from_then_on(world, invite):
    secret = invite()
    assert not Person.objects.filter(email=NEW).exists()
    client = opened(secret)

    answer = client.post("/invitation/", CHOSEN)
    signed_in = client.post("/accounts/login/", {"login": NEW, "password": PASSWORD})

    assert (answer.status_code, signed_in["Location"]) == (302, "/desk/")
    assert NEW in holders(world)
    assert Person.objects.get(email=NEW).full_name == "As typed"
    assert {"join", "take_up", "appoint"} <= set(Event.objects.values_list("move", flat=True))


@pytest.mark.battery("C10")
def test_whoever_has_an_account_takes_it_up_signed_in_and_by_nothing_less(world, visit, invite):
    secret = invite(world.emails["nobody"])

    by_password = opened(secret).post("/invitation/", CHOSEN)
    by_another = opened(secret, visit("focal.tjk")).post("/invitation/", CHOSEN)
    assert (by_password.status_code, by_another.status_code) == (200, 200)
    assert "has an account" in by_password.content.decode() and "Somebody else" in by_another.content.decode()
    assert world.emails["nobody"] not in holders(world)

    assert opened(secret, visit("nobody")).post("/invitation/").status_code == 302
    assert world.emails["nobody"] in holders(world)
    assert world.who("nobody").full_name == "nobody" and world.who("nobody").check_password("correct horse battery")


def replaced(world, invite: Any, secret: str) -> None:
    invite()


def sent_again(world, invite: Any, secret: str) -> None:
    Invitation.objects.get().send_again(by=world.who("coordinator.kaz"))


def withdrawn(world, invite: Any, secret: str) -> None:
    Invitation.objects.get().withdraw(by=world.who("coordinator.kaz"))


def used(world, invite: Any, secret: str) -> None:
    Invitation.take(secret, password=PASSWORD)


def sender_gone(world, invite: Any, secret: str) -> None:
    rows = Appointment.objects.filter(person=world.who("coordinator.kaz"))
    rows.get().retire(by=world.who("administrator"), reason="x", on=dt.date(2027, 6, 1))


def suspended_meanwhile(world, invite: Any, secret: str) -> None:
    Person.objects.create_user(NEW, PASSWORD, full_name="x", is_active=False)


def nothing(world, invite: Any, secret: str) -> None:
    """Only the link was never made."""


GONE = [replaced, sent_again, withdrawn, used, sender_gone, suspended_meanwhile, nothing]


@pytest.mark.battery("C10")
@pytest.mark.parametrize("happen", GONE)
def test_one_that_is_no_longer_good_says_so_and_no_more(world, invite, happen):
    never = seen(Client().get("/invitation/never-made/")).without("/invitation/never-made/")
    secret = invite()
    early = opened(secret)
    happen(world, invite, secret)
    before = holders(world)

    place = f"/invitation/{secret}{'x' if happen is nothing else ''}/"
    answers = [seen(Client().get(place)).without(place)]
    if happen is not nothing:
        answers.append(seen(early.post("/invitation/", CHOSEN)).without("/invitation/"))

    assert never.status == 410 and b"no longer good" in never.body
    assert {(one.status, one.body) for one in answers} == {(never.status, never.body)}
    assert holders(world) == before


@pytest.mark.battery("C10")
@pytest.mark.parametrize(("seconds", "status"), [(-1, 302), (0, 410), (1, 410)])
def test_it_is_good_for_a_fortnight_to_the_second(world, invite, seconds, status):
    secret = invite()

    with time_machine.travel(timezone.now() + dt.timedelta(days=14, seconds=seconds), tick=False):
        assert Client().get(f"/invitation/{secret}/").status_code == status


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012", "new@example.org", ""])
def test_a_weak_first_password_is_refused_and_the_link_stays_good(world, invite, password):
    secret = invite()

    answer = opened(secret).post("/invitation/", {"password1": password, "password2": password})

    assert answer.status_code == 400
    assert not Person.objects.filter(email=NEW).exists()
    assert opened(secret).post("/invitation/", CHOSEN).status_code == 302


@pytest.mark.battery("C10")
def test_no_table_keeps_what_opens_it(world, invite):
    secret = invite()

    kept = [str(row) for row in Invitation.objects.values()] + [str(row) for row in Event.objects.values()]

    assert kept and not [row for row in kept if secret in row]


@pytest.mark.battery("C10")
@pytest.mark.django_db(transaction=True)
def test_of_many_presses_at_once_one_takes_it():
    world = build_world()
    coordinator, agency = world.who("coordinator.kaz"), world.agencies["justice.kaz"]
    Invitation.send(NEW, "As typed", "focal_point", by=coordinator, agency=agency)
    secret, done = secret_of(mail.outbox[-1]), []

    def press() -> None:
        try:
            done.append(Invitation.take(secret, password=PASSWORD))
        except Exception as refusal:
            done.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(type(one).__name__ for one in done) == ["Appointment", "NotVisible", "NotVisible", "NotVisible"]
    assert Appointment.objects.filter(person__email=NEW).count() == 1
