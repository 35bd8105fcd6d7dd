"""The app's name."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
