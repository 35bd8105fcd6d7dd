"""One's own address, changed: asked for with password and second factor, confirmed by a link to the new mailbox."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, NotVisible, Problem
from commitments.models import Person
from commitments.models.people import clean_address
from commitments.notifications import address as address_of
from commitments.notifications import language_of, letter_of_an_address, takes_mail
from commitments.screens.account import end_sessions, end_tokens
from commitments.screens.forms import DeskForm

SALT, LASTS = "commitments.address", 60 * 60  # seconds
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


class AddressForm(DeskForm):
    email = forms.CharField(label=_("New address"), max_length=254, help_text=_("A link to confirm it goes there."))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "one-time-code"}),
        help_text=_("Of your authenticator, or a recovery code."),
    )

    def shape(self) -> None:
        if not has_authenticator(self.person):
            del self.fields["code"]


def has_authenticator(person: Person) -> bool:
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def code_holds(request: HttpRequest, person: Person, code: str) -> bool:
    """Whether this is a code of this person's second factor. Tries are counted with those of the sign-in page."""
    if not re.fullmatch("[0-9A-Za-z -]{1,40}", code):
        return False
    if not ratelimit.consume(request, action="login_failed", key=f"mfa-auth-user-{person.pk}"):  # allauth's own name
        return False
    factors = Authenticator.objects.filter(user=person, type__in=SECOND_FACTORS)
    with transaction.atomic():  # a recovery code is used up under a lock
        return any(factor.wrap().validate_code(code) for factor in factors)


def ask(request: HttpRequest, person: Person, *, email: str, password: str, code: str = "") -> None:
    """Send the link. Whether somebody has the new address already is told to its mailbox alone."""
    wanted = clean_address(email)
    if wanted == person.email:
        raise Invalid(problems=[Problem("email", "same", _("This is your address already."))])
    if not ratelimit.consume(request, action="manage_email"):
        raise Invalid(problems=[Problem("email", "often", _("Too many requests. Wait a little."))])
    _check_it_is_them(request, person, password, code)
    facts = {"person": str(person.uid), "email": wanted, "stamp": _stamp(person)}
    is_taken = Person.objects.filter(email=wanted).exists()
    link = address_of("address", signing.dumps(facts, salt=SALT))
    _mail(person, wanted, "address_taken" if is_taken else "address_asked", "" if is_taken else link)


def person_asking(signed: str) -> tuple[Person, str]:
    """Whose address changes to what by this link. Used, expired, outdated by a new password, taken: all the same."""
    try:
        facts = signing.loads(signed, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        raise NotVisible() from None
    person = Person.objects.filter(uid=facts["person"], is_active=True).first()
    if person is None or not constant_time_compare(facts["stamp"], _stamp(person)):
        raise NotVisible()
    if Person.objects.filter(email=facts["email"]).exists():
        raise NotVisible()
    return person, facts["email"]


@transaction.atomic
def confirm(signed: str, *, keep: str | None) -> None:
    """The new address signs in from now on. Sessions end, but for the one that is kept, and so do tokens."""
    found, email = person_asking(signed)
    Person.objects.select_for_update().get(pk=found.pk)
    person, email = person_asking(signed)  # of two at once, the second finds it used
    old = person.email
    person.move_to(email, by=person)
    EmailAddress.objects.filter(user=person).delete()
    end_sessions(person, by=person, keep=keep)
    end_tokens(person, by=person, move="end_tokens")
    transaction.on_commit(lambda: _mail(person, old, "address_changed"), robust=True)


def _check_it_is_them(request: HttpRequest, person: Person, password: str, code: str) -> None:
    """One answer for a wrong password and a wrong code, and for too many of either."""
    try:
        is_them = get_adapter(request).authenticate(request, email=person.email, password=password) == person
    except ValidationError:
        is_them = False
    if not is_them or (has_authenticator(person) and not code_holds(request, person, code)):
        raise Invalid(problems=[Problem("password", "wrong", _("The password or the code is wrong. Wait a little."))])


def _stamp(person: Person) -> str:
    """Differs once the address or the password has: a link serves once, and no longer than what it was asked with."""
    return salted_hmac(SALT, f"{person.email}:{person.password}", algorithm="sha256").hexdigest()


def _mail(person: Person, to: str, kind: str, link: str = "") -> None:
    if takes_mail(person) and not to.endswith(".invalid"):
        with translation.override(language_of(person)):
            letter = letter_of_an_address(kind, link)
            EmailMessage(letter.subject, letter.body, None, [to]).send()


def is_of(person: Any, signed_in: Any) -> bool:
    return bool(signed_in.is_authenticated and signed_in.pk == person.pk)
