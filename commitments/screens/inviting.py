"""Invitations as their senders see them, and the form with which one is taken up."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.models import Invitation, MemberState, Person
from commitments.models.invitations import State
from commitments.screens.forms import DeskForm

SHOWN_FOR = dt.timedelta(days=90)  # after it was taken up or has run out


def is_pending(invitation: Invitation) -> bool:
    """Open, or run out: it can be sent again or taken back."""
    return invitation.state in (State.OPEN, State.EXPIRED)


def invitations_of(state: MemberState, person: Any) -> list[Invitation]:
    """Of one State, for its coordinator, the latest first; what was taken back is gone."""
    late = Q(taken_at__gt=timezone.now() - SHOWN_FOR) | Q(taken_at=None, expires_at__gt=timezone.now() - SHOWN_FOR)
    rows = Invitation.objects.visible_to(person).filter(late, member_state=state, withdrawn_at=None)
    return list(rows.select_related("agency").order_by("-sent_at", "uid"))


class FirstPasswordForm(DeskForm):
    """Chosen by somebody new. `subject` is the invitation."""

    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Twelve characters or more; a few words are easier to remember than signs."),
    )
    password2 = forms.CharField(
        label=_("Password, once more"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        chosen, again = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if chosen and again and chosen != again:
            self.add_error("password2", _("The two are not alike."))
        elif chosen:
            self._judge(chosen)
        return self.cleaned_data

    def _judge(self, password: str) -> None:
        person = Person(email=self.subject.email, full_name=self.subject.full_name)
        try:
            password_validation.validate_password(password, person)
        except forms.ValidationError as problem:
            self.add_error("password1", problem)

    @property
    def words(self) -> dict[str, Any]:
        return {"password": self.cleaned_data["password1"]}


class TakeForm(DeskForm):
    """For somebody who has an account, signed in: nothing to fill in."""
