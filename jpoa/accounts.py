"""Sign-in: nobody signs up; people are invited by whoever may appoint them."""

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from commitments.screens.account import BROWSER


class InvitedOnly(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **facts: Any) -> HttpResponse:
        """Keep what the session was opened with, to be recognised by its owner: no address on the network."""
        request.session[BROWSER] = request.headers.get("User-Agent", "")[:300]
        return super().post_login(request, user, **facts)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the profile, where it was begun: the form shown again would ask whether it was done."""
        return reverse("desk-profile")

    def format_email_subject(self, subject: str) -> str:
        """The name of the system is in the subject already."""
        return " ".join(subject.split())


def not_here(request: HttpRequest) -> NoReturn:
    """Addresses are corrected by an administrator: a second one, unverified, could be somebody else's."""
    raise Http404
