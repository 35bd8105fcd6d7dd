"""Sign-in: nobody signs up; people are invited by whoever may appoint them."""

from typing import NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from django.http import Http404, HttpRequest


class InvitedOnly(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        """The name of the system is in the subject already."""
        return " ".join(subject.split())


def not_here(request: HttpRequest) -> NoReturn:
    """Addresses are corrected by an administrator: a second one, unverified, could be somebody else's."""
    raise Http404
