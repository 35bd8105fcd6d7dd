"""How the lines of the log are written: as JSON in production, plain on one's own machine."""

from typing import Any


def logging_of(level: str, *, is_plain: bool, notes_requests: bool) -> dict[str, Any]:
    """Django's LOGGING. Requests are noted by a logger of their own, whatever the level of the others."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "addresses": {"()": "operations.logs.WithoutAddresses"},
            "secrets": {"()": "jpoa.secrecy.WithoutSecrets"},
        },
        "formatters": {
            "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
            "json": {"()": "operations.logs.JsonLines"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "filters": ["addresses", "secrets"],
                "formatter": "plain" if is_plain else "json",
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "jpoa.requests": {"level": "INFO" if notes_requests else "WARNING"},
            "jpoa.security": {"level": "INFO"},
            # At DEBUG these two tell what passes between this site and a provider of single sign-on.
            "authlib": {"level": "INFO"},
            "urllib3": {"level": "INFO"},
            **{name: {"filters": ["secrets"]} for name in ("django.request", "django.server")},
        },
    }
