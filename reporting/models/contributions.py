"""The national contribution: what a State says of a cycle as a whole, signed by its coordinator with a receipt."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.content import clean_language, clean_section
from commitments.errors import Forbidden, Invalid, NotVisible, Problem, WrongStatus, check_version
from commitments.mandates import Mandate
from commitments.models import Cycle, Event, MemberState, Person
from commitments.models.wording import Translated
from commitments.workflow import Audience
from reporting.frozen import digest
from reporting.models.querysets import ContributionQuerySet, SignatureQuerySet
from reporting.models.writing import clean_translations, clean_words, one_of


class Contribution(Translated):
    """One State, one cycle. `text` is the statement; `explanation` says why updates that are due are not cleared.

    `audience` is who may read the statement once it is signed: the State decides, as of its updates.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="contributions")
    member_state = models.ForeignKey(MemberState, models.PROTECT, related_name="contributions")
    text = models.TextField(_("statement"), blank=True)
    explanation = models.TextField(_("why some updates are not cleared"), blank=True)
    original_language = models.CharField(max_length=10, default="en")
    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices, default=Audience.UN)
    version = models.PositiveIntegerField(default=0)
    last_edited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    last_edited_at = models.DateTimeField(default=timezone.now)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("national contribution")
        verbose_name_plural = _("national contributions")
        constraints = [models.UniqueConstraint(fields=["cycle", "member_state"], name="one_contribution_each")]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        return f"{self.cycle.slug}:{self.member_state.iso_alpha3}"

    @property
    def is_open(self) -> bool:
        """Whether it can be signed: from the opening of the cycle until it closes, by the clock of the capital."""
        return self.cycle.opened_at is not None and timezone.now() < self.member_state.end_of(self.cycle.closes_on)

    @classmethod
    @transaction.atomic
    def write(
        cls, cycle: Cycle, member_state: MemberState, *, by: Person, version: int | None, **words: Any
    ) -> Contribution:
        """Save the statement, or begin it (version 0). Raises Forbidden, StaleVersion or Invalid."""
        _check_coordinates(by, member_state)
        cls.objects.get_or_create(cycle=cycle, member_state=member_state)
        one = cls.objects.select_for_update().get(cycle=cycle, member_state=member_state)
        check_version(version, one.version)
        for name, value in _clean(words).items():
            setattr(one, name, value)
        one.version += 1
        one.last_edited_by, one.last_edited_at = by, timezone.now()
        one.save()
        one._record("write", by, {name: getattr(one, name) for name in words})
        return one

    @transaction.atomic
    def sign(self, *, by: Person, version: int | None, manifest: Callable[[Contribution], tuple[bytes, int]]) -> Any:
        """Sign for the State: every due update cleared, or an explanation why not.

        `manifest` lists what is signed for, as canonical JSON, and counts what is due and not cleared. It can be signed
        anew until the cycle closes; every signature stays. Raises what `write` raises, and WrongStatus once closed.
        """
        _check_coordinates(by, self.member_state)
        self.refresh_from_db(from_queryset=Contribution.objects.select_for_update())
        check_version(version, self.version)
        if not self.is_open:
            raise WrongStatus(_("This cycle is not open for signing."), status="closed", allowed_moves=[])
        content, uncleared = manifest(self)
        if not self.text:
            raise Invalid(problems=[Problem("text", "required", _("Write the statement first."))])
        if uncleared and not self.explanation:
            message = _("Not cleared yet, of what is due: %(number)d. Clear them, or explain why not.")
            raise Invalid(problems=[Problem("explanation", "required", message % {"number": uncleared})])
        self.version += 1
        self.save(update_fields=["version"])
        signature = Signature.keep(self, content, by=by)
        self._record("sign", by, {"receipt": signature.receipt, "uncleared": uncleared})
        return signature

    def _record(self, move: str, by: Person, changes: dict[str, Any]) -> None:
        # "commitment:" subjects stay within the State, see EventQuerySet.
        subject = f"commitment:contribution:{self.key}"
        Event.record(subject, move, by=by, member_state=self.member_state, changes=changes)


class Signature(models.Model):
    """One signing. `manifest` is what was signed for, `receipt` the SHA-256 of its bytes. Never changed."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="signatures")
    # Copied, as readers of what is signed do not read the contribution, which goes on being written.
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="signatures")
    member_state = models.ForeignKey(MemberState, models.PROTECT, related_name="signatures")
    number = models.PositiveIntegerField()
    text = models.TextField()
    explanation = models.TextField(blank=True)
    original_language = models.CharField(max_length=10)
    translations = models.JSONField(default=dict)
    audience = models.CharField(max_length=20, choices=Audience.choices)
    manifest = models.TextField()
    receipt = models.CharField(max_length=64)
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signed_by_name = models.CharField(max_length=200)
    signed_at = models.DateTimeField(default=timezone.now)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "number"], name="signatures_numbered_once")]

    def __str__(self) -> str:
        return f"{self.cycle.slug}:{self.member_state.iso_alpha3} {self.number}"

    @classmethod
    def keep(cls, contribution: Contribution, manifest: bytes, *, by: Person) -> Signature:
        last = contribution.signatures.order_by("number").last()
        copied = ("cycle", "member_state", "text", "explanation", "original_language", "translations", "audience")
        return cls.objects.create(
            contribution=contribution,
            number=last.number + 1 if last else 1,
            manifest=manifest.decode(),
            receipt=digest(manifest),
            signed_by=by,
            signed_by_name=str(by),
            **{name: getattr(contribution, name) for name in copied},
        )


def _check_coordinates(by: Person, member_state: MemberState) -> None:
    """Another State's contribution does not exist for the caller; the State's own focal points see it, no more."""
    mandate = Mandate.of(by)
    if member_state.pk not in mandate.state_ids:
        raise NotVisible()
    if member_state.pk not in mandate.coordinated_state_ids:
        raise Forbidden()


def _clean(words: dict[str, Any]) -> dict[str, Any]:
    return clean_words(
        words,
        {
            "text": partial(clean_section, "text"),
            "explanation": partial(clean_section, "explanation"),
            "original_language": partial(clean_language, "original_language"),
            "audience": one_of("audience", Audience),
            "translations": lambda value: clean_translations(value, ("text", "explanation")),
        },
    )
