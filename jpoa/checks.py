"""What `manage.py check --deploy --database default` asks of the database of a web server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.checks import CheckMessage, Error, Tags, register
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


@register(Tags.database, deploy=True)
def the_second_lock_is_set(databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    asked = "default" in (databases or ()) and connection.vendor == "postgresql"
    return [UNBOUND] if asked and not is_bound() else []


@register(Tags.database, deploy=True)
def second_factors_are_sealed(databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    asked = "default" in (databases or ()) and Authenticator._meta.db_table in connection.introspection.table_names()
    return [OPEN] if asked and stand_open() else []
