"""All routes."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from jpoa.accounts import not_here
from jpoa.home import home

handler400 = "jpoa.api.handle_400"
handler403 = "jpoa.api.handle_403"
handler404 = "jpoa.api.handle_404"
handler500 = "jpoa.api.handle_500"

urlpatterns = [
    path("", home, name="home"),
    path("api/v1/", include("jpoa.api")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(), name="api-docs"),
    path("language/", include("django.conf.urls.i18n")),
    path("desk/", include("commitments.desk.urls")),
    path("desk/", include("reporting.desk.urls")),
    path("admin/", admin.site.urls),
    path("accounts/email/", not_here),
    path("accounts/", include("allauth.urls")),
]
