"""Load everything that the app starts with."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from commitments.management.loading.states import open_current_cycles


class Command(BaseCommand):
    help = (
        "Load the plan, the Member States, cycles, baseline and partner activities; open the current cycle. Idempotent."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for name in ("load_plan", "load_baseline", "load_partner_activities"):
            call_command(name, stdout=self.stdout)
        for cycle in open_current_cycles():
            self.stdout.write(f"Opened: {cycle.title}, {cycle.updates.count()} drafts.")
        if settings.DEMONSTRATION:
            call_command("load_demonstration", stdout=self.stdout)
