"""An invitation: its sender's presses at the desk, and the page that the link in the letter opens."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commitments.desk.asking import one_of, page, status_of_forms
from commitments.desk.coordinating import coordinated_states
from commitments.errors import NotVisible
from commitments.models import Invitation
from commitments.screens.forms import DeskForm, actor, attempt
from commitments.screens.inviting import FirstPasswordForm, TakeForm

KEPT = "invitation"  # in the session: the secret, so that it stands in one address only, once


@page("POST")
def again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new letter, with a new link."""
    found = _own(request, uid)
    found.send_again(by=actor(request))
    messages.success(request, _("The letter is on its way to %(email)s.") % {"email": found.email})
    return redirect("desk-people")


@page("POST")
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = _own(request, uid)
    found.withdraw(by=actor(request))
    messages.success(request, _("The invitation of %(name)s is taken back.") % {"name": found.full_name})
    return redirect("desk-people")


def _own(request: HttpRequest, uid: UUID) -> Invitation:
    states = coordinated_states(request)
    return one_of(Invitation.objects.visible_to(request.user).filter(member_state__in=states), uid=uid)


@never_cache
@require_http_methods(["GET", "HEAD"])
def opened(request: HttpRequest, secret: str) -> HttpResponse:
    """The address in the letter. It changes nothing: programs that look for malice follow every link."""
    try:
        Invitation.held_by(secret)
    except NotVisible:
        return _gone(request)
    request.session[KEPT] = secret
    return redirect("invitation-take")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Take up what was held out: signed in, or with a first password."""
    secret = request.session.get(KEPT, "")
    try:
        return _asked(request, Invitation.held_by(secret), secret)
    except NotVisible:
        return _gone(request)


def _gone(request: HttpRequest) -> HttpResponse:
    """The same for one that was used, has expired or was never made."""
    request.session.pop(KEPT, None)
    return render(request, "commitments/desk/invitation_gone.html", status=410)


def _asked(request: HttpRequest, invitation: Invitation, secret: str) -> HttpResponse:
    holder, person = invitation.holder(), (request.user if request.user.is_authenticated else None)
    is_known = holder is not None and holder.has_usable_password()
    must_sign_in, must_leave = is_known and person is None, person is not None and person != holder
    form = _form(request, invitation, is_known)
    may_take = not (must_sign_in or must_leave)
    if request.method == "POST" and may_take and _taken(form, partial(Invitation.take, secret, by=person)):
        request.session.pop(KEPT, None)
        messages.success(request, _("The role is yours."))
        return redirect("desk")
    context = {"invitation": invitation, "form": form, "must_sign_in": must_sign_in, "must_leave": must_leave}
    return render(request, "commitments/desk/invitation.html", context, status=status_of_forms([form]))


def _form(request: HttpRequest, invitation: Invitation, is_known: bool) -> DeskForm:
    sent: Any = request.POST if request.method == "POST" else None
    return (TakeForm if is_known else FirstPasswordForm)(sent, subject=invitation)


def _taken(form: DeskForm, act: Any) -> bool:
    """Gone between the page and the press: as gone as before it."""
    gone: list[NotVisible] = []

    def tried(**words: Any) -> None:
        try:
            act(**words)
        except NotVisible as refusal:
            gone.append(refusal)

    is_done = attempt(form, tried)
    if gone:
        raise gone[0]
    return is_done
