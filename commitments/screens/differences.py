"""What changed between two texts, word by word, as plain pieces that a template escapes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\S+")
# Comparing takes the product of the lengths at worst: beyond this, whole blocks are shown as replaced.
MAX_PRODUCT = 400_000


@dataclass(frozen=True)
class Piece:
    kind: str  # "same", "removed" or "added"
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Joining what is same or added gives `after`; what is same or removed, `before`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    pieces = [Piece("same", "".join(new[:start])), *_middle(middle_old, middle_new)]
    pieces.append(Piece("same", "".join(new[len(new) - end :])))
    return [piece for piece in pieces if piece.text]


def _common(old: list[str], new: list[str]) -> int:
    """How many words both begin with."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _middle(old: list[str], new: list[str]) -> list[Piece]:
    if len(old) * len(new) > MAX_PRODUCT:
        return [Piece("removed", "".join(old)), Piece("added", "".join(new))]
    pieces = []
    for kind, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(new[k:n])))
        else:
            pieces += [Piece("removed", "".join(old[i:j])), Piece("added", "".join(new[k:n]))]
    return pieces
