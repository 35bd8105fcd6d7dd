"""The addresses that machines ask: is it alive, is it ready, how does it fare.

They are answered before hosts, sessions and languages are looked at, so a probe inside the network needs no name, no
cookie and no TLS. They stand among the routes too, where the table of who may read what finds them.
"""

from __future__ import annotations

from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST

from operations import health, metrics
from operations.outages import COME_BACK_AFTER


def alive(request: HttpRequest) -> HttpResponse:
    """This process answers. Asks no database."""
    return _unkept(JsonResponse({"status": "ok"}))


def ready(request: HttpRequest) -> HttpResponse:
    """200 if everything that a write needs is there; 503 names the part that is not."""
    parts = health.parts()
    is_ready = set(parts.values()) == {health.OK}
    told = {"status": "ok" if is_ready else "unavailable", **parts}
    if parts["database"] == health.OK:
        told["worker"] = health.worker()
    response = _unkept(JsonResponse(told, status=200 if is_ready else 503))
    if not is_ready:
        response["Retry-After"] = str(COME_BACK_AFTER)
    return response


def figures(request: HttpRequest) -> HttpResponse:
    """Prometheus' figures, for who holds METRICS_TOKEN. To everybody else there is no such page."""
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not compare_digest(sent.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    return _unkept(HttpResponse(metrics.written(), content_type=CONTENT_TYPE_LATEST))


PROBES = {"healthz": alive, "readyz": ready, "metrics": figures}


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Length"] = str(len(response.content))
    return response
