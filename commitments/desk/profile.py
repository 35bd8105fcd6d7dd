"""One's own profile: language and clock, roles, sessions, tokens, second factor."""

from __future__ import annotations

from functools import partial
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commitments.desk.asking import page, status_of_forms
from commitments.screens.account import (
    days_in_words,
    end_sessions,
    live_tokens,
    make_token,
    open_sessions,
    revoke_token,
    roles_held,
    zones,
)
from commitments.screens.forms import DeskForm, actor, attempt


class PreferencesForm(DeskForm):
    """What one chooses oneself."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=settings.LANGUAGES,
        help_text=gettext_lazy("Of these pages and of messages to you."),
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        required=False,
        help_text=gettext_lazy(
            "Times are shown by this clock. A deadline is always the end of a day in the State's capital."
        ),
    )

    def shape(self) -> None:
        self.fields["time_zone"].choices = zones(self.person)  # type: ignore[attr-defined]
        self.initial = {"language": self.person.language, "time_zone": self.person.time_zone}


class TokenForm(DeskForm):
    """A new token."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=60, help_text=gettext_lazy("What it is for, so that you know it again.")
    )
    days = forms.TypedChoiceField(label=gettext_lazy("Valid for"), coerce=int, initial=30)

    def shape(self) -> None:
        self.fields["days"].choices = days_in_words()  # type: ignore[attr-defined]


@page("GET", "HEAD", "POST")
def profile(request: HttpRequest) -> HttpResponse:
    """The page; a POST keeps language and time zone."""
    person = actor(request)
    form = PreferencesForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and attempt(form, partial(person.prefer, by=person)):
        return _preferred(form.cleaned_data["language"], request)
    types = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    context = {
        "form": form,
        "person": person,
        "now": timezone.now(),
        "zone": timezone.get_current_timezone_name(),
        "held": roles_held(person),
        "sessions": open_sessions(person, request.session.session_key),
        "tokens": list(live_tokens(person)),
        "has_second_factor": Authenticator.Type.TOTP in types,
        "has_recovery_codes": Authenticator.Type.RECOVERY_CODES in types,
    }
    return render(request, "commitments/desk/profile.html", context, status=status_of_forms([form]))


def _preferred(language: str, request: HttpRequest) -> HttpResponse:
    """The next page speaks the language that was chosen, on this browser as by the switch above."""
    with translation.override(language):
        messages.success(request, _("Your choices are kept."))
    response = redirect("desk-profile")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


@page("POST")
@reauthentication_required
def end_session(request: HttpRequest, name: str) -> HttpResponse:
    """One of one's own; of the present one, the sign-out above is the way."""
    end_sessions(actor(request), by=actor(request), name=name, keep=request.session.session_key)
    messages.success(request, _("That session is signed out."))
    return redirect("desk-profile")


@page("POST")
@reauthentication_required
def end_others(request: HttpRequest) -> HttpResponse:
    """Everywhere but here."""
    count = end_sessions(actor(request), by=actor(request), keep=request.session.session_key)
    told = ngettext("%(count)d other session is signed out.", "%(count)d other sessions are signed out.", count)
    messages.success(request, told % {"count": count} if count else _("You are signed in nowhere else."))
    return redirect("desk-profile")


@page("GET", "HEAD", "POST")
@reauthentication_required
def new_token(request: HttpRequest) -> HttpResponse:
    """Asks for the password again where that was a while ago; shows the token once."""
    form = TokenForm(request.POST if request.method == "POST" else None, person=actor(request))
    made: list[str] = []
    if request.method == "POST":
        attempt(form, lambda **words: made.append(make_token(actor(request), by=actor(request), **words)))
    context: dict[str, Any] = {"form": form, "token": made[0] if made else ""}
    return render(request, "commitments/desk/profile_token.html", context, status=status_of_forms([form]))


@page("POST")
def end_token(request: HttpRequest, key: str) -> HttpResponse:
    revoke_token(actor(request), by=actor(request), key=key)
    messages.success(request, _("The token is revoked. It opens nothing from now on."))
    return redirect("desk-profile")
