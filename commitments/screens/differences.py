"""What changed between two texts, word by word, as plain pieces that a template escapes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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
        return _Run("".join(old), "".join(new)).pieces
    runs: list[_Run] = [_Run()]
    for kind, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            runs[-1] = replace(runs[-1], same="".join(new[k:n]))
        else:
            runs = _joined(runs, _Run("".join(old[i:j]), "".join(new[k:n])))
    return [piece for run in runs for piece in run.pieces]


@dataclass(frozen=True)
class _Run:
    """What was taken out, what stands there instead, and what is the same after it."""

    removed: str = ""
    added: str = ""
    same: str = ""

    @property
    def pieces(self) -> list[Piece]:
        return [Piece("removed", self.removed), Piece("added", self.added), Piece("same", self.same)]

    @property
    def size(self) -> int:
        return max(len(self.removed), len(self.added))


def _joined(runs: list[_Run], run: _Run) -> list[_Run]:
    """With one more run. A word or two that happen to be the same between longer changes tell nobody anything: both are
    read as one."""
    *rest, last = runs
    is_replaced = (last.removed or run.removed) and (last.added or run.added)
    if not is_replaced or len(last.same) > min(last.size, run.size):
        return [*runs, run]
    return [*rest, _Run(f"{last.removed}{last.same}{run.removed}", f"{last.added}{last.same}{run.added}")]
