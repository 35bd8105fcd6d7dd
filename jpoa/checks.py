"""What `manage.py check --deploy --database default` asks of the database of a web server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection

from operations.sealing import stand_open
from reporting.management.securing import is_bound

UNBOUND = Error(
    "The web server would read the database unbound by the second lock.",
    hint="Run `manage.py secure_database` as the owner of the tables; DATABASE_URL of the web server names its role.",
    id="jpoa.E001",
)

OPEN = Error(
    "Second factors are kept in the clear.",
    hint="Run `manage.py seal_second_factors`: whoever has a copy of the database could make their codes.",
    id="jpoa.E002",
)

PLAIN = "%s is reached over the network without TLS that checks whom it talks to."
DATABASE_IN_THE_CLEAR = Warning(
    PLAIN % "The database",
    hint="Add ?sslmode=verify-full&sslrootcert=/path/of/its/authority.pem to DATABASE_URL.",
    id="jpoa.W001",
)
MAIL_IN_THE_CLEAR = Warning(
    PLAIN % "The mail server", hint="Begin EMAIL_URL with smtp+tls:// or smtp+ssl://.", id="jpoa.W002"
)
HERE = ("", "localhost", "127.0.0.1", "::1")


@register(Tags.database, deploy=True)
def the_second_lock_is_set(databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    asked = "default" in (databases or ()) and connection.vendor == "postgresql"
    return [UNBOUND] if asked and not is_bound() else []


@register(Tags.database, deploy=True)
def second_factors_are_sealed(databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    asked = "default" in (databases or ()) and Authenticator._meta.db_table in connection.introspection.table_names()
    return [OPEN] if asked and stand_open() else []


@register(Tags.security, deploy=True)
def what_leaves_this_machine_is_protected(**options: Any) -> list[CheckMessage]:
    """The database and the mail server; nothing else is connected to, but for a provider of sign-on, by https."""
    found: list[CheckMessage] = []
    database = settings.DATABASES["default"]
    if _is_elsewhere(database.get("HOST", "")) and database["OPTIONS"].get("sslmode") != "verify-full":
        found.append(DATABASE_IN_THE_CLEAR)
    is_sent = settings.MAIL_BACKEND.endswith("smtp.EmailBackend") and _is_elsewhere(settings.EMAIL_HOST)
    if is_sent and not (getattr(settings, "EMAIL_USE_TLS", False) or getattr(settings, "EMAIL_USE_SSL", False)):
        found.append(MAIL_IN_THE_CLEAR)
    return found


def _is_elsewhere(hosts: str) -> bool:
    return any(host not in HERE and not host.startswith("/") for host in hosts.split(","))
