"""All routes."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularSwaggerSplitView

from commitments.desk import invitations
from commitments.desk.address import confirm_address
from commitments.desk.calendar import feed, open_feed
from commitments.desk.changes import recent_changes
from commitments.desk.search import search
from commitments.desk.unsubscribing import unsubscribe
from jpoa import single_sign_on
from jpoa.accounts import not_here
from jpoa.description import Description
from operations.probes import PROBES
from reporting.desk.found import REPORTS, names_by_slug

handler400 = "jpoa.refusals.handle_400"
handler403 = "jpoa.refusals.handle_403"
handler404 = "jpoa.refusals.handle_404"
handler500 = "jpoa.refusals.handle_500"

urlpatterns = [
    *(path(place, probe) for place, probe in PROBES.items()),
    path("", include("reporting.site.urls")),
    path("api/v1/", include("jpoa.api")),
    path("api/schema/", Description.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(), name="api-docs"),
    path("language/", include("django.conf.urls.i18n")),
    path("desk/search/", search, {"also": (REPORTS,)}, name="desk-search"),
    path("desk/changes/", recent_changes, {"names": names_by_slug}, name="desk-changes"),
    path("desk/", include("commitments.desk.urls")),
    path("desk/", include("reporting.desk.urls")),
    path("calendar/public.ics", open_feed, name="calendar-public"),
    path("calendar/<str:secret>.ics", feed, name="calendar"),
    path("mail/unsubscribe/<str:signed>/", unsubscribe, name="unsubscribe"),
    path("mail/address/<str:signed>/", confirm_address, name="address"),
    path("invitation/", invitations.take, name="invitation-take"),
    path("invitation/<str:secret>/", invitations.opened, name="invitation"),
    path("admin/", admin.site.urls),
    path("accounts/email/", not_here),
    path("accounts/single-sign-on/", single_sign_on.begin, name="single-sign-on"),
    path("accounts/single-sign-on/return/", single_sign_on.returned, name="single-sign-on-return"),
    path("accounts/", include("allauth.urls")),
]
