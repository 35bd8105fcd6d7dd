"""Create the demonstration accounts."""

from typing import Any

from django.core.management.base import BaseCommand

from commitments.management.loading.demonstration import PASSWORD, load_demonstration


class Command(BaseCommand):
    help = "Create one account for every role and print them. Only where DEMONSTRATION is set."

    def handle(self, *args: Any, **options: Any) -> None:
        accounts = load_demonstration()
        self.stdout.write(f"Demonstration accounts, each with the password {PASSWORD}:")
        for email, what in accounts:
            self.stdout.write(f"  {email:32} {what.removesuffix(' (demonstration)')}")
