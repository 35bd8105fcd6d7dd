"""Load the baseline cycle."""

from typing import Any

from django.core.management.base import BaseCommand

from commitments.management.loading.baseline import load_baseline
from commitments.management.loading.states import load_commitments, load_cycles


class Command(BaseCommand):
    help = "Load cycles and commitments, and publish the Tashkent baseline by walking the workflow. Idempotent."

    def handle(self, *args: Any, **options: Any) -> None:
        for tally in (load_cycles(), load_commitments(), load_baseline()):
            for line in tally.lines():
                self.stdout.write(line)
