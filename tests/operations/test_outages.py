"""The database is full, read-only or away: every surface says so, no write is answered as done, and what was typed
is still there. All causes are real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

import pytest
from django.core.management import call_command
from django.db import Error, OperationalError, connection
from django.test import Client

from operations.outages import COME_BACK_AFTER, is_outage
from reporting.management.commands import work
from tests.builders import World
from tests.hostile.visitors import BACKEND

pytestmark = [pytest.mark.battery("B7"), pytest.mark.django_db(transaction=True)]
KEY, WORDS = "review-2028:KAZ:I.1.2", "Border posts were joined to one register. " * 450  # needs room
PLACE = "/desk/updates/review-2028/KAZ/I.1.2/"


def _run(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone() if cursor.description else None


@contextmanager
def full() -> Iterator[None]:
    """Not a page more than there are, and what is free of those is taken."""
    most = _run("PRAGMA max_page_count")[0]
    _run(f"PRAGMA max_page_count = {_run('PRAGMA page_count')[0] + 10}")
    _run("CREATE TABLE filler (words)")
    with suppress(OperationalError):
        while True:
            _run("INSERT INTO filler VALUES (zeroblob(3000))")
    yield
    _run(f"PRAGMA max_page_count = {most}")
    _run("DROP TABLE filler")


@contextmanager
def read_only() -> Iterator[None]:
    names = {"sqlite": ("PRAGMA query_only = on", "PRAGMA query_only = off")}
    no, yes = names.get(connection.vendor, [f"SET default_transaction_read_only = {word}" for word in ("on", "off")])
    _run(no)
    yield
    _run(yes)


@contextmanager
def away() -> Iterator[None]:
    """Nobody answers where the database was."""
    connection.close()
    settings = connection.settings_dict
    kept = settings["NAME"], settings["OPTIONS"]
    if connection.vendor == "sqlite":
        settings["NAME"] = "/nonexistent/tracker.sqlite3"
    else:
        settings["OPTIONS"] = settings["OPTIONS"] | {"host": "/nonexistent"}
    try:
        yield
    finally:
        connection.close()
        settings["NAME"], settings["OPTIONS"] = kept


@contextmanager
def ended() -> Iterator[None]:
    """The server ends the connection in which everything is asked; the next question finds it broken."""
    with suppress(Error):
        _run("SELECT pg_terminate_backend(pg_backend_pid())")
    yield


CAUSES = {"sqlite": (full, read_only, away), "postgresql": (read_only, ended, away)}


def _signed_in(world: World, name: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.who(name), backend=BACKEND)
    return client


def _writes(world: World) -> dict[str, Callable[[int], Any]]:
    """Each surface that writes, as it is asked with the version that was read."""
    focal, nobody = _signed_in(world, "focal.kaz"), Client(raise_request_exception=False)
    api, login = f"/api/v1/updates/{KEY}/", {"login": world.emails["focal.tjk"], "password": "correct horse battery"}
    json = "application/json"
    return {
        "api": lambda version: focal.patch(api, {"results": WORDS}, json, headers={"If-Match": f'"{version}"'}),
        "desk": lambda version: focal.post(f"{PLACE}save/", {"results": WORDS, "version": version}),
        "admin": lambda version: focal.post(
            "/admin/commitments/update/review-2028/KAZ/I.1.2/change/", {"results": WORDS, "version": version}
        ),
        "sign-in": lambda version: nobody.post("/accounts/login/", login),
    }


def _version(world: World) -> int:
    return world.update().version


def test_no_write_is_answered_as_done_and_the_next_one_finds_everything_as_it_was(world, tally):
    writes, version = _writes(world), _version(world)
    for cause in CAUSES[connection.vendor]:
        for name, write in writes.items():
            if (cause, name) == (full, "sign-in"):
                continue  # a session finds room where a text does not
            with cause():
                answer = write(version)
            connection.close_if_unusable_or_obsolete()  # as each request begins

            assert (cause.__name__, name, answer.status_code) == (cause.__name__, name, 503)
            assert answer["Retry-After"] == str(COME_BACK_AFTER)
            assert _version(world) == version
            tally(writes=1, scenarios=1)

    assert writes["api"](version).status_code == 200
    assert writes["desk"](version + 1).status_code == 302
    assert writes["sign-in"](0)["Location"] == "/desk/"
    assert world.update().results == WORDS.strip()


def test_the_api_answers_with_a_problem_that_bears_the_number_of_the_request(world):
    write = _writes(world)["api"]
    with away():
        answer = write(0)

    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "unavailable"
    assert answer.json()["instance"] == f"urn:jpoa:request:{answer['X-Request-ID']}"
    assert b"nonexistent" not in answer.content


def test_a_page_of_the_desk_hands_back_what_was_typed(world):
    write = _writes(world)["desk"]
    with away():
        answer = write(0)

    assert WORDS in answer.content.decode()
    assert answer["X-Request-ID"] in answer.content.decode()


def test_what_only_reads_asks_to_come_back_too_and_the_probes_tell_them_apart(world, monkeypatch):
    focal, nobody = _signed_in(world, "focal.kaz"), Client(raise_request_exception=False)
    places = ("/", "/plan/", "/api/v1/action-items/", "/api/v1/published-updates/", "/accounts/password/reset/")
    with away():
        answers = [nobody.get(place) for place in places[:4]] + [focal.get(place) for place in ("/desk/", PLACE)]
        alive, ready = nobody.get("/healthz"), nobody.get("/readyz")

    assert {answer.status_code for answer in answers} == {503}
    assert {answer.get("Retry-After") for answer in answers} == {str(COME_BACK_AFTER)}
    assert (alive.status_code, ready.status_code) == (200, 503)
    assert ready.json() == {"status": "unavailable", "database": "unreachable", "files": "ok"}
    assert nobody.get("/readyz").status_code == 200


def test_a_worker_waits_for_the_database_and_goes_on(world, monkeypatch, caplog):
    """Away at its first look, there at its second, told to stop at its third."""
    looks, came = iter((away, nullcontext, None)), []

    def be_seen() -> None:
        if (state := next(looks)) is None:
            raise KeyboardInterrupt
        with state():
            came.append(world.update().pk)

    monkeypatch.setattr(work, "be_seen", be_seen)
    monkeypatch.setattr(work, "call_command", lambda *words, **options: None)
    monkeypatch.setattr(work.time, "sleep", lambda seconds: None)
    with pytest.raises(KeyboardInterrupt):
        call_command("work")

    assert len(came) == 1
    assert "The database cannot answer" in caplog.text


def test_a_wrong_question_is_no_outage(world):
    with pytest.raises(Error) as found:
        _run("SELECT nothing FROM nowhere")

    assert not is_outage(found.value)
