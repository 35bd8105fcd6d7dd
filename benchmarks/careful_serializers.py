"""The yardstick's serializers: the names that the API has, by ModelSerializer's usual means."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from commitments.content import SECTIONS
from commitments.models import Evidence, Release, Update
from commitments.workflow import Status

CONTENT = [*SECTIONS, "next_steps_on", "original_language", "translations"]


def _read(source: str) -> serializers.CharField:
    return serializers.CharField(source=source, read_only=True)


class PlaceSerializer(serializers.ModelSerializer):
    """Which cycle, State and item a row belongs to."""

    key = serializers.SerializerMethodField()
    cycle = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    member_state = _read("commitment.member_state.iso_alpha3")
    action_item = _read("commitment.action_item.code")
    short_title = _read("commitment.action_item.short_title")
    pillar = _read("commitment.action_item.objective.pillar.code")
    objective = _read("commitment.action_item.objective.code")
    addressee = _read("commitment.action_item.addressee")

    def get_key(self, row: Any) -> str:
        return f"{row.cycle.slug}:{row.commitment.member_state.iso_alpha3}:{row.commitment.action_item.code}"


PLACE = ["key", "cycle", "member_state", "action_item", "short_title", "pillar", "objective", "addressee"]


class UpdateSerializer(PlaceSerializer):
    lead_agency = serializers.SerializerMethodField()
    due_at = serializers.SerializerMethodField()
    is_overdue = serializers.SerializerMethodField()
    allowed_moves = serializers.SerializerMethodField()
    last_edited_by = serializers.SlugRelatedField(slug_field="full_name", read_only=True)

    class Meta:
        model = Update
        fields = [
            *PLACE,
            "lead_agency",
            "status",
            "version",
            "rating",
            "trend",
            "adopted",
            "applied",
            "audience",
            "to_be_reconfirmed",
            "due_at",
            "is_overdue",
            "allowed_moves",
            "last_edited_at",
            "last_edited_by",
            "withheld_sections",
        ]
        read_only_fields = ["status", "version", "audience", "last_edited_at"]

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        wanted = self.context["request"].query_params.get("fields")
        return {name: fields[name] for name in wanted.split(",")} if wanted else fields

    def get_lead_agency(self, update: Update) -> str | None:
        agency = update.commitment.lead_agency
        return f"{agency.member_state.iso_alpha3}:{agency.slug}" if agency else None

    def get_due_at(self, update: Update) -> dt.datetime | None:
        commitment = update.commitment
        return update.cycle.due_at(commitment.member_state, commitment.action_item_id) if update.is_due else None

    def get_is_overdue(self, update: Update) -> bool:
        now = timezone.now()
        if update.status != Status.DRAFT or update.cycle.closes_on < now.date():
            return False
        due_at = self.get_due_at(update)
        return due_at is not None and due_at <= now

    def get_allowed_moves(self, update: Update) -> list[str]:
        return update.allowed_moves(self.context["request"].user)

    def to_representation(self, instance: Update) -> dict[str, Any]:
        row = super().to_representation(instance)
        if instance.commitment.member_state_id not in self.context["request"].user.mandate.state_ids:
            row["last_edited_at"] = row["last_edited_by"] = None
        return row


class UpdateDetailSerializer(UpdateSerializer):
    contributing_agencies = serializers.SlugRelatedField(
        source="commitment.contributing_agencies", slug_field="slug", many=True, read_only=True
    )

    class Meta(UpdateSerializer.Meta):
        fields = [*UpdateSerializer.Meta.fields, "contributing_agencies", *CONTENT]


class EvidenceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Evidence
        fields = ["uid", "kind", "title", "url", "file_name", "size", "sha256", "audience"]


class PublishedSerializer(PlaceSerializer):
    trend = _read("revision.trend")
    adopted = _read("revision.adopted")
    applied = _read("revision.applied")
    next_steps_on = serializers.DateField(source="revision.next_steps_on", read_only=True)
    original_language = _read("revision.original_language")
    translations = serializers.JSONField(source="revision.translations", read_only=True)
    evidence = EvidenceSerializer(source="revision.evidence", many=True, read_only=True)

    class Meta:
        model = Release
        fields = [
            *PLACE,
            "rating",
            "trend",
            "adopted",
            "applied",
            *CONTENT,
            "withheld_sections",
            "audience",
            "released_at",
            "evidence",
        ]

    def get_fields(self) -> dict[str, Any]:
        sections = {name: _read(f"revision.{name}") for name in SECTIONS}
        self._declared_fields |= sections
        return super().get_fields()

    def to_representation(self, instance: Release) -> dict[str, Any]:
        row = super().to_representation(instance)
        person = self.context["request"].user
        state_id = instance.commitment.member_state_id
        if not (person.is_authenticated and person.mandate.reads_withheld(state_id)):
            for section in instance.withheld_sections:
                row[section] = ""
        return row
