"""Full-text search of the plan in English and Russian, the same on every database.

176 items need no search engine: their words are stored stemmed, and the stems of a query are looked up in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import snowballstemmer
from django.db.models import Q

_WORDS = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile("[Ѐ-ӿ]")
# Words that nobody looks for. A query is searched without them, unless it has no others.
_SMALL = frozenset("a an and as at by for from in of on or the to with в для за и из к на о об от по с со у".split())
# From this many letters on, the last stem of a query may be only the beginning of one.
PREFIX_FROM = 4


def stems(text: str) -> list[str]:
    """The stems of the words of `text`, in order: Cyrillic words as Russian, others as English."""
    # A stemmer keeps state while it works, so threads do not share one.
    english, russian = snowballstemmer.stemmer("english"), snowballstemmer.stemmer("russian")
    words = _WORDS.findall(text.casefold().replace("ё", "е"))
    return [(russian if _CYRILLIC.search(word) else english).stemWord(word) for word in words]


def search_text(texts: Iterable[str]) -> str:
    """What is stored to be searched: every stem once, each between spaces."""
    found = dict.fromkeys(stem for text in texts for stem in stems(text))
    return f" {' '.join(found)} "


def matches(query: str, field: str = "search_text") -> Q:
    """Rows that have every word of the query; the last word may be the beginning of one."""
    found = stems(query)
    *whole, last = [f" {stem} " for stem in found if stem not in _SMALL] or [f" {stem} " for stem in found] or [" "]
    if len(last.strip()) >= PREFIX_FROM:
        last = last.rstrip()
    condition = Q()
    for stem in dict.fromkeys([*whole, last]):
        condition &= Q(**{f"{field}__contains": stem})
    return condition
