"""Load the plan editions."""

from typing import Any

from django.core.management.base import BaseCommand

from commitments.management.loading.plan import load_plans
from commitments.management.loading.states import load_member_states


class Command(BaseCommand):
    help = "Load Member States and the plan editions. Idempotent; refuses to change a published code."

    def handle(self, *args: Any, **options: Any) -> None:
        for tally in (load_member_states(), load_plans()):
            for line in tally.lines():
                self.stdout.write(line)
