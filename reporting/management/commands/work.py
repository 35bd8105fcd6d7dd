"""Do what waits in the background, until stopped."""

from __future__ import annotations

import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from commitments import batching
from reporting.background import be_seen, let_go, queue_lost

PAUSE = 1.0  # seconds between looks at the queue


class Command(BaseCommand):
    help = "Do what waits in the queue, and wait for more; what a worker that died had begun is taken up again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when the queue is empty")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            be_seen()
            queue_lost()
            batching.queue_lost()
            let_go()
            batching.let_go()
            call_command("db_worker", batch=True, startup_delay=False, interval=0, verbosity=0)
            if options["once"]:
                return
            time.sleep(PAUSE)
