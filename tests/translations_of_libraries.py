"""What the libraries say in Russian alone, for readers of the languages that fall back to it, and CLDR's months.

A library that knows no Kazakh would speak English in the middle of a page: its own Russian is put in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import polib
from babel import Locale

LIBRARIES = (
    "django.conf",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "allauth",
    "rest_framework",
    "django_filters",
)
RUSSIAN = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
# In a date Tajik joins the month to the year after it, which CLDR leaves to the writer: 5 декабри соли 2026.
JOINED = {"tg": "и"}


def compiled_for(code: str) -> bytes:
    """The catalogue of one language, as it is kept."""
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": RUSSIAN}
    months = {(one.msgctxt, one.msgid): one for one in _months(code)}
    lacking = {key: one for key, one in _lacking(code).items() if key not in months}
    catalogue.extend([*months.values(), *lacking.values()])
    return bytes(catalogue.to_binary())


def _lacking(code: str) -> dict[tuple[str | None, str], polib.POEntry]:
    """Every message that the libraries have in Russian and that none has in this language."""
    own = {key for name in LIBRARIES for key in _read(name, code)}
    russian = [_read(name, "ru") for name in LIBRARIES]
    return {key: _copied(one) for messages in russian for key, one in messages.items() if key not in own}


def _copied(entry: polib.MOEntry) -> polib.POEntry:
    """Without the fourth form that some have for fractions: no count asks for it."""
    forms = {form: words for form, words in entry.msgstr_plural.items() if int(form) < 3}
    return polib.POEntry(
        msgctxt=entry.msgctxt,
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural,
        msgstr=entry.msgstr,
        msgstr_plural=forms,
    )


def _read(library: str, code: str) -> dict[tuple[str | None, str], polib.POEntry]:
    spec = find_spec(library)
    path = Path(spec.origin).parent / "locale" / code / "LC_MESSAGES" / "django.mo"
    return {(one.msgctxt, one.msgid): one for one in polib.mofile(str(path))} if path.exists() else {}


def _months(code: str) -> Iterator[polib.POEntry]:
    """The months as a date and as a heading name them."""
    english, own = Locale("en").months["format"]["wide"], Locale(code).months
    for number, name in english.items():
        in_a_date = own["format"]["wide"][number]
        if code in JOINED:
            in_a_date = in_a_date.lower() + JOINED[code]
        yield polib.POEntry(msgctxt="alt. month", msgid=name, msgstr=in_a_date)
        yield polib.POEntry(msgid=name, msgstr=own["stand-alone"]["wide"][number])
