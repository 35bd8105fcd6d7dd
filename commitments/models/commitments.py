"""A commitment: one Member State and one action item, with who leads and what is planned."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from commitments.content import clean_date, clean_text
from commitments.errors import Forbidden, Invalid, NotVisible, Problem, StaleVersion, VersionMissing
from commitments.mandates import Mandate
from commitments.models.events import Event
from commitments.models.people import Agency, MemberState, Person
from commitments.models.plan import ActionItem
from commitments.querysets import CommitmentQuerySet

_ABSENT: Any = object()


class Commitment(models.Model):
    """One Member State x one action item."""

    member_state = models.ForeignKey(MemberState, models.PROTECT, related_name="commitments")
    action_item = models.ForeignKey(ActionItem, models.PROTECT, related_name="commitments")
    lead_agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="led_commitments")
    contributing_agencies = models.ManyToManyField(Agency, blank=True, related_name="contributed_commitments")
    version = models.PositiveIntegerField(default=0)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [models.UniqueConstraint(fields=["member_state", "action_item"], name="one_commitment_each")]

    def __str__(self) -> str:
        return f"{self.member_state.iso_alpha3} {self.action_item.code}"

    @property
    def key(self) -> str:
        return f"{self.member_state.iso_alpha3}:{self.action_item.code}"

    def place_names(self) -> list[str]:
        """By which words it is looked for, besides what is reported on it: the item's code, the State's names."""
        return [self.action_item.code, *self.member_state.names()]

    @property
    def own_plan(self) -> Planned:
        """What the State plans; empty where it has written nothing yet."""
        return getattr(self, "planned", None) or Planned(commitment=self)

    @transaction.atomic
    def change(
        self,
        *,
        by: Person,
        version: int | None,
        lead_agency: Agency | None = _ABSENT,
        contributing_agencies: list[Agency] = _ABSENT,
        planned_measures: str = _ABSENT,
        target_on: Any = _ABSENT,
        place_in_strategy: str = _ABSENT,
        reason: str = "",
    ) -> Commitment:
        """The coordinator assigns agencies and writes the plan. Drafts of an item move along with its agency."""
        changes: dict[str, Any] = {}
        self._lock(by, version)
        if lead_agency is not _ABSENT:
            self._check_own([lead_agency] if lead_agency else [], "lead_agency")
            self.lead_agency = lead_agency
            changes["lead_agency"] = lead_agency.slug if lead_agency else None
        if contributing_agencies is not _ABSENT:
            self._check_own(contributing_agencies, "contributing_agencies")
            self.contributing_agencies.set(contributing_agencies)
            changes["contributing_agencies"] = [agency.slug for agency in contributing_agencies]
        written = {"planned_measures": planned_measures, "place_in_strategy": place_in_strategy, "target_on": target_on}
        changes |= self._write({name: value for name, value in written.items() if value is not _ABSENT})
        self.version += 1
        self.save()
        self._record(by, clean_text("reason", reason, limit=2000), changes)
        return self

    def _write(self, words: dict[str, Any]) -> dict[str, Any]:
        """What of the plan is written, as the event keeps it."""
        plan, changes = self.own_plan, {}
        for name, value in words.items():
            setattr(plan, name, clean_date(name, value) if name == "target_on" else clean_text(name, value))
            changes[name] = str(getattr(plan, name)) if getattr(plan, name) is not None else None
        if words:
            plan.save()
        return changes

    def _record(self, by: Person, reason: str, changes: dict[str, Any]) -> None:
        move = "assign" if {"lead_agency", "contributing_agencies"} & set(changes) else "plan"
        Event.record(
            f"commitment:{self.key}", move, by=by, member_state=self.member_state, reason=reason, changes=changes
        )

    def _lock(self, by: Person, version: int | None) -> None:
        mandate = Mandate.of(by)
        visible = (
            Commitment.objects.visible_to(mandate)
            .select_for_update(of=("self",))
            .select_related("member_state", "action_item", "planned")
        )
        try:
            self.refresh_from_db(from_queryset=visible)
        except Commitment.DoesNotExist:
            raise NotVisible() from None
        if self.member_state_id not in mandate.coordinated_state_ids:
            raise Forbidden()
        if version is None:
            raise VersionMissing(version=self.version)
        if version != self.version:
            raise StaleVersion(version=self.version)

    def _check_own(self, agencies: list[Agency], field: str) -> None:
        if any(agency.member_state_id != self.member_state_id for agency in agencies):
            raise Invalid(problems=[Problem(field, "unknown", _("Your State has no such agency."))])


class Planned(models.Model):
    """What a State plans on a commitment: its own words, in rows that nobody else reads."""

    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="planned")
    planned_measures = models.TextField(_("planned measures"), blank=True)
    target_on = models.DateField(_("target date"), null=True, blank=True)
    place_in_strategy = models.TextField(
        _("place in the national strategy"), blank=True
    )  # where the national strategy has it

    class Meta:
        verbose_name = _("planned measures")
        verbose_name_plural = _("planned measures")

    def __str__(self) -> str:
        return str(self.commitment)
