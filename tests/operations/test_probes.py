"""Machines ask whether it lives, is ready, and how it fares; nobody learns more than that."""

from __future__ import annotations

import re
import time
from contextlib import closing
from http.client import HTTPConnection

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from operations import health
from reporting import background
from tests.lost.asking import ask
from tests.lost.conftest import place_of_its_own

TOKEN = "a token that only Prometheus holds"


def figures(text: str, name: str, **labels: str) -> float:
    """The sum of the lines of this name that bear these labels."""
    wanted = [f'{label}="{value}"' for label, value in labels.items()]
    lines = [line for line in text.splitlines() if re.match(rf"{name}(\{{|\s)", line)]
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if all(one in line for one in wanted))


@pytest.fixture
def scrape(db, settings):
    settings.METRICS_TOKEN = TOKEN

    def text() -> str:
        return Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()

    return text


def test_alive_asks_no_database_and_needs_no_name_no_cookie_and_no_tls(settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["tracker.example.org"], True

    answer = Client().get("/healthz", headers={"Host": "10.0.0.7:8000"})  # without `db`, a question would fail

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert not answer.cookies and answer["Cache-Control"] == "no-store" and "Vary" not in answer


def test_ready_is_whoever_can_write_rows_and_files(db, settings, tmp_path):
    assert Client().get("/readyz").json() == {"status": "ok", "database": "ok", "files": "ok", "worker": "never seen"}

    settings.MEDIA_ROOT = tmp_path / "a file"
    settings.MEDIA_ROOT.write_text("where a folder should be")
    answer = Client().get("/readyz")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer.json()["files"] == "not writable"


def test_a_database_without_the_last_migration_is_not_ready(db):
    MigrationRecorder(connection).record_unapplied("commitments", "0002_append_only")

    assert Client().get("/readyz").json() == {"status": "unavailable", "database": "not migrated", "files": "ok"}


def test_a_worker_is_seen_while_it_works_and_missed_when_it_is_gone(db, monkeypatch):
    background.be_seen()
    assert Client().get("/readyz").json()["worker"] == "seen"

    cache.set(background.SEEN, time.time() - health.SILENT_AFTER - 1, None)
    assert Client().get("/readyz").json() == {"status": "ok", "database": "ok", "files": "ok", "worker": "silent"}


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer ", f"Bearer {TOKEN}x", TOKEN.upper(), "Bearer \u0442"])
def test_without_the_token_there_is_no_such_page(db, settings, sent):
    absent = Client().get("/no-such-page", headers={"Authorization": sent})
    without = Client().get("/metrics", headers={"Authorization": sent})
    settings.METRICS_TOKEN = TOKEN
    wrong = Client().get("/metrics", headers={"Authorization": sent})

    assert absent.status_code == without.status_code == wrong.status_code == 404
    assert without.content == wrong.content == absent.content


def test_requests_are_counted_by_route_and_no_label_names_a_state(world, scrape):
    before, route = scrape(), "api/v1/published-updates/<str:key>/"
    for key in ("review-2028:KAZ:I.1.2", "review-2028:TJK:I.1.1"):
        Client().get(f"/api/v1/published-updates/{key}/")
    after = scrape()

    asked = {"route": route, "method": "GET", "status": "404"}
    assert figures(after, "jpoa_requests_total", **asked) - figures(before, "jpoa_requests_total", **asked) == 2
    assert figures(after, "jpoa_request_seconds_count", route=route) >= 2
    assert not re.search("KAZ|TJK|I\\.1", after)


def test_failed_sign_ins_mails_and_work_are_counted(world, scrape, settings):
    before = scrape()
    Client().post("/accounts/login/", {"login": "focal.kaz@example.org", "password": "wrong"})
    Client().post("/api/v1/tokens/", {"email": "focal.kaz@example.org", "password": "wrong"}, "application/json")
    settings.EMAIL_BACKEND, settings.MAIL_BACKEND = (
        "operations.mail.Counted",
        "django.core.mail.backends.smtp.EmailBackend",
    )
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError, match="refused"):
        get_connection().send_messages([EmailMessage("One", "", None, ["one@example.org"])] * 2)
    after = scrape()

    def more(name: str, **labels: str) -> float:
        return figures(after, name, **labels) - figures(before, name, **labels)

    assert more("jpoa_sign_in_failures_total", door="page") == more("jpoa_sign_in_failures_total", door="api") == 1
    assert more("jpoa_mails_total", outcome="failed") == 2
    assert figures(after, "jpoa_tasks_ready") == figures(after, "jpoa_tasks_failed") == 0
    assert "jpoa_tasks_ready" in after


def test_the_newest_whole_backup_is_told_and_half_a_one_is_none(scrape, settings, tmp_path):
    settings.BACKUP_DIR = tmp_path
    for name in ("jpoa-20261101T000000Z", "jpoa-20261121T000000Z", ".jpoa-20261122T000000Z", "something else"):
        (tmp_path / name).mkdir()

    assert figures(scrape(), "jpoa_last_backup_timestamp_seconds") == 1795219200


def test_workers_are_counted_together_and_an_earlier_life_is_not(prepared, tmp_path, monkeypatch):
    (tmp_path / "counter_1.db").write_bytes(b"of an earlier life")
    monkeypatch.setenv("METRICS_TOKEN", TOKEN)
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    with place_of_its_own(prepared) as place:
        numbers = {ask(place.served.port, "GET", "pillars/").headers["x-request-id"] for _ in range(20)}
        with closing(HTTPConnection("127.0.0.1", place.served.port, timeout=20)) as connection:
            connection.request("GET", "/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
            text = connection.getresponse().read().decode()

    assert figures(text, "jpoa_requests_total", route="api/v1/pillars/", status="200") == 20
    assert len(list(tmp_path.glob("counter_*.db"))) > 1
    assert len(numbers) == 20
