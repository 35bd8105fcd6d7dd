"""Who came in by which door, who did not, and what was changed about the doors: lines of the log.

Who asked in vain is not told: what was typed could be a password, and to look whether it is somebody's would tell by
the time it takes. The number of the request, its route and the proxy's log tell where it came from.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as second_factor
from django.contrib.auth.signals import user_logged_out, user_login_failed

logger = logging.getLogger("jpoa.security")
NOTED = {
    "Signed in": account.user_logged_in,
    "Signed out": user_logged_out,
    "Sign-in refused": user_login_failed,
    "Wrong code": second_factor.authentication_failed,
    "Second factor set up": second_factor.authenticator_added,
    "Second factor removed": second_factor.authenticator_removed,
    "Recovery codes made anew": second_factor.authenticator_reset,
    "Password changed": account.password_changed,
    "Password chosen by a letter": account.password_reset,
}


def watch() -> None:
    """Called once, when the apps are ready."""
    for words, signal in NOTED.items():
        signal.connect(partial(_told, words), weak=False, dispatch_uid=f"doors: {words}")


def note(words: str, person: Any) -> None:
    logger.info(words, extra={"facts": {"person": str(person.uid)}})


def _told(words: str, *, request: Any = None, user: Any = None, **facts: Any) -> None:
    known: dict[str, Any] = {"person": str(user.uid)} if user is not None else {}
    if words == "Signed in" and hasattr(request, "session"):
        known["by"] = [one["method"] for one in get_authentication_records(request, user)]
    if "authenticator" in facts:
        known["second_factor"] = facts["authenticator"].type
    level = logging.WARNING if user is None or words == "Wrong code" else logging.INFO
    logger.log(level, words, extra={"facts": known})
