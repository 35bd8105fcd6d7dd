"""Seal what second factors are made from. Run it after the first update to a version that seals, and for a new key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from operations.sealing import seal_all


class Command(BaseCommand):
    help = "Seal every second factor with the first of SECOND_FACTOR_KEYS; the others are needed no more after it."

    def handle(self, *args: Any, **options: Any) -> None:
        done, lost = seal_all()
        told = ngettext(
            "Sealed with the first key: %(count)d second factor.",
            "Sealed with the first key: %(count)d second factors.",
            done,
        )
        self.stdout.write(told % {"count": done})
        if lost:
            message = ngettext(
                "None of the keys opens %(count)d second factor. Put the key that it was sealed with at the end.",
                "None of the keys opens %(count)d second factors. Put the key that they were sealed with at the end.",
                lost,
            )
            raise CommandError(message % {"count": lost})
