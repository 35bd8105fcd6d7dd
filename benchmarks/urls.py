"""The project's routes, and under `careful/` those of the yardstick."""

from django.urls import include, path

urlpatterns = [
    path("", include("jpoa.urls")),
    path("careful/", include("benchmarks.careful")),
]
