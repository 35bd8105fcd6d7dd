"""Full-text search in English and Russian, the same on every database.

Some thousands of texts need no search engine: their words are stored stemmed, and the stems of a query are looked up
in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import Stemmer
from django.db.models import Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

_WORDS = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile("[Ѐ-ӿ]")
# Words that nobody looks for. A query is searched without them, unless it has no others.
_SMALL = frozenset("a an and as at by for from in of on or the to with в для за и из к на о об от по с со у".split())
# From this many letters on, the last stem of a query may be only the beginning of one.
PREFIX_FROM = 4
BEFORE, AROUND = 60, 220  # characters of a text shown before what was found in it, and in all

Piece = tuple[str, bool]  # a part of a text, and whether it was looked for


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    # A stemmer keeps state while it works, so each word that is new gets one of its own.
    return str(Stemmer.Stemmer("russian" if _CYRILLIC.search(word) else "english", 0).stemWord(word))


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е")


def stems(text: str) -> list[str]:
    """The stems of the words of `text`, in order: Cyrillic words as Russian, others as English."""
    return [_stem(word) for word in _WORDS.findall(_plain(text))]


def search_text(texts: Iterable[str]) -> str:
    """What is stored to be searched: every stem once, each between spaces."""
    found = dict.fromkeys(stem for text in texts for stem in stems(text))
    return f" {' '.join(found)} "


@dataclass(frozen=True)
class Sought:
    """The stems of a query. A text must have every one; the last may be the beginning of one."""

    whole: tuple[str, ...]
    last: str
    last_is_prefix: bool

    @classmethod
    def of(cls, query: str) -> Self:
        found = stems(query)
        *whole, last = [stem for stem in found if stem not in _SMALL] or found or [""]
        return cls(tuple(dict.fromkeys(whole)), last, len(last) >= PREFIX_FROM)

    def __bool__(self) -> bool:
        """Whether there is any word to look for."""
        return bool(self.last)

    def matches(self, field: str = "search_text") -> Q:
        """Rows whose stored stems, in `field`, have all."""
        condition = Q()
        for sought in dict.fromkeys(self._patterns()):
            condition &= Q(GreaterThan(StrIndex(field, Value(sought)), 0))  # quicker than LIKE, and knows no patterns
        return condition

    def is_in(self, texts: Iterable[str]) -> bool:
        """The same question of texts that are at hand."""
        kept = search_text(texts)
        return all(sought in kept for sought in self._patterns())

    def has(self, word: str) -> bool:
        """Whether this word of a text was looked for."""
        stem = _stem(_plain(word))
        return stem in self.whole or stem == self.last or (self.last_is_prefix and stem.startswith(self.last))

    def _patterns(self) -> Iterator[str]:
        yield from (f" {stem} " for stem in self.whole)
        yield f" {self.last}" if self.last_is_prefix else f" {self.last} "


def matches(query: str, field: str = "search_text") -> Q:
    """Rows that have every word of the query; the last word may be the beginning of one."""
    return Sought.of(query).matches(field)


def marked(text: str, sought: Sought) -> list[Piece]:
    """The text in pieces, each with whether it was looked for."""
    pieces, end = [], 0
    for word in _WORDS.finditer(text):
        if sought.has(word.group()):
            pieces += [(text[end : word.start()], False), (word.group(), True)]
            end = word.end()
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def excerpt(texts: Iterable[str], sought: Sought) -> list[Piece]:
    """The surroundings of the first word that was looked for, with all such words marked; the beginning without one."""
    given = [text for text in texts if text]
    for text in given:
        first = next((word.start() for word in _WORDS.finditer(text) if sought.has(word.group())), None)
        if first is not None:
            return marked(_cut(text, first), sought)
    return [(_cut(given[0], 0), False)] if given else []


def _cut(text: str, around: int) -> str:
    """Some of the text, whole words, with dots where something is left out."""
    start = max(0, around - BEFORE)
    if start:
        start = text.find(" ", start, around) + 1 or start
    end = start + AROUND
    if end < len(text):
        end = max(text.rfind(" ", around, end), 0) or end
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")
