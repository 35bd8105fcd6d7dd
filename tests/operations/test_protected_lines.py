"""What leaves the machine is protected, or the check before service says so; secrets may stand in files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import environ
import pytest
from django.conf import settings

from jpoa.checks import what_leaves_this_machine_is_protected
from jpoa.settings import env

SMTP, CONSOLE = (f"django.core.mail.backends.{name}.EmailBackend" for name in ("smtp", "console"))


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Any], None]:
    return partial(monkeypatch.setitem, settings.DATABASES["default"])


@pytest.mark.parametrize(("hosts", "sslmode", "found"), [
    ("", "", []), ("/run/postgresql", "", []), ("127.0.0.1,localhost", "", []), ("db.example.org", "verify-full", []),
    ("db.example.org", "", ["jpoa.W001"]), ("db.example.org", "require", ["jpoa.W001"]),
    ("127.0.0.1,db.example.org", "prefer", ["jpoa.W001"]),
])  # fmt: skip
def test_a_database_elsewhere_is_asked_for_its_certificate(database, hosts, sslmode, found):
    database("HOST", hosts)
    database("OPTIONS", {"sslmode": sslmode})

    assert [one.id for one in what_leaves_this_machine_is_protected()] == found


@pytest.mark.parametrize(("server", "tls", "found"), [
    ((SMTP, "mail.example.org"), False, ["jpoa.W002"]), ((SMTP, "mail.example.org"), True, []),
    ((SMTP, "localhost"), False, []), ((CONSOLE, "mail.example.org"), False, []),
])  # fmt: skip
def test_a_mail_server_elsewhere_too(settings, database, server, tls, found):
    (settings.MAIL_BACKEND, settings.EMAIL_HOST), settings.EMAIL_USE_TLS = server, tls
    database("HOST", "")

    assert [one.id for one in what_leaves_this_machine_is_protected()] == found


def test_a_secret_may_stand_in_a_file_that_something_else_keeps(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from the vault")
    monkeypatch.setenv("SOME_SECRET_FILE", str(tmp_path / "secret"))

    assert isinstance(env, environ.FileAwareEnv) and env("SOME_SECRET") == "from the vault"
