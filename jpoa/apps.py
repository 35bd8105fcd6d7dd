"""The admin site in the project's look and under the project's rules."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class JpoaAdminConfig(AdminConfig):
    default_site = "commitments.admin.site.DeskSite"

    def ready(self) -> None:
        super().ready()
        import_module("jpoa.checks")
        import_module("commitments.admin.pages")
        import_module("reporting.admin.pages")
