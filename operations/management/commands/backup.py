"""Make a backup. Run it by a timer; it may run while people write."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils import timezone
from django.utils.translation import gettext as _

from operations.backups.making import NotWholeError, make
from operations.backups.postgresql import ProgramFailedError
from operations.backups.shelf import let_go, place


class Command(BaseCommand):
    help = (
        "Write the database and the files into a new folder below BACKUP_DIR, with what they add up to. "
        "It gets its name when it is whole. Exits with 1 if a file that a row names was not there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=Path(settings.BACKUP_DIR), help="instead of BACKUP_DIR")
        parser.add_argument(
            "--portable", action="store_true", help="a file that every engine can be restored from, and no pg_dump"
        )
        parser.add_argument("--keep", type=int, default=0, help="remove all but the newest so many backups there")

    def handle(self, *args: Any, **options: Any) -> None:
        made_at, shelf = timezone.now(), options["to"]
        usual = os.umask(0o077)  # what pg_dump writes, too, is nobody else's
        try:
            with place(made_at, shelf) as (partial, whole):
                made = make(partial, made_at, portable=options["portable"])
        except (NotWholeError, ProgramFailedError, Error, OSError) as fault:
            raise CommandError(_("There is no new backup: %(fault)s") % {"fault": fault}) from fault
        finally:
            os.umask(usual)
        counts = {"folder": whole, "rows": made.rows(), "tables": len(made.tables), "files": made.files}
        self.stdout.write(_("%(folder)s: %(rows)d rows of %(tables)d tables, %(files)d files.") % counts)
        for name in let_go(shelf, options["keep"], made_at):
            self.stdout.write(_("Removed: %(name)s") % {"name": name})
        if made.missing:
            names = ", ".join(made.missing)
            raise CommandError(_("The backup is kept, without files that rows name: %(names)s") % {"names": names})
