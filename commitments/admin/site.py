"""The admin site: the project's name and look, open to whoever holds an appointment."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class DeskSite(AdminSite):
    site_header = _("JPoA Tracker")
    site_title = _("JPoA Tracker")
    index_title = _("Your desk")
