"""Do what waits in the background, until stopped."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, connection

from commitments import batching, scanning
from reporting.background import be_seen, let_go, queue_lost

logger = logging.getLogger(__name__)
PAUSE = 1.0  # seconds between looks at the queue
LONG_PAUSE = 5.0  # while the database cannot answer


class Command(BaseCommand):
    help = (
        "Do what waits in the queue, and wait for more; what a worker that died had begun is taken up again. "
        "While the database cannot answer, wait for it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when the queue is empty")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            try:
                self._do_what_waits()
            except (InterfaceError, OperationalError):
                if options["once"]:
                    raise
                logger.exception("The database cannot answer")
                connection.close()
                time.sleep(LONG_PAUSE)
            if options["once"]:
                return
            time.sleep(PAUSE)

    def _do_what_waits(self) -> None:
        be_seen()
        queue_lost()
        batching.queue_lost()
        scanning.queue_waiting()
        let_go()
        batching.let_go()
        call_command("db_worker", batch=True, startup_delay=False, interval=0, verbosity=0)
