"""The app of what keeps the site running. It has no rows of its own."""

import os
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth.signals import user_login_failed


class OperationsConfig(AppConfig):
    name = "operations"

    def ready(self) -> None:
        """Where somebody reads the figures, all processes count in one folder; otherwise each in its own memory."""
        if settings.METRICS_TOKEN:
            folder = os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(settings.VAR_DIR / "metrics"))
            Path(folder).mkdir(parents=True, exist_ok=True)
        from operations import doors, metrics  # noqa: PLC0415 (looks for that folder when it is imported)

        user_login_failed.connect(metrics.count_failed_sign_in)
        doors.watch()
