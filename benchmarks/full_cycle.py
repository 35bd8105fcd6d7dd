"""A cycle in which every State reports on every item, in memory: the facts that the reports' benchmark is made from.

The plan is the real one, read from `fixtures/`; what the States say is invented, in English and Russian, and the same
on every run.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from random import Random
from typing import Any

from commitments.content import Rating, Trend
from commitments.models.plan import OWED_BY_STATES
from reporting.facts import (
    CycleFacts,
    ItemFacts,
    ObjectiveFacts,
    PillarFacts,
    Place,
    PlanFacts,
    Provision,
    ReleasedUpdate,
    ReviewFacts,
    RoadmapFacts,
    Section,
    SourceFacts,
    StateFacts,
    Wording,
)

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
SHORTEST, LONGEST = 200, 900  # characters in one section
# How many updates of ten have words in a section.
SECTIONS = (
    ("measures_taken", 10),
    ("results", 10),
    ("challenges", 8),
    ("next_steps", 9),
    ("assistance_needed", 3),
    ("gender_and_age", 2),
    ("human_rights", 2),
)
SENTENCES = {
    "en": (
        "The ministry of the interior trained the officers of five border posts on the checking of travel documents.",
        "An amendment to the law on countering extremism entered into force and was explained in every region.",
        "Two hundred and forty teachers took part in courses on media literacy, most of them from rural districts.",
        "The inter-agency group met four times and agreed on a common form for the exchange of notices.",
        "Returned women and children were accompanied by social workers for at least eighteen months.",
        "The remaining difficulty is that trained staff leave within two years, so courses have to be repeated.",
        "Local self-government bodies and religious scholars were consulted before the programme was adopted.",
    ),
    "ru": (
        "Министерство внутренних дел обучило сотрудников пяти пограничных постов проверке проездных документов.",
        "Вступили в силу поправки к закону о противодействии экстремизму; они разъяснены во всех областях.",
        "Двести сорок учителей, преимущественно из сельских районов, прошли курсы по медиаграмотности.",
        "Межведомственная группа провела четыре заседания и согласовала единую форму обмена уведомлениями.",
        "Возвращённых женщин и детей не менее восемнадцати месяцев сопровождали социальные работники.",
        "Остаётся трудность: обученные сотрудники уходят в течение двух лет, и курсы приходится повторять.",
        "До утверждения программы проведены консультации с органами самоуправления и богословами.",
    ),
}


def full_cycle(states: int = 5) -> ReviewFacts:
    """States x 176 updates with two to seven sections of 200 to 900 characters each, two of five in Russian."""
    plan = json.loads((FIXTURES / "plan-2022.json").read_text())
    russian = json.loads((FIXTURES / "plan-2022.ru.json").read_text())
    pillars = tuple(_pillar(pillar, plan["source"], russian["texts"]) for pillar in plan["pillars"])
    members = tuple(_states(states))
    opens_on, ends_on = dt.date(2026, 7, 2), dt.date(2028, 6, 30)
    places = (("ru", russian["plan"]["adopted_in"]),)
    translated = Wording(plan["title"], (("ru", russian["plan"]["title"]),))
    return ReviewFacts(
        audience="public",
        plan=PlanFacts(plan["slug"], translated, dt.date(2022, 3, 3), plan["adopted_in"], plan["source"], places),
        cycle=CycleFacts(
            slug="full-cycle",
            title=Wording("A full cycle", (("ru", "Полный цикл"),)),
            review=Wording(""),
            begins_on=opens_on,
            opens_on=opens_on,
            submissions_due_on=dt.date(2028, 3, 31),
            closes_on=ends_on,
            phase="closed",
            dates_note=Wording(""),
        ),
        states=members,
        pillars=pillars,
        mandate=(),
        updates=tuple(_updates(pillars, members)),
        activities=(),
        released_on=ends_on,
        roadmap=tuple(_roadmap(plan, russian["texts"])),
    )


def _states(count: int) -> list[StateFacts]:
    """The five, or as many invented ones as are asked for."""
    if count == 5:
        rows = sorted(json.loads((FIXTURES / "member-states.json").read_text()), key=lambda row: row["name"])
        return [StateFacts(row["iso_alpha3"], Wording(row["name"], (("ru", row["name_ru"]),)), True) for row in rows]
    codes = (f"{chr(65 + number // 26)}{chr(65 + number % 26)}X" for number in range(count))
    return [StateFacts(code, Wording(f"State {number:03d}"), True) for number, code in enumerate(codes, 1)]


def _pillar(pillar: dict[str, Any], source: str, russian: dict[str, Any]) -> PillarFacts:
    objectives = tuple(
        ObjectiveFacts(
            row["code"],
            _wording(row, "title", row["code"], russian),
            tuple(_item(item, source, russian) for item in row["items"]),
        )
        for row in pillar["objectives"]
    )
    return PillarFacts(pillar["number"], _wording(pillar, "title", pillar["number"], russian), objectives)


def _item(row: dict[str, Any], source: str, russian: dict[str, Any]) -> ItemFacts:
    return ItemFacts(
        code=row["code"],
        short_title=_wording(row, "short_title", row["code"], russian),
        text=_wording(row, "text", row["code"], russian),
        addressee=row["addressee"],
        is_owed=row["addressee"] in OWED_BY_STATES,
        place=Place(source, *row["lines"]),
        group=Wording(row["group"]) if row["group"] else None,
        sub_measures=tuple(
            Provision(one["code"], _wording(one, "text", one["code"], russian), Place(source, *one["lines"]))
            for one in row["sub_measures"]
        ),
        themes=tuple(row["themes"]),
    )


def _roadmap(plan: dict[str, Any], russian: dict[str, Any]) -> list[RoadmapFacts]:
    return [
        RoadmapFacts(
            row["code"],
            row["part"],
            _wording(row, "short_title", row["code"], russian),
            _wording(row, "text", row["code"], russian),
            Place(plan["source"], *row["lines"]),
        )
        for row in plan["roadmap"]["provisions"]
    ]


def _wording(row: dict[str, Any], name: str, code: str, russian: dict[str, Any]) -> Wording:
    translated = russian.get(code, {}).get(name, "")
    return Wording(row[name], (("ru", translated),) if translated else ())


def _updates(pillars: tuple[PillarFacts, ...], states: tuple[StateFacts, ...]) -> list[ReleasedUpdate]:
    draw = Random(2028)
    items = [item for pillar in pillars for item in pillar.items]
    return [_update(draw, state.code, item.code, place) for item in items for place, state in enumerate(states)]


def _update(draw: Random, state: str, item: str, place: int) -> ReleasedUpdate:
    language = "ru" if place % 5 in (1, 3) else "en"
    ratings = (Rating.LIMITED, Rating.SUBSTANTIAL, Rating.IMPLEMENTED, Rating.SUBSTANTIAL)
    names = [name for name, often in SECTIONS if draw.randrange(10) < often]
    return ReleasedUpdate(
        state=state,
        item=item,
        rating=draw.choice(ratings).value,
        trend=draw.choice([Trend.FORWARD, Trend.UNCHANGED]).value,
        adopted="yes",
        applied="partly",
        audience="public",
        language=language,
        sections=tuple(Section(name, Wording(_text(draw, language))) for name in names),
        next_steps_on=dt.date(2029, 12, 31) if "next_steps" in names else None,
        sources=(SourceFacts("The text of the law", f"https://law.example/{state}/{item}"),),
        revision=f"{state}{item}".encode().hex().ljust(64, "0")[:64],
        submitted_on=dt.date(2028, 3, 20),
    )


def _text(draw: Random, language: str) -> str:
    """Sentences up to a length drawn between the shortest and the longest."""
    wanted, text = draw.randint(SHORTEST, LONGEST), draw.choice(SENTENCES[language])
    while len(text) < wanted:
        text = f"{text} {draw.choice(SENTENCES[language])}"
    return text[:LONGEST]
