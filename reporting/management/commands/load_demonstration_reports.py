"""Create the demonstration: its accounts, and reports in the making for them to work on."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.urls import reverse

from reporting.management.loading.demonstration import load_demonstration_reports


class Command(BaseCommand):
    help = "Create the demonstration accounts, and reports in the making. Only where DEMONSTRATION is set. Idempotent."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("load_demonstration", stdout=self.stdout)
        reports = load_demonstration_reports()
        self.stdout.write("Demonstration reports:")
        for report in reports:
            what = f"{report.get_kind_display()}, {report.cycle}: {report.get_stage_display()}"
            self.stdout.write(f"  {reverse('desk-report', args=[report.slug]):46} {what}")
