"""Django's `migrate`, which tries again where whoever writes meanwhile was let through first."""

from typing import Any

from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.utils.translation import gettext as _

DEADLOCK = "40P01"  # PostgreSQL's code
TRIES = 10


class Command(migrate.Command):
    """A migration takes one table after another, and so does a request, in an order of its own: when each waits for
    the other, PostgreSQL takes one of them back. A migration taken back has changed nothing, and is made anew."""

    def handle(self, *args: Any, **options: Any) -> None:
        for left in reversed(range(TRIES)):
            try:
                super().handle(*args, **options)
                return
            except OperationalError as error:
                if getattr(error.__cause__, "pgcode", None) != DEADLOCK or not left:
                    raise
                connections[options["database"]].close()
                self.stderr.write(_("Somebody was writing, and the migration was taken back. It is made again."))
