"""Rate limits: of reading, counted in each worker; of sign-in, counted over all of them."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from django.utils.functional import SimpleLazyObject
from rest_framework.throttling import SimpleRateThrottle


class ReadThrottle(SimpleRateThrottle):
    """Of each worker: a limit that is a little wide costs nobody a query."""

    cache: Any = SimpleLazyObject(lambda: caches["local"])


class AnonymousThrottle(ReadThrottle):
    scope = "anonymous"

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        if request.user.is_authenticated:
            return None
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class PersonThrottle(ReadThrottle):
    scope = "person"

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        if not request.user.is_authenticated:
            return None
        return self.cache_format % {"scope": self.scope, "ident": request.user.pk}
