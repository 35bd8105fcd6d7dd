"""The app's name, and what every SQLite connection needs."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "commitments"
