"""Which passwords are refused: common ones and two of them joined, words of this place, and any that leaked elsewhere.

None has to have capitals, digits or signs, none expires, and none is sent anywhere to be looked up.
"""

from __future__ import annotations

import mmap
import re
from hashlib import sha1
from pathlib import Path
from string import punctuation
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.translation import gettext_lazy as _

# What somebody who knows the place would try first. docs/security.md prints them.
WORDS_OF_THIS_PLACE = (
    "jpoa", "tracker", "joint plan of action", "plan of action", "action item", "national action", "unoct", "unrcca",
    "united nations", "central asia", "counter terrorism", "counterterrorism", "terrorism", "tashkent",
    "ashgabat", "astana", "almaty", "bishkek", "dushanbe", "kazakhstan", "kyrgyzstan", "kyrgyz", "tajikistan",
    "turkmenistan", "uzbekistan", "ministry", "interior", "justice", "security", "foreign affairs", "focal point",
    "coordinator", "secretariat", "administrator", "admin", "reviewer", "editor", "partner", "observer", "password",
    "министерство", "координатор", "секретариат", "терроризм", "центральная азия", "ташкент", "ашхабад", "астана",
    "алматы", "бишкек", "душанбе", "казахстан", "кыргызстан", "таджикистан", "туркменистан", "узбекистан", "пароль",
)  # fmt: skip
LEFT = 8  # characters that nobody could guess from the place
_PLACE = re.compile(
    "|".join(word.replace(" ", r"[\W_]*") for word in sorted(WORDS_OF_THIS_PLACE, key=len, reverse=True))
)


class NoCommonPieces(CommonPasswordValidator):
    """Neither one of some 20,000 passwords that people choose, nor two of these one after the other."""

    def validate(self, password: str, user: Any = None) -> None:
        small = password.lower()
        for place in range(len(small)):
            pieces = (small[:place], small[place:])
            if all(not one or one in self.passwords for one in (piece.strip(f"{punctuation} ") for piece in pieces)):
                raise ValidationError(self.get_error_message(), code="password_too_common")


class NoWordsOfThisPlace:
    """Not made from what this system, its States and its roles are called: these count for nothing."""

    def validate(self, password: str, user: Any = None) -> None:
        left, found = _PLACE.subn("", password.lower())
        if found and len(left) < LEFT:
            raise ValidationError(self.get_help_text(), code="password_of_this_place")

    def get_help_text(self) -> Any:
        return _("Choose a password that is not made from names of this system, of States or of roles.")


class NotLeaked:
    """Not among passwords that have leaked anywhere, where BREACHED_PASSWORDS names a file of them.

    A line for each: SHA-1 in capitals, a colon, how often; in order of the hashes, as "Have I Been Pwned" publishes it.
    """

    def __init__(self) -> None:
        if settings.BREACHED_PASSWORDS and not Path(settings.BREACHED_PASSWORDS).is_file():
            raise ImproperlyConfigured("BREACHED_PASSWORDS names no file.")

    def validate(self, password: str, user: Any = None) -> None:
        if settings.BREACHED_PASSWORDS and _stands_in(Path(settings.BREACHED_PASSWORDS), password):
            raise ValidationError(_("This password has leaked somewhere. Choose another."), code="password_leaked")

    def get_help_text(self) -> Any:
        return _("Choose a password that you use nowhere else.")


def _stands_in(path: Path, password: str) -> bool:
    """Halving the file: some forty reads in one of forty gigabytes."""
    wanted = sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines:
        low, high = 0, len(lines)
        while low < high:
            start = lines.rfind(b"\n", 0, (low + high) // 2) + 1
            end = lines.find(b"\n", start)
            end = len(lines) if end < 0 else end + 1
            found = lines[start : start + len(wanted)]
            if found == wanted:
                return True
            low, high = (end, high) if found < wanted else (low, start)
    return False
