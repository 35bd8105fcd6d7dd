"""Routes of the desk, below /desk/."""

from __future__ import annotations

from django.urls import path

from commitments.desk import work

UPDATE = "updates/<slug:cycle>/<str:state>/<str:code>/"

urlpatterns = [
    path("", work.work, name="desk"),
]
