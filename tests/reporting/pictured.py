"""Facts to draw, made in memory: a plan of the real shape, and cycles as full or as odd as a test wants them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from random import Random

from commitments.content import Rating
from reporting.facts import (
    CycleFacts,
    EarlierCycle,
    EarlierRating,
    ItemFacts,
    ObjectiveFacts,
    PillarFacts,
    Place,
    PlanFacts,
    ReleasedUpdate,
    ReviewFacts,
    StateFacts,
    Wording,
)

SHAPE = {
    "I": (("1", 9), ("2", 3), ("3", 9), ("4", 25), ("5", 5), ("6", 6)),
    "II": (("1", 10), ("2", 10), ("3", 9), ("4", 8), ("5", 15), ("6", 6), ("7", 6)),
    "III": (("1", 10), ("2", 5), ("3", 4)),
    "IV": (("1", 6), ("2", 8), ("3", 5), ("SPRR", 17)),
}
STATES = {
    "KAZ": ("Kazakhstan", "Казахстан"),
    "KGZ": ("Kyrgyz Republic", "Кыргызская Республика"),
    "TJK": ("Tajikistan", "Таджикистан"),
    "TKM": ("Turkmenistan", "Туркменистан"),
    "UZB": ("Uzbekistan", "Узбекистан"),
}
ENGLISH = "Measures to build States' capacity to prevent and combat terrorism and to strengthen the role of all in it"
RUSSIAN = "Меры по укреплению потенциала государств по предупреждению терроризма и борьбе с ним и усилению роли всех"
HOSTILE = '</text><script>alert("x")</script> & <style> \x00 url(http://evil.example/)'
NOTHING = Wording("")
_DAY = dt.date(2026, 7, 1)


def wording(english: str, russian: str) -> Wording:
    return Wording(english, (("ru", russian),))


def states(number: int = 5) -> tuple[StateFacts, ...]:
    """The five, or as many with invented codes."""
    if number <= len(STATES):
        return tuple(StateFacts(code, wording(*names), is_over=True) for code, names in list(STATES.items())[:number])
    return tuple(StateFacts(f"S{place:03}", wording(f"State {place}", f"Гос {place}"), True) for place in range(number))


def pillars(title: Wording | None = None, *, is_owed: bool = True) -> tuple[PillarFacts, ...]:
    """20 objectives and 176 items, as in the plan; every title as long as its longest ones, or as given."""
    title = title or wording(ENGLISH, RUSSIAN)
    return tuple(
        PillarFacts(code, title, tuple(_objective(f"{code}.{last}", size, title, is_owed) for last, size in sizes))
        for code, sizes in SHAPE.items()
    )


def _objective(code: str, size: int, title: Wording, is_owed: bool) -> ObjectiveFacts:
    addressee = "national" if is_owed else "partner"
    place = Place("report")
    items = (ItemFacts(f"{code}.{n}", title, title, addressee, is_owed, place) for n in range(1, size + 1))
    return ObjectiveFacts(code, title, tuple(items))


def update(state: str, item: str, rating: str = "limited") -> ReleasedUpdate:
    return ReleasedUpdate(state, item, rating, "forward", "yes", "partly", "public", "en")


def facts(**changes: object) -> ReviewFacts:
    """Nothing reported, five States, a cycle that is over; each member can be given."""
    cycle = CycleFacts("ninth", wording("Ninth review", "Девятый обзор"), NOTHING, None, _DAY, _DAY, _DAY, "", NOTHING)
    values: dict[str, object] = {
        "audience": "public",
        "plan": PlanFacts("2022", wording("The plan", "План"), _DAY, "Tashkent", "report"),
        "cycle": cycle,
        "states": states(),
        "pillars": pillars(),
        "mandate": (),
        "updates": (),
        "activities": (),
        "released_on": None,
    }
    return ReviewFacts(**{**values, **changes})  # type: ignore[arg-type]


def full_cycle(**changes: object) -> ReviewFacts:
    """Nine in ten of the 880 updates, every rating among them, after three earlier cycles that had fewer and fewer."""
    empty = facts(**changes)
    dice = Random(2026)
    rated = [(state.code, item.code) for state in empty.states for item in empty.items]
    updates = tuple(update(*place, _rating(dice)) for place in rated if dice.random() < 0.9)
    past = ((2018, "Sixth review", "Шестой обзор"), (2021, "Seventh review", "Седьмой обзор"),
            (2022, "Tashkent baseline, March 2022", "Ташкентский базовый цикл, март 2022 года"))  # fmt: skip
    earlier = tuple(
        EarlierCycle(f"c{year}", wording(*titles), dt.date(year, 6, 30), _ratings(dice, rated, share))
        for share, (year, *titles) in zip((0.2, 0.4, 0.6), past, strict=True)
    )
    return facts(**{"updates": updates, "earlier": earlier, **changes})


def _ratings(dice: Random, places: Iterable[tuple[str, str]], share: float) -> tuple[EarlierRating, ...]:
    return tuple(EarlierRating(*place, _rating(dice)) for place in places if dice.random() < share)


def _rating(dice: Random) -> str:
    """A drawn rating as text, the frequent ones more often."""
    return dice.choices([rating.value for rating in Rating], (10, 30, 25, 20, 5, 10))[0]
