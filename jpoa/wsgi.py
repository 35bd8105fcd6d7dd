"""The entrance for gunicorn."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

from jpoa.headers import CLOSED, transport

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

REFUSAL = (
    b'{"type":"urn:jpoa:problem:unsupported-media-type","title":"Send UTF-8.","status":415,'
    b'"detail":"Content-Type names another character set than UTF-8.","code":"unsupported-media-type"}'
)


def utf8_only(application: Application) -> Application:
    """Refuse a Content-Type in another character set before Django reads the address and the body in it.

    Django takes whatever codec Python knows: some break it before any of its own handlers stands, others turn
    plain ASCII into characters that no database keeps.
    """

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if _is_utf8(environ.get("CONTENT_TYPE", "")):
            return application(environ, start_response)
        length = str(len(REFUSAL))
        headers = [
            ("Content-Type", "application/problem+json"),
            ("Content-Length", length),
            *(CLOSED | transport()).items(),
        ]
        start_response("415 Unsupported Media Type", headers)
        return [REFUSAL]

    return guarded


def _is_utf8(content_type: str) -> bool:
    try:
        _type, parameters = parse_header_parameters(content_type)
    except (LookupError, ValueError):  # the name or the coding of a parameter is beyond understanding
        return False
    return parameters.get("charset", "utf-8").lower() in ("utf-8", "utf8", "us-ascii")


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jpoa.settings")
application = utf8_only(get_wsgi_application())
