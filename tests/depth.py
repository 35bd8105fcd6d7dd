"""How deep the batteries dig: reduced counts for everybody's `make test`, all of them with BATTERY=full (`make trust`).

What is drawn at random comes from one seed for the whole run, which is printed; SEED=... repeats a run.
"""

from __future__ import annotations

import os
import random
import secrets
from collections.abc import Iterable
from typing import TypeVar

Case = TypeVar("Case")
FULL = os.environ.get("BATTERY") == "full"
SHARE = 1 if FULL else 24
SEED = int(os.environ.setdefault("SEED", str(secrets.randbits(32))))  # the workers of a run inherit it


def drawn(cases: Iterable[Case], turn: int = 0) -> list[Case]:
    """The cases of this run, in their order: one in SHARE, and others in the next run.

    Where several readers ask the same, each may take a `turn` of its own, so that together they ask more.
    """
    every = list(cases)
    return every[(SEED + turn) % min(SHARE, len(every) or 1) :: SHARE]


def some(cases: Iterable[Case], number: int, *words: object) -> list[Case]:
    """So many of the cases by chance, others in the next run and for other words; in full, all of them."""
    every = list(cases)
    return every if FULL else chance(*words).sample(every, min(number, len(every)))


def rounds(reduced: int, full: int) -> int:
    return full if FULL else reduced


def chance(*words: object) -> random.Random:
    """A source of chance for what these words name: the same in every run from the same seed."""
    return random.Random(f"{SEED}:{words}")
