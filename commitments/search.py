"""Full-text search of the plan in English and Russian, the same on every database.

176 items need no search engine: their words are stored stemmed, and the stems of a query are looked up in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import snowballstemmer
from django.db.models import Q

_WORD = re.compile(r"\w+(?:[.\-]\w+)*")
_CYRILLIC = re.compile("[а-яё]")
_STEMMERS = {"ru": snowballstemmer.stemmer("russian"), "en": snowballstemmer.stemmer("english")}


def stems(text: str) -> list[str]:
    """The stems of the words of `text`, in order: Cyrillic words as Russian, others as English."""
    words = _WORD.findall(text.casefold().replace("ё", "е"))
    return [_STEMMERS["ru" if _CYRILLIC.search(word) else "en"].stemWord(word) for word in words]


def search_text(texts: Iterable[str]) -> str:
    """What is stored to be searched: every stem once, each between spaces."""
    found = dict.fromkeys(stem for text in texts for stem in stems(text))
    return f" {' '.join(found)} "


def matches(query: str, field: str = "search_text") -> Q:
    """Rows that have every word of the query; the last word may be the beginning of one."""
    condition = Q()
    words = stems(query)
    for stem in words[:-1]:
        condition &= Q(**{f"{field}__contains": f" {stem} "})
    for stem in words[-1:]:
        condition &= Q(**{f"{field}__contains": f" {stem}"})
    return condition
