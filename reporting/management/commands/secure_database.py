"""Set the second lock on PostgreSQL. Run it as the owner of the tables, once and after every migration."""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from reporting.management import securing


class Command(BaseCommand):
    help = (
        "Policies on every table with words of a State, and a role for the web server that is bound by them: it owns "
        "nothing and may only add to the record. WEB_ROLE_PASSWORD, if it is set, becomes the role's password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", default=securing.WEB_ROLE, help="the web server's role (%(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Row-level security needs PostgreSQL; DATABASE_URL names another database.")
        securing.secure(options["role"], os.environ.get("WEB_ROLE_PASSWORD", ""))
        self.stdout.write(f"{len(securing.locked_tables())} tables locked; {options['role']} is bound by the lock.")
