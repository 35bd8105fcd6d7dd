"""Mail leaves as the settings say, and what became of it is counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.module_loading import import_string

from operations import metrics


class Counted(BaseEmailBackend):
    """Stands before the backend that EMAIL_URL names. The figures say how many, never to whom."""

    def __init__(self, fail_silently: bool = False, **facts: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.backend = import_string(settings.MAIL_BACKEND)(fail_silently=fail_silently, **facts)

    def open(self) -> bool | None:
        return self.backend.open()

    def close(self) -> None:
        self.backend.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        sent = 0
        try:
            sent = self.backend.send_messages(email_messages) or 0
        finally:
            metrics.count_mails("sent", sent)
            metrics.count_mails("failed", len(email_messages) - sent)
        return sent
