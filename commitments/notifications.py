"""Messages about moves, sent after the commit. They name the item and the move, never the State's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from commitments.workflow import Status

SUBJECTS = {
    Status.SUBMITTED: lambda: _("%(item)s awaits your clearance"),
    Status.CLEARED: lambda: _("%(item)s awaits your review"),
    Status.DRAFT: lambda: _("%(item)s is back in draft"),
    Status.ACCEPTED: lambda: _("%(item)s has been accepted"),
    Status.PUBLISHED: lambda: _("%(item)s has been published"),
}


def tell_later(people: Iterable[Any], status: Status, item: str, key: str) -> None:
    """After the commit, write to each person in their language. A mail that fails does not undo the move."""
    for person in people:
        if person.email.endswith(".invalid"):  # reserved (RFC 2606): such an address never receives mail
            continue
        transaction.on_commit(_letter(person.email, person.language, status, item, key), robust=True)


def _letter(email: str, language: str, status: Status, item: str, key: str) -> Callable[[], None]:
    def send() -> None:  # not a partial: Django logs a failure by the function's name, which a partial has not
        with translation.override(language):
            subject = SUBJECTS[status]() % {"item": item}
            body = _("Sign in to see it. Reference: %(key)s") % {"key": key}
            send_mail(subject, body, None, [email])

    return send
