"""Progress updates: what one State reports on one commitment in one cycle, and the moves it makes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partialmethod
from typing import Any, cast

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments import content, workflow
from commitments.errors import (
    Forbidden,
    Invalid,
    NotVisible,
    Problem,
    Refused,
    WindowClosed,
    WrongStatus,
    check_version,
)
from commitments.mandates import SECRETARIAT, Mandate
from commitments.models.appointments import Appointment
from commitments.models.assessments import Assessment
from commitments.models.commitments import Commitment
from commitments.models.cycles import Cycle
from commitments.models.drafts import Draft
from commitments.models.events import Event
from commitments.models.evidence import Evidence
from commitments.models.notices import Notice
from commitments.models.people import Person
from commitments.models.revisions import Release, Revision
from commitments.querysets import UpdateQuerySet, mandate_of
from commitments.second_lock import unlocked
from commitments.workflow import Audience, Capacity, Move, Need, Status

TELLS: dict[str, tuple[str, ...]] = {
    "submit": ("coordinator",),
    "return": ("focal_point", "coordinator"),
    "clear": ("reviewer", "editor"),
    "accept": ("coordinator", "editor"),
    "publish": ("focal_point", "coordinator"),
    "recall": ("focal_point", "reviewer"),
    "withdraw": ("focal_point", "editor"),
    "revise": ("focal_point",),
}


class Update(Draft):
    """The working copy. `version` counts its moves and equals the number of its last event."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="updates")
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="updates")
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=0)
    audience = models.CharField(max_length=20, choices=Audience.choices, default=Audience.UN)
    current_revision = models.ForeignKey(Revision, models.PROTECT, null=True, blank=True, related_name="+")
    last_edited_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    last_edited_at = models.DateTimeField(null=True, blank=True)

    objects = UpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress update")
        verbose_name_plural = _("progress updates")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "commitment"], name="one_update_each"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="update_status_known"),
            models.CheckConstraint(condition=models.Q(audience__in=Audience.values), name="update_audience_known"),
            *(
                models.CheckConstraint(
                    condition=models.Q((f"{field}__in", ["", *choices.values])), name=f"update_{field}_known"
                )
                for field, choices in content.CHOICES.items()
            ),
            models.CheckConstraint(
                name="update_beyond_draft_has_revision",
                condition=models.Q(status=Status.DRAFT) | models.Q(current_revision__isnull=False),
            ),
            models.CheckConstraint(
                name="update_beyond_draft_is_reconfirmed",
                condition=models.Q(status=Status.DRAFT) | models.Q(to_be_reconfirmed=False),
            ),
        ]
        indexes = [models.Index(fields=["cycle", "status", "commitment"], name="update_by_status")]

    def __str__(self) -> str:
        return self.key

    # --- Moves --------------------------------------------------------------------------------

    @transaction.atomic
    def make(self, name: str, *, by: Person, version: int | None, **words: Any) -> Update:
        """Make the move `name` on the version that `by` has read. The only way an update changes.

        Raises NotVisible, WrongStatus, Forbidden, WindowClosed, VersionMissing, StaleVersion or Invalid, in this
        order; nothing is written then.
        """
        mandate = self._lock(by)
        move = self._find(name, mandate)
        if obstacle := self._obstacle(move, mandate):
            raise obstacle
        check_version(version, self.version)
        reason = content.clean_reason(words.pop("reason", "")) if Need.REASON in move.needs else ""
        before = self.status
        changes = getattr(self, f"_on_{name}")(by, **words)
        if name == "edit" and not changes:
            return self
        self.status = move.target
        self.version += 1
        with unlocked("whoever sends it back to the State does not see it afterwards"):
            self.save()
            self._record(move, by, before, reason, changes)
        return self

    edit = partialmethod(make, "edit")
    submit = partialmethod(make, "submit")
    return_ = partialmethod(make, "return")
    clear = partialmethod(make, "clear")
    accept = partialmethod(make, "accept")
    publish = partialmethod(make, "publish")
    recall = partialmethod(make, "recall")
    withdraw = partialmethod(make, "withdraw")
    revise = partialmethod(make, "revise")

    @transaction.atomic
    def reconfirm(self, *, by: Person, version: int | None, and_submit: bool = False) -> Update:
        """What was carried over from the last cycle still holds as it stands; with `and_submit`, it is submitted as
        well, and where that is refused nothing is confirmed either."""
        self.make("edit", by=by, version=version, values={"to_be_reconfirmed": False})
        return self.make("submit", by=by, version=self.version) if and_submit else self

    @staticmethod
    def open_drafts(cycle: Cycle) -> int:
        """One draft for every commitment of the cycle's plan, the last released content carried forward."""
        commitments = Commitment.objects.filter(action_item__plan=cycle.plan).order_by("pk")
        earlier = Release.objects.filter(commitment__action_item__plan=cycle.plan, cycle__opens_on__lt=cycle.opens_on)
        releases = earlier.select_related("revision")
        carried = {one.commitment_id: one for one in releases.order_by("cycle__opens_on", "cycle__pk")}
        drafts = []
        for commitment in commitments:
            draft = Update(cycle=cycle, commitment=commitment)
            if last := carried.get(commitment.pk):
                draft._take(last.revision.content)
                draft.withheld_sections, draft.to_be_reconfirmed = last.withheld_sections, True
                draft.search_text = last.search_text
            drafts.append(draft)
        with unlocked("the secretariat opens drafts that it does not see"):
            return len(Update.objects.bulk_create(drafts, batch_size=500))

    # --- Questions ----------------------------------------------------------------------------

    @property
    def key(self) -> str:
        """The natural key: cycle, State, item."""
        return f"{self.cycle.slug}:{self.commitment.key}"

    def allowed_moves(self, person: Any) -> list[str]:
        """The moves this person could make now, in the table's order."""
        mandate = mandate_of(person)
        moves = workflow.moves_from(self.status, self._capacities(mandate))
        return [move.name for move in moves if not self._obstacle(move, mandate)]

    # --- Private: what each move does besides changing the status -------------------------------

    def _on_edit(
        self, by: Person, *, values: Mapping[str, Any] | None = None, attach: Any = None, retire: Any = None
    ) -> dict:
        changes = self._write(dict(values or {}))
        if attach is not None:
            evidence = Evidence.build(**attach, **Evidence.of_update(self), added_by=by)
            evidence.save()
            changes["evidence_added"] = {"uid": str(evidence.uid), "title": evidence.title, "sha256": evidence.sha256}
        if retire is not None:
            if not self.evidence.live().filter(pk=retire.pk).update(retired_at=timezone.now()):
                raise NotVisible()
            changes["evidence_retired"] = {"uid": str(retire.uid), "title": retire.title}
        if changes:
            self.last_edited_by, self.last_edited_at = by, timezone.now()
        return changes

    def _on_submit(self, by: Person) -> dict:
        if problems := self.missing():
            raise Invalid(_("This is not complete yet."), problems=problems)
        revision = self.current_revision = Revision.of(self, by=by)
        return {"revision": revision.number}

    def _on_clear(self, by: Person, *, audience: str = "", withheld_sections: Any = None) -> dict:
        if audience not in Audience.values:
            message = _("Decide who may read it: %(choices)s.") % {"choices": "; ".join(map(str, Audience.labels))}
            raise Invalid(problems=[Problem("audience", "required", message)])
        self.audience = audience
        if audience == Audience.STATE:
            # What replaces it will never be published, so what is in force would stay for ever.
            Release.objects.filter(update=self).delete()
        if withheld_sections is not None:
            self.withheld_sections = content.clean_sections_list("withheld_sections", withheld_sections)
        return {"audience": audience, "withheld_sections": self.withheld_sections}

    def _on_accept(self, by: Person, *, observations: str = "") -> dict:
        if content.clean_text("observations", observations):
            Assessment.make(cast(Revision, self.current_revision), by=by, observations=observations)
        return {}

    def _on_publish(self, by: Person, *, audience: str = "") -> dict:
        audience = audience or self.audience
        if (
            audience not in Audience.values
            or not Audience.UN.width <= Audience(audience).width <= Audience(self.audience).width
        ):
            message = _("Never wider than the State decided (%(audience)s).") % {"audience": self.audience}
            raise Invalid(problems=[Problem("audience", "wider", message)])
        release = Release.put_in_force(self, by=by, audience=audience)
        return {"audience": audience, "revision": release.revision.number}

    def _on_withdraw(self, by: Person) -> dict:
        # The audience falls back to the UN, so that publishing again cannot undo what the State withdrew.
        Release.objects.filter(update=self).delete()
        self.audience = Audience.UN
        return {"audience": self.audience}

    def _on_return(self, by: Person, *, fields: Any = ()) -> dict:
        named = content.clean_fields_list("fields", fields)
        return {"fields": named} if named else {}

    def _on_recall(self, by: Person) -> dict:
        return {}

    _on_revise = _on_recall

    # --- Private: checks and the record ---------------------------------------------------------

    def _lock(self, by: Person) -> Mandate:
        """Lock and read again, through the one door, the mandate too; what `by` may not see does not exist.

        The revision is not joined: after waiting for the lock, PostgreSQL reads this row anew but not its joins,
        and would take a revision made meanwhile for none.
        """
        mandate = Mandate.of(by)
        visible = (
            Update.objects.visible_to(mandate)
            .select_for_update(of=("self",))
            .select_related("cycle", "commitment__member_state", "commitment__action_item")
        )
        try:
            self.refresh_from_db(from_queryset=visible)
        except Update.DoesNotExist:
            raise NotVisible() from None
        return mandate

    def _find(self, name: str, mandate: Mandate) -> Move:
        try:
            return workflow.find(name, self.status, self._capacities(mandate))
        except WrongStatus as refusal:
            refusal.facts["allowed_moves"] = self.allowed_moves(mandate)
            raise

    def _capacities(self, mandate: Mandate) -> frozenset[Capacity]:
        """What the State keeps to itself the secretariat does not move, not even one who serves both."""
        found = mandate.capacities(self.commitment)
        return found - {Capacity.REVIEWER, Capacity.EDITOR} if self.audience == Audience.STATE else found

    def _obstacle(self, move: Move, mandate: Mandate) -> Refused | None:
        """What forbids this move to this person now, the window and the four eyes."""
        state, item_id = self.commitment.member_state, self.commitment.action_item_id
        if move.needs & {Need.WINDOW, Need.REOPENING} and not self.cycle.accepts(state, item_id):
            return WindowClosed(due_at=self.cycle.due_at(state).isoformat())
        if Need.FOUR_EYES in move.needs:
            hands = {self.last_edited_by_id, self.current_revision.made_by_id if self.current_revision else None}
            if mandate.person_id in hands:
                return Forbidden(_("Whoever wrote or submitted it cannot clear it: four eyes."))
        return None

    def _record(self, move: Move, by: Person, before: str, reason: str, changes: dict[str, Any]) -> None:
        event = Event.record(
            f"update:{self.key}",
            move.name,
            by=by,
            update=self,
            revision=self.current_revision,
            member_state=self.commitment.member_state,
            from_status=before,
            to_status=self.status,
            audience=self.audience,
            reason=reason,
            changes=changes,
        )
        roles = set(TELLS.get(move.name, ()))
        if self.audience == Audience.STATE:
            roles -= SECRETARIAT  # they do not even learn that it exists
        if roles:
            Notice.tell(Appointment.recipients(roles, self.commitment).exclude(pk=by.pk), event)
