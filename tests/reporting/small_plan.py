"""Facts made in memory: six items in three pillars, three States, and what a test wants them to report."""

from __future__ import annotations

import datetime as dt
from typing import Any

from commitments.content import Rating
from reporting.document import Document, Table
from reporting.facts import (
    ActivityFacts,
    CycleFacts,
    ItemFacts,
    ObjectiveFacts,
    PillarFacts,
    Place,
    PlanFacts,
    ReleasedUpdate,
    ReviewFacts,
    Section,
    SourceFacts,
    Standing,
    StateFacts,
    ThemeFacts,
    Wording,
)
from reporting.manuscript import Cited, Manuscript, Passage

MADE_ON = dt.date(2028, 1, 10)
CYCLE = CycleFacts(
    slug="review-2028",
    title=Wording("Review 2028"),
    review=Wording(""),
    begins_on=None,
    opens_on=dt.date(2027, 9, 1),
    submissions_due_on=dt.date(2028, 1, 11),
    closes_on=dt.date(2028, 6, 30),
    phase="reporting",
    dates_note=Wording(""),
)
PLAN = PlanFacts("jpoa-2022", Wording("Joint Plan of Action"), dt.date(2022, 3, 3), "Tashkent", "report")
NAMES = {"KAZ": "Kazakhstan", "TJK": "Tajikistan", "UZB": "Uzbekistan"}
ITEMS = {
    "I.1": (("I.1.1", "joint", ()), ("I.1.2", "national", ("youth",))),
    "II.1": (("II.1.1", "national", ("youth",)), ("II.1.2", "partner", ())),
    "IV.SPRR": (("IV.SPRR.1", "national", ()), ("IV.SPRR.2", "national", ())),
}


def item(code: str, addressee: str, themes: tuple[str, ...] = ()) -> ItemFacts:
    short, text = Wording(f"Do {code}"), Wording(f"To do {code}.")
    return ItemFacts(code, short, text, addressee, addressee != "partner", Place("report", 600, 601), themes=themes)


def pillars() -> tuple[PillarFacts, ...]:
    objectives = {
        code: ObjectiveFacts(code, Wording(f"Aim {code}"), tuple(item(*row) for row in rows))
        for code, rows in ITEMS.items()
    }
    return tuple(
        PillarFacts(code.split(".")[0], Wording(f"Title of {code.split('.')[0]}"), (one,))
        for code, one in objectives.items()
    )


def update(state: str = "KAZ", code: str = "I.1.1", rating: str = "limited", **more: Any) -> ReleasedUpdate:
    """An update; `words` are its sections by name."""
    words = more.pop("words", {"measures_taken": f"A law on {code}."})
    values = {"audience": "public", "language": "en", "revision": f"{state}{code}".encode().hex()} | more
    sections = tuple(Section(name, Wording(text)) for name, text in words.items())
    return ReleasedUpdate(state, code, rating, "forward", "yes", "partly", sections=sections, **values)


def facts(*updates: ReleasedUpdate, **changes: Any) -> ReviewFacts:
    """The facts with these updates, in the order that facts keep."""
    order = [code for rows in ITEMS.values() for code, *_rest in rows]
    ordered = tuple(sorted(updates, key=lambda one: (order.index(one.item), one.state)))
    values: dict[str, Any] = {
        "audience": "public",
        "plan": PLAN,
        "cycle": CYCLE,
        "states": tuple(StateFacts(code, Wording(name), is_over=False) for code, name in NAMES.items()),
        "pillars": pillars(),
        "mandate": (),
        "updates": ordered,
        "activities": (),
        "released_on": None,
        "themes": (ThemeFacts("youth", Wording("Youth")), ThemeFacts("prisons", Wording("Prisons"))),
    }
    return ReviewFacts(**values | changes)


def reported() -> ReviewFacts:
    """Every kind of rating somewhere, one of them on an item that nobody owes."""
    ratings = [rating.value for rating in Rating]
    places = [("KAZ", "I.1.1"), ("KAZ", "I.1.2"), ("TJK", "I.1.2"), ("TJK", "II.1.1"), ("UZB", "II.1.1"),
              ("UZB", "IV.SPRR.1"), ("KAZ", "IV.SPRR.2"), ("UZB", "II.1.2")]  # fmt: skip
    return facts(*(update(*place, ratings[number % 6]) for number, place in enumerate(places)))


def activity(slug: str, *items: str, states: tuple[str, ...] = ("KAZ",), **more: Any) -> ActivityFacts:
    nothing, day = Wording(""), dt.date(2027, 10, 4)
    values = {"starts_on": day, "ends_on": day} | more
    return ActivityFacts(
        slug, "workshop", Wording(f"Workshop {slug}"), Wording("A course."), dates_as_stated=nothing, venue=nothing,
        place=Place("report"), states=states, items=items, **values,
    )  # fmt: skip


def standing(state: str, pillar: str, *numbers: int, not_reconfirmed: int | None = None) -> Standing:
    """`numbers`: due, open, cleared, accepted, published, overdue."""
    return Standing(state, pillar, *numbers, not_reconfirmed=not_reconfirmed)


def passage(section: str, text: str, *cites: tuple[str, str], **more: Any) -> Passage:
    return Passage(f"of-{section}", section, Wording(text), cites=tuple(Cited(*one) for one in cites), **more)


def written(*passages: Passage, **more: Any) -> Manuscript:
    return Manuscript(passages=passages, **more)


def source(title: str, address: str = "") -> SourceFacts:
    return SourceFacts(title, address)


def numbers(table: Table) -> list[dict[str, Any]]:
    """Each row of a table, totals last, as {column: value or text}."""
    rows = (*table.rows, table.footer) if table.footer else table.rows
    keys = [column.key for column in table.columns]
    return [
        {key: cell.text if cell.value is None else cell.value for key, cell in zip(keys, row, strict=True)}
        for row in rows
    ]


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kind == "heading"]
