"""The front door, what the site says of itself, and what it tells machines that read it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from commitments.content import Trend
from commitments.models import Phase
from commitments.models.plan import Addressee
from commitments.workflow import Audience
from reporting.document import Table, Tone
from reporting.figures import by_pillar
from reporting.review_report.glossary import glossary
from reporting.review_report.wording import low
from reporting.site.asking import public_page
from reporting.site.documents import issued_editions
from reporting.site.reads import Shown, shown_cycle
from reporting.site.wording import why
from reporting.sources import DOCUMENTS

# Pages without a key that machines are told of.
LISTED = ("home", "site-plan", "site-themes", "site-roadmap", "site-history", "site-states", "site-matrix",
          "site-partners", "site-reports", "site-downloads", "site-about", "site-methodology",
          "site-accessibility")  # fmt: skip


@public_page(shows_releases=True)
def home(request: HttpRequest) -> HttpResponse:
    """What the plan is and where it stands, in one screen. It stands before anything is loaded, too."""
    at_hand = shown_cycle()
    context = {"issued": issued_editions()[:5]} | (_standing(at_hand) if at_hand else {})
    return render(request, "reporting/site/home.html", context)


def _standing(at_hand: Shown) -> dict[str, Any]:
    facts, figures = at_hand.facts, by_pillar(at_hand.facts)
    running = next((one for one in at_hand.cycles if one.phase() not in (Phase.PLANNED, Phase.CLOSED)), None)
    return at_hand.context() | {
        "running": running,
        "phase": (running or at_hand.cycle).phase(),
        "pillars": [(one, figures[one.code]) for one in facts.pillars],
        "objective_count": sum(len(one.objectives) for one in facts.pillars),
    }


@public_page()
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "reporting/site/about.html", {"sources": [one.title for one in DOCUMENTS.values()]})


@public_page()
def methodology(request: HttpRequest) -> HttpResponse:
    context = {
        "ratings": _meanings_of_ratings(),
        "trends": [low(one.label) for one in Trend],
        "empty": [(one, why(one)) for one in (Tone.NOT_DUE, Tone.AWAITING, Tone.NOT_RELEASED)],
        "audiences": [one.label for one in Audience],
        "addressees": [one.label for one in Addressee],
    }
    return render(request, "reporting/site/methodology.html", context)


def _meanings_of_ratings() -> list[tuple[Tone, str]]:
    """As every report explains them."""
    tables = (block for block in glossary() if isinstance(block, Table))
    rows = next(one.rows for one in tables if one.anchor == "ratings-table")
    return [(label.tone, str(meaning.text)) for label, meaning in rows]


@public_page()
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "reporting/site/accessibility.html")


@require_safe
def choose_language(request: HttpRequest, language: str) -> HttpResponse:
    """Read on in this language, on the page one came from. A link and no form: public pages hold no token."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if is_ours and back.isprintable() else reverse("home"))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE or 365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    response["Cache-Control"] = "no-store"
    return response


@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    closed = ("admin:index", "desk", "account_login")
    lines = ["User-agent: *", *(f"Disallow: {reverse(name)}" for name in closed), "Disallow: /in/"]
    lines += [f"Sitemap: {request.build_absolute_uri(reverse('site-sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public_page()
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page of the site, by its permanent address."""
    at_hand = shown_cycle()
    places = [reverse(name) for name in LISTED] + (_keyed(at_hand) if at_hand else [])
    addresses = [request.build_absolute_uri(place) for place in places]
    context = {"addresses": addresses}
    return render(request, "reporting/site/sitemap.xml", context, content_type="application/xml; charset=utf-8")


def _keyed(at_hand: Shown) -> list[str]:
    facts = at_hand.facts
    objectives = [one.code for pillar in facts.pillars for one in pillar.objectives]
    named = {
        "site-pillar": [one.code for one in facts.pillars],
        "site-objective": objectives,
        "site-theme": [one.slug for one in facts.themes],
        "site-item": [one.code for one in facts.items],
        "site-state": [one.code for one in facts.states],
    }
    return [reverse(name, args=[key]) for name, keys in named.items() for key in keys]
