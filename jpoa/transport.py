"""What programs ask for is answered over TLS alone: who is led on from plain HTTP never notices what was overheard."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from jpoa.refusals import problem

ASKED_BY_PROGRAMS = ("/api/v1/", "/api/schema/", "/calendar/")
IN_THE_CLEAR = _("Ask by https. What you sent was not protected: make a new token, or a new address of the calendar.")
logger = logging.getLogger("jpoa.security")


def programs_by_tls_alone(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Before browsers are led on to https."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and not request.is_secure() and request.path.startswith(ASKED_BY_PROGRAMS):
            logger.warning("Asked in the clear, and refused")
            return problem(403, "not-protected", IN_THE_CLEAR)
        return get_response(request)

    return middleware
