"""Send the message of the day to those whose morning it is. Run it every half hour."""

from typing import Any

from django.core.management.base import BaseCommand

from commitments.telling.digests import send_digests


class Command(BaseCommand):
    help = "Send each person's message of the day, between seven and ten in their morning, once."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Sent: {send_digests()}.")
