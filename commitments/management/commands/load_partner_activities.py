"""Load partners and their activities."""

from typing import Any

from django.core.management.base import BaseCommand

from commitments.management.loading.partners import load_partner_activities


class Command(BaseCommand):
    help = "Load partners and their activities from the sources. Idempotent."

    def handle(self, *args: Any, **options: Any) -> None:
        for line in load_partner_activities().lines():
            self.stdout.write(line)
