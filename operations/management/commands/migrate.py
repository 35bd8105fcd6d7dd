"""Django's `migrate`, which tries again where whoever writes meanwhile was let through first."""

from typing import Any

from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.utils.translation import gettext as _

from operations.outages import is_deadlock

TRIES = 10


class Command(migrate.Command):
    """A migration takes one table after another, and so does a request, in an order of its own: when each waits for
    the other, PostgreSQL takes one of them back. A migration that was taken back is made anew."""

    def handle(self, *args: Any, **options: Any) -> None:
        for left in reversed(range(TRIES)):
            try:
                super().handle(*args, **options)
                return
            except OperationalError as error:
                if not is_deadlock(error) or not left:
                    raise
                connections[options["database"]].close()
                self.stderr.write(_("Somebody was writing, and the migration was taken back. It is made again."))
