"""The page where one's own address is changed, and the one that the link in the letter opens."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commitments.desk.asking import page, status_of_forms
from commitments.errors import NotVisible
from commitments.screens.address import AddressForm, ask, confirm, is_of, person_asking
from commitments.screens.forms import actor, attempt


@sensitive_post_parameters()
@page("GET", "HEAD", "POST")
def change_address(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.POST if request.method == "POST" else None, person=actor(request))
    if request.method == "POST" and attempt(form, partial(ask, request, actor(request))):
        told = _("A link is on its way to %(email)s. Until it is opened, nothing changes.")
        messages.success(request, told % {"email": form.words["email"]})
        return redirect("desk-profile")
    return render(request, "commitments/desk/profile_address.html", {"form": form}, status=status_of_forms([form]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, signed: str) -> HttpResponse:
    """Looking at it changes nothing: programs that look for malice follow every link."""
    try:
        person, email = person_asking(signed)
        if request.method == "POST":
            confirm(signed, keep=request.session.session_key if is_of(person, request.user) else None)
            messages.success(request, _("From now on you sign in with %(email)s.") % {"email": email})
            return redirect("desk-profile")
    except NotVisible:
        return render(request, "commitments/desk/address.html", {"email": ""}, status=410)
    return render(request, "commitments/desk/address.html", {"email": email})
