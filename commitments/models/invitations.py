"""Invitations: a role held out to an address. Nothing is known of who has it until they take the role."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, NotVisible, Problem
from commitments.models.appointments import Appointment, check_may_appoint, check_scope, check_term
from commitments.models.events import Event
from commitments.models.people import Agency, MemberState, Person, clean_address, clean_name
from commitments.notifications import address, language_of, letter_of_an_invitation, takes_mail
from commitments.querysets import mandate_of
from commitments.second_lock import unlocked
from commitments.workflow import Role

LASTS = dt.timedelta(days=14)
HOLDER = "whoever holds the letter may take it up, though nobody knows yet who they are"


class State(models.TextChoices):
    OPEN = "open", _("open")
    EXPIRED = "expired", _("expired")
    TAKEN = "taken", _("taken up")
    WITHDRAWN = "withdrawn", _("taken back")


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> models.QuerySet:
        """A coordinator sees the State's; administrators all."""
        mandate = mandate_of(person)
        own = models.Q(role=Role.FOCAL_POINT, member_state__in=mandate.coordinated_state_ids)
        return self.all() if mandate.is_administrator else self.filter(own)


class Invitation(models.Model):
    """A role for whoever reads the mail of an address, under the name that the inviter typed.

    Whether somebody has that address already is not asked, so that no answer and no work done can tell. The role is
    given when it is taken, with the link of the letter, once; of the secret in it only the hash is kept.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    full_name = models.CharField(_("full name"), max_length=150)
    language = models.CharField(_("language"), max_length=10, default="en")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    member_state = models.ForeignKey(MemberState, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    partner = models.ForeignKey("commitments.Partner", models.PROTECT, null=True, blank=True, related_name="+")
    is_deputy = models.BooleanField(_("deputy"), default=False)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(_("sent at"))
    expires_at = models.DateTimeField(_("good until"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.full_name}: {self.get_role_display()}"

    # --- By whoever appoints ---------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def send(
        cls, email: str, full_name: str, role: str, *, by: Person, language: str = "en", **scope: Any
    ) -> Invitation:
        """Hold out a role. An earlier invitation of this address to the same ends."""
        if scope.get("agency") and not scope.get("member_state"):
            scope["member_state"] = scope["agency"].member_state
        place = {name: scope.get(name) for name in ("member_state", "agency", "partner")}
        check_may_appoint(by, None, role, place["member_state"])
        check_scope(role, **place)
        starts_on, ends_on = check_term(scope.get("starts_on"), scope.get("ends_on"))
        email, full_name = clean_address(email), clean_name("full_name", full_name, 150)
        if email == by.email:
            raise Forbidden(_("Nobody gives a role to themselves."))
        if language not in dict(settings.LANGUAGES):
            raise Invalid(problems=[Problem("language", "choice", _("There is no such language here."))])
        earlier = cls.objects.filter(email=email, role=role, taken_at=None, withdrawn_at=None, **place)
        earlier.update(withdrawn_at=timezone.now())
        facts = {"language": language, "is_deputy": scope.get("is_deputy", False)}
        term = {"starts_on": starts_on, "ends_on": ends_on}
        invitation = cls(email=email, full_name=full_name, role=role, invited_by=by, **place, **facts, **term)
        invitation._issue("invite", by)
        return invitation

    @transaction.atomic
    def send_again(self, *, by: Person) -> None:
        """A new letter with a new link, good for as long again; the link sent before opens nothing."""
        self._lock(by)
        self.invited_by = by
        self._issue("invite_again", by)

    @transaction.atomic
    def withdraw(self, *, by: Person) -> None:
        """Take it back: its link opens nothing from now on."""
        self._lock(by)
        self.withdrawn_at = timezone.now()
        self.save(update_fields=["withdrawn_at"])
        self._record("withdraw_invitation", by)

    # --- By whoever holds the letter -------------------------------------------------------------

    @classmethod
    @unlocked(HOLDER)
    def held_by(cls, secret: str) -> Invitation:
        """The invitation that this link takes up. Used, expired, taken back, replaced, never made: all the same."""
        row = cls.objects.select_related("agency", "member_state", "partner", "invited_by")
        found = row.filter(secret_hash=_hashed(secret)).first()
        if found is None or found.state != State.OPEN or found._is_void():
            raise NotVisible()
        return found

    def holder(self) -> Person | None:
        """Who has the address already, if anybody. Told to nobody but the holder of the letter."""
        return Person.objects.filter(email=self.email).first()

    @classmethod
    @transaction.atomic
    @unlocked(HOLDER)
    def take(cls, secret: str, *, by: Person | None = None, password: str = "") -> Appointment:
        """Take up the role: `by` whoever has the address, signed in; or somebody new, with a first password."""
        cls.objects.select_for_update().filter(secret_hash=_hashed(secret)).first()  # of two at once, one comes first
        invitation = cls.held_by(secret)
        person = invitation.holder() or Person(email=invitation.email, full_name=invitation.full_name)
        if person.has_usable_password() if person.pk else False:
            if by is None or by.pk != person.pk:
                raise Forbidden()
        else:
            invitation._welcome(person, password)
        invitation.taken_at = timezone.now()
        invitation.save(update_fields=["taken_at"])
        invitation._record("take_up", person)
        return Appointment.appoint(person, invitation.role, by=invitation.invited_by, **invitation._scope())

    # --- The private part ------------------------------------------------------------------------

    @property
    def state(self) -> str:
        if self.taken_at:
            return State.TAKEN
        if self.withdrawn_at:
            return State.WITHDRAWN
        return State.OPEN if timezone.now() < self.expires_at else State.EXPIRED

    def _is_void(self) -> bool:
        """Whoever sent it could not send it today, its term is over, or the address is suspended."""
        try:
            check_may_appoint(self.invited_by, None, self.role, self.member_state)
        except Forbidden:
            return True
        holder, today = self.holder(), timezone.now().date()
        return bool((holder and not holder.is_active) or (self.ends_on and self.ends_on <= today))

    def _scope(self) -> dict[str, Any]:
        starts_on = max(self.starts_on or timezone.now().date(), timezone.now().date())
        place = {"member_state": self.member_state, "agency": self.agency, "partner": self.partner}
        return place | {"is_deputy": self.is_deputy, "starts_on": starts_on, "ends_on": self.ends_on}

    def _welcome(self, person: Person, password: str) -> None:
        """A first password for somebody new; who they are is on the record from here on."""
        is_new = person.pk is None
        person.set_password(password)
        if is_new:
            person.language = self.language
        person.save()
        Event.record(f"person:{person.uid}", "join" if is_new else "choose_password", by=person)

    def _lock(self, by: Person) -> None:
        self.refresh_from_db(from_queryset=Invitation.objects.select_for_update())
        check_may_appoint(by, None, self.role, self.member_state)
        if self.state in (State.TAKEN, State.WITHDRAWN):
            raise Invalid(_("It has been taken up or taken back already."))

    def _issue(self, move: str, by: Person) -> None:
        secret, now = secrets.token_urlsafe(32), timezone.now()
        self.secret_hash, self.sent_at, self.expires_at = _hashed(secret), now, now + LASTS
        self.save()
        self._record(move, by)

        def mail() -> None:
            with translation.override(language_of(self)):
                letter = letter_of_an_invitation(self, address("invitation", secret))
                EmailMessage(letter.subject, letter.body, None, [self.email]).send()

        if takes_mail(self):
            transaction.on_commit(mail, robust=True)

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    @property
    def is_active(self) -> bool:
        """As of people: mail goes to it."""
        return True

    def _record(self, move: str, by: Person) -> None:
        told = {"role": self.role, "agency": self.agency.slug if self.agency else None}
        Event.record(f"invitation:{self.uid}", move, by=by, member_state=self.member_state, changes=told)


def _hashed(secret: str) -> str:
    """Plain SHA-256: a secret of 256 random bits cannot be guessed, slowly or fast."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
