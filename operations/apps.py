"""The app of what keeps the site running. It has no rows of its own."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_login_failed


class OperationsConfig(AppConfig):
    name = "operations"

    def ready(self) -> None:
        from operations import metrics  # noqa: PLC0415 (counts in files that the settings name)

        user_login_failed.connect(metrics.count_failed_sign_in)
