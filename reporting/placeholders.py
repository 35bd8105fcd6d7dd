"""Figures inside what people write: `{{ name }}`, from a closed list, so that no number is typed twice. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

from babel.numbers import format_decimal

from commitments.content import Rating, reader_language
from reporting import figures
from reporting.facts import ActivityFacts, ItemFacts, ReleasedUpdate, ReviewFacts
from reporting.figures import Figures

# Two braces on each side and no more, with none between. What else has two braces together is a slip of the pen.
_PLACEHOLDER = re.compile(r"(?<!\{)\{\{([^{}]*)\}\}(?!\})")
_ODD = re.compile(r"\{\{+[^{}\n]{0,40}\}*|\}\}+")


class _Scope:
    """The whole, or one pillar, objective, theme or State: what its figures are counted over. Each is counted once."""

    def __init__(self, facts: ReviewFacts, items: tuple[ItemFacts, ...], state: str = "") -> None:
        self.facts, self.items, self.state = facts, items, state
        self.codes = {item.code for item in items}
        self._figures: Figures | None = None

    @property
    def figures(self) -> Figures:
        if self._figures is None:
            self._figures = (
                figures.of_state(self.facts, self.state) if self.state else figures.of_items(self.facts, self.items)
            )
        return self._figures

    @property
    def updates(self) -> Iterator[ReleasedUpdate]:
        if self.state:
            yield from self.facts.updates_of(self.state)
        else:
            yield from (one for item in self.items for one in self.facts.updates_on(item.code))

    def supports(self, activity: ActivityFacts) -> bool:
        """Whether an activity counts here; to the whole every one does, also one that names no item."""
        if self.state:
            return self.state in activity.states
        return len(self.codes) == len(self.facts.items) or not self.codes.isdisjoint(activity.items)


def _rated(rating: str, scope: _Scope) -> int:
    return scope.figures.rated(rating)


_FIGURES: dict[str, Callable[[_Scope], int | Decimal | None]] = {
    "due": lambda scope: scope.figures.due,
    "reported": lambda scope: scope.figures.reported,
    "reported_share": lambda scope: scope.figures.reported_share,
    "empty": lambda scope: scope.figures.empty,
    **{f"rated.{rating.value}": partial(_rated, rating.value) for rating in Rating},
    "items": lambda scope: len(scope.items),
    "touched": lambda scope: len({one.item for one in scope.updates}),
    "states": lambda scope: 1 if scope.state else len(scope.facts.states),
    "states_reporting": lambda scope: len({one.state for one in scope.updates}),
    "activities": lambda scope: sum(scope.supports(one) for one in scope.facts.activities),
}


def fill(text: str, facts: ReviewFacts) -> str:
    """The text with every known placeholder replaced by its figure, as the active language writes numbers.

    What is unknown stays as it was written, for the editor to see. A share is a number without its sign: the sentence
    says per cent, or is written with %.
    """
    known = _Known(facts)

    def figure(match: re.Match[str]) -> str:
        value = known.value(match[1].strip())
        return match[0] if value is None else value

    return _PLACEHOLDER.sub(figure, text)


def names(facts: ReviewFacts) -> dict[str, str]:
    """Every name with its figure as `fill` would write it, sorted by name."""
    known = _Known(facts)
    return {name: _written(_FIGURES[leaf](known.scope(of))) for name, of, leaf in sorted(known.all())}


def unknown(text: str, facts: ReviewFacts) -> list[str]:
    """What stands between braces and is no name of the list, and braces that do not pair; each once, in order."""
    known = _Known(facts)
    found = [(match.start(), name) for match in _PLACEHOLDER.finditer(text) if not known.has(name := match[1].strip())]
    parted = _PLACEHOLDER.sub(lambda match: "\n" * len(match[0]), text)
    found += [(match.start(), match[0].strip()) for match in _ODD.finditer(parted)]
    return list(dict.fromkeys(name for _place, name in sorted(found)))


def words_in(text: str) -> int:
    """How many words a text has; a figure counts as one."""
    return len(_PLACEHOLDER.sub("0", text).split())


class _Known:
    """The closed list of one report's facts. Only what is asked for is counted."""

    def __init__(self, facts: ReviewFacts) -> None:
        self.facts = facts
        self._codes: dict[str, Callable[[], _Scope]] = {"": partial(_Scope, facts, facts.items)}
        for pillar in facts.pillars:
            self._codes[f"pillar.{pillar.code}"] = partial(_Scope, facts, pillar.items)
            for one in pillar.objectives:
                self._codes[f"objective.{one.code}"] = partial(_Scope, facts, one.items)
        for theme in facts.themes:
            tagged = tuple(item for item in facts.items if theme.slug in item.themes)
            self._codes[f"theme.{theme.slug}"] = partial(_Scope, facts, tagged)
        for state in facts.states:
            self._codes[f"state.{state.code}"] = partial(_Scope, facts, facts.items, state.code)
        self._scopes: dict[str, _Scope] = {}

    def all(self) -> Iterator[tuple[str, str, str]]:
        """(name, what it is of, figure)."""
        return ((f"{of}.{leaf}" if of else leaf, of, leaf) for of in self._codes for leaf in _FIGURES)

    def scope(self, of: str) -> _Scope:
        if of not in self._scopes:
            self._scopes[of] = self._codes[of]()
        return self._scopes[of]

    def has(self, name: str) -> bool:
        return self._parts(name) is not None

    def value(self, name: str) -> str | None:
        """None where the name is not in the list."""
        parts = self._parts(name)
        return None if parts is None else _written(_FIGURES[parts[1]](self.scope(parts[0])))

    def _parts(self, name: str) -> tuple[str, str] | None:
        """What the name is of, and its figure. Codes have dots in them, so the figure is read from the end."""
        if name in _FIGURES:
            return "", name
        for leaf in _FIGURES:
            of = name.removesuffix(f".{leaf}")
            if of != name and of in self._codes and of:
                return of, leaf
        return None


def _written(value: int | Decimal | None) -> str:
    """A number as the active language writes it; a dash where nothing is due, so that there is no share."""
    if value is None:
        return "–"
    return format_decimal(value, "#,##0.0" if isinstance(value, Decimal) else "#,##0", locale=reader_language())
