"""Joins the apps' API routes: where everything is."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpResponse
from django.urls import NoReverseMatch, get_resolver, include, path, reverse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from commitments.api.answers import encode
from jpoa.tokens import Tokens


@extend_schema(exclude=True)
@api_view(["GET"])
@permission_classes([AllowAny])
def index(request: Request) -> HttpResponse:
    """Where everything is: the collections and their addresses."""
    collections = [route for route in get_resolver("jpoa.api").reverse_dict if isinstance(route, str)]
    places = {}
    for name in sorted(collections):
        with suppress(NoReverseMatch):  # a route that needs a key is no collection
            places[name] = request.build_absolute_uri(reverse(name))
    return HttpResponse(encode(places), content_type="application/json")


urlpatterns = [
    path("", index, name="api"),
    path("tokens/", Tokens.as_view({"get": "list", "post": "create"}), name="tokens"),
    path("tokens/<str:key>/", Tokens.as_view({"get": "retrieve", "delete": "destroy"}), name="token"),
    path("", include("commitments.api.urls")),
    path("", include("reporting.api.urls")),
]
