"""No more messages of the day: pressed in the mail program itself (RFC 8058), or on the page that the link opens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt  # a mail program has no cookie, see below
from django.views.decorators.http import require_http_methods

from commitments.telling.unsubscribing import end_digests


# Mail programs press it without a cookie, and so without a token: the signed address is what is asked for instead.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, signed: str) -> HttpResponse:
    """Looking at it changes nothing: programs that look for malice follow every link. The answer is the same for every
    address, whoever it was made for."""
    if request.method == "POST":
        end_digests(signed)
    return render(request, "commitments/desk/unsubscribe.html", {"is_done": request.method == "POST"})
