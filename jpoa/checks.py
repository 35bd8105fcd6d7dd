"""What `manage.py check --deploy --database default` asks of the database of a web server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from reporting.management.securing import is_bound

UNBOUND = Error(
    "The web server would read the database unbound by the second lock.",
    hint="Run `manage.py secure_database` as the owner of the tables; DATABASE_URL of the web server names its role.",
    id="jpoa.E001",
)


@register(Tags.database, deploy=True)
def the_second_lock_is_set(databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    asked = "default" in (databases or ()) and connection.vendor == "postgresql"
    return [UNBOUND] if asked and not is_bound() else []
