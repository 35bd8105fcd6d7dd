"""The admin site in the project's look and under the project's rules."""

from django.contrib.admin.apps import AdminConfig


class JpoaAdminConfig(AdminConfig):
    default_site = "commitments.admin.site.DeskSite"
