"""A domain verb as a page: a form, one call, and the outcome or the refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from commitments.mandates import Mandate
from commitments.screens.forms import DeskForm

Act = Callable[..., Any]


@dataclass(frozen=True)
class Verb:
    """`act(subject, by=..., **words)` is offered to those whose mandate `may`; `name` is part of the address."""

    name: str
    label: Any
    form: type[DeskForm]
    act: Act
    may: Callable[[Mandate, Any], bool]
    done: Any
    explanation: Any = ""
