"""The yardstick: what a careful developer writes with Django REST framework's own means, over the same rows.

ModelViewSet, ModelSerializer, select_related and prefetch_related so that no row costs a query, a filter set, numbered
pages with a count; the same visibility rule, the same names in the answer, the same token. Its write checks the
version and stores the row; it keeps neither event nor history.
"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db import transaction
from django.db.models import F, Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import ModelViewSet, ReadOnlyModelViewSet, ViewSet

from benchmarks.careful_serializers import PublishedSerializer, UpdateDetailSerializer, UpdateSerializer
from commitments.models import ActionItem, Cycle, Evidence, MemberState, Release, Update

LETTERS = {"limited": "l", "substantial": "s", "implemented": "i"}


class Pages(PageNumberPagination):
    page_size = 50
    page_size_query_param = "limit"


class StaleVersion(APIException):
    status_code = status.HTTP_412_PRECONDITION_FAILED


class UpdateFilters(django_filters.FilterSet):
    member_state = django_filters.CharFilter("commitment__member_state__iso_alpha3")
    pillar = django_filters.CharFilter("commitment__action_item__objective__pillar__code")

    class Meta:
        model = Update
        fields = ["status"]


class CarefulUpdates(ModelViewSet):
    pagination_class = Pages
    renderer_classes = [JSONRenderer]
    throttle_classes: list[Any] = []
    filter_backends = [django_filters.rest_framework.DjangoFilterBackend]
    filterset_class = UpdateFilters
    http_method_names = ["get", "patch"]

    def get_queryset(self) -> QuerySet:
        rows = Update.objects.visible_to(self.request.user).select_related(
            "cycle",
            "commitment__member_state",
            "commitment__action_item__objective__pillar",
            "commitment__lead_agency__member_state",
            "last_edited_by",
        )
        if "fields" not in self.request.query_params:  # moves and due dates are asked for
            rows = rows.select_related("current_revision")
            rows = rows.prefetch_related("cycle__extensions", "commitment__contributing_agencies")
        return rows.order_by("cycle_id", "commitment_id")

    def get_serializer_class(self) -> Any:
        return UpdateSerializer if self.action == "list" else UpdateDetailSerializer

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        update = self.get_object()
        return Response(self.get_serializer(update).data, headers={"ETag": f'"{update.version}"'})

    @transaction.atomic
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        update = self.get_object()
        serializer = self.get_serializer(update, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        version = int(request.headers["If-Match"].strip('"'))
        rows = Update.objects.filter(pk=update.pk, version=version)
        if not rows.update(version=F("version") + 1):
            raise StaleVersion()
        update.version = version + 1
        serializer.save(last_edited_by=request.user, last_edited_at=timezone.now())
        return Response(serializer.data, headers={"ETag": f'"{update.version}"'})


class CarefulPublished(ReadOnlyModelViewSet):
    pagination_class = Pages
    renderer_classes = [JSONRenderer]
    throttle_classes: list[Any] = []
    permission_classes = [AllowAny]
    serializer_class = PublishedSerializer

    def get_queryset(self) -> QuerySet:
        evidence = Evidence.objects.visible_to(self.request.user).order_by("added_at", "uid")
        rows = Release.objects.visible_to(self.request.user).select_related(
            "revision",
            "cycle",
            "commitment__member_state",
            "commitment__action_item__objective__pillar",
        )
        rows = rows.prefetch_related(Prefetch("revision__evidence", queryset=evidence))
        return rows.order_by("cycle_id", "commitment_id")


class CarefulMatrix(ViewSet):
    """Items x States of a cycle, from model instances: one query for each kind of row."""

    renderer_classes = [JSONRenderer]
    throttle_classes: list[Any] = []
    permission_classes = [AllowAny]

    def list(self, request: Request) -> Response:
        cycle = get_object_or_404(Cycle, slug=request.query_params["cycle"])
        is_compact = request.query_params.get("compact") == "true"
        states = list(MemberState.objects.order_by("name"))
        released = Release.objects.visible_to(request.user).filter(cycle=cycle).select_related("commitment")
        found = {(one.commitment.action_item_id, one.commitment.member_state_id): one.rating for one in released}
        rows = []
        for item in ActionItem.objects.filter(plan=cycle.plan).order_by("position"):
            cells = {state.iso_alpha3: found.get((item.pk, state.pk), "awaiting") for state in states}
            row = "".join(LETTERS.get(cell, ".") for cell in cells.values()) if is_compact else cells
            rows.append({"action_item": item.code, "cells": row})
        return Response({"cycle": cycle.slug, "rows": rows})


router = SimpleRouter()
router.register("status-matrix", CarefulMatrix, basename="careful-matrix")
router.register("updates", CarefulUpdates, basename="careful-update")
router.register("published-updates", CarefulPublished, basename="careful-published")
urlpatterns = router.urls
