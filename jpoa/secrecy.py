"""What a log never holds: addresses that open something, and words that sign in."""

from __future__ import annotations

import logging
import re

_SECRET = re.compile(
    r"(/invitation/|/calendar/|/mail/(?:unsubscribe|address)/|/password/reset/key/|/confirm-email/"
    r"|[?&](?:code|state|key|token)=|(?i:authorization\W+(?:token|bearer|basic)\s+))[^\s/?&'\"]+"
)


class WithoutSecrets(logging.Filter):
    """The line stays, with the secret part left out: of a letter's link, a calendar's address, a token sent along."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        masked = _SECRET.sub(r"\1…", text)
        if masked != text:
            record.msg, record.args = masked, ()
        return True
