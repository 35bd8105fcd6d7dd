"""Send the reminders of deadlines that are due this morning. Run it every half hour."""

from typing import Any

from django.core.management.base import BaseCommand

from commitments.telling.automatic import remind_of_deadlines


class Command(BaseCommand):
    help = "Remind of deadlines: 14, 7 and 1 days before, and coordinators once a deadline has passed. Each once."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Reminded: {remind_of_deadlines()}.")
