"""The plan editions, from `fixtures/plan-*.json`. A published code keeps its adopted wording for ever."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management.base import CommandError
from django.db import models, transaction
from django.utils.text import slugify

from commitments.management.loading.tally import Tally, fixture
from commitments.models import (
    ActionItem,
    Adoption,
    MemberState,
    Objective,
    Pillar,
    Plan,
    PlanParagraph,
    RoadmapProvision,
    SubMeasure,
    ThematicGroup,
    Theme,
)
from commitments.search import search_text

THEMES = {
    "youth": ("Youth", "Молодёжь"),
    "women-and-girls": ("Women and girls", "Женщины и девочки"),
    "migrant-workers": ("Migrant workers", "Трудящиеся-мигранты"),
    "human-rights": ("Human rights", "Права человека"),
    "border-security": ("Border security", "Безопасность границ"),
    "financing-of-terrorism": ("Financing of terrorism", "Финансирование терроризма"),
    "ict": ("Information and communication technologies", "Информационно-коммуникационные технологии"),
    "cybersecurity": ("Cybersecurity", "Кибербезопасность"),
    "cbrn": (
        "Chemical, biological, radiological and nuclear materials",
        "Химические, биологические, радиологические и ядерные материалы",
    ),
    "criminal-justice": ("Criminal justice", "Уголовное правосудие"),
    "prisons": ("Prisons", "Пенитенциарные учреждения"),
    "victims": ("Victims of terrorism", "Жертвы терроризма"),
    "returnees": ("Returnees", "Возвращающиеся лица"),
    "civil-society": ("Civil society", "Гражданское общество"),
    "afghanistan": ("Afghanistan", "Афганистан"),
}


@transaction.atomic
def load_plans() -> Tally:
    """Both editions. Raises CommandError where a published code would vanish or its wording change."""
    tally = Tally()
    earlier = _plan(tally, fixture("plan-2011"))
    PlanLoader(tally, fixture("plan-2022"), fixture("plan-2022.ru"), earlier).load()
    return tally


def _plan(tally: Tally, source: dict[str, Any], **more: Any) -> Plan:
    values = {
        "title": source["title"],
        "adopted_on": dt.date.fromisoformat(source["adopted_on"]),
        "adopted_in": source["adopted_in"],
        "source": source["source"],
        "facts": source.get("facts", []),
        **more,
    }
    plan = tally.put(Plan, {"slug": source["slug"]}, values)
    for adoption in source["adoptions"]:
        on = adoption.get("on") or (source["adopted_on"] if adoption["role"] == "adopted" else None)
        tally.put(
            Adoption,
            {"plan": plan, "member_state": MemberState.objects.get(iso_alpha3=adoption["member_state"])},
            {"role": adoption["role"], "on": dt.date.fromisoformat(on) if on else None, "lines": adoption["lines"]},
        )
    return plan


class PlanLoader:
    """One edition in full: paragraphs, pillars, objectives, groups, items, sub-measures, roadmap."""

    def __init__(self, tally: Tally, source: dict[str, Any], russian: dict[str, Any], supersedes: Plan) -> None:
        self.tally, self.source, self.russian = tally, source, russian
        self.supersedes = supersedes
        self.position = 0

    def load(self) -> None:
        translations = {"ru": {**self.russian["plan"], "notice": self.russian["notice"]}}
        self.plan = _plan(self.tally, self.source, supersedes=self.supersedes, translations=translations)
        self._check_codes_stay()
        self.themes = {
            slug: self.tally.put(Theme, {"slug": slug}, {"title": en, "translations": {"ru": {"title": ru}}})
            for slug, (en, ru) in THEMES.items()
        }
        self._paragraphs("preamble", self.source["preamble"])
        self._paragraphs("operative", self.source["operative_paragraphs"])
        roadmap = self.source["roadmap"]
        self._paragraphs("roadmap", [{"number": n, **part} for n, part in enumerate(roadmap["introduction"], 1)])
        for position, pillar in enumerate(self.source["pillars"], 1):
            self._pillar(position, pillar)
        for position, provision in enumerate(roadmap["provisions"], 1):
            values = {"part": provision["part"], "position": position, "short_title": provision["short_title"]}
            self._put(RoadmapProvision, {"plan": self.plan, "code": provision["code"]}, provision, values)

    def _pillar(self, position: int, source: dict[str, Any]) -> None:
        values = {
            "title": source["title"],
            "position": position,
            "introduction": [paragraph["text"] for paragraph in source["introduction"]],
        }
        pillar = self._put(Pillar, {"plan": self.plan, "code": source["number"]}, source, values)
        for number, objective in enumerate(source["objectives"], 1):
            self._objective(pillar, number, objective)

    def _objective(self, pillar: Pillar, position: int, source: dict[str, Any]) -> None:
        values = {
            "pillar": pillar,
            "title": source["title"],
            "position": position,
            "introduction": [paragraph["text"] for paragraph in source["introduction"]],
        }
        objective = self._put(Objective, {"plan": self.plan, "code": source["code"]}, source, values)
        groups = {}
        for number, group in enumerate(source["groups"], 1):
            key = {"objective": objective, "slug": slugify(group["title"])[:80]}
            russian = f"{source['code']}#{group['title']}"
            groups[group["title"]] = self._put(
                ThematicGroup, key, group, {"title": group["title"], "position": number}, russian
            )
        for item in source["items"]:
            self._item(objective, groups.get(item["group"]), item)

    def _item(self, objective: Objective, group: ThematicGroup | None, source: dict[str, Any]) -> None:
        self.position += 1
        translations = self._translations(source["code"])
        values = {
            "objective": objective,
            "group": group,
            "position": self.position,
            "short_title": source["short_title"],
            "addressee": source["addressee"],
            "sdg_targets": source["sdg_targets"],
            "resolutions": source["security_council_resolutions"],
            "conventions": source["conventions"],
            "search_text": search_text([source["code"], source["text"], source["short_title"], *_words(translations)]),
        }
        item = self._put(ActionItem, {"plan": self.plan, "code": source["code"]}, source, values)
        item.themes.set([self.themes[slug] for slug in source["themes"]])
        for position, sub_measure in enumerate(source["sub_measures"], 1):
            key = {"action_item": item, "code": sub_measure["code"]}
            self._put(SubMeasure, key, sub_measure, {"position": position})

    def _paragraphs(self, part: str, sources: list[dict[str, Any]]) -> None:
        for source in sources:
            key = {"plan": self.plan, "part": part, "number": source["number"]}
            self._put(PlanParagraph, key, source, {}, f"{part}.{source['number']}")

    def _put(
        self, model: Any, key: dict[str, Any], source: dict[str, Any], values: dict[str, Any], code: str = ""
    ) -> Any:
        """Write one quoted row; refuse to change the adopted wording under a published key."""
        values = {
            **values,
            "first_line": source["lines"][0],
            "last_line": source["lines"][-1],
            "translations": self._translations(code or source.get("code") or source["number"]),
        }
        if "text" in source:
            values["text"] = source["text"]
            if model.objects.filter(**key).exclude(text=source["text"]).exists():
                name = code or source["code"]
                raise CommandError(f"{name} is published: its adopted wording cannot change. Nothing was loaded.")
        return self.tally.put(model, key, values)

    def _translations(self, code: str) -> dict[str, Any]:
        texts = self.russian["texts"].get(code)
        return {"ru": texts} if texts else {}

    def _check_codes_stay(self) -> None:
        given = {item["code"] for pillar in self.source["pillars"] for o in pillar["objectives"] for item in o["items"]}
        published = set(ActionItem.objects.filter(plan=self.plan).values_list("code", flat=True))
        if gone := sorted(published - given):
            raise CommandError(f"Published codes cannot be taken away: {', '.join(gone)}. Nothing was loaded.")


def _words(translations: dict[str, Any]) -> list[str]:
    return [text for texts in translations.values() for text in texts.values() if isinstance(text, str)]


def adopters(plan: Plan) -> models.QuerySet[MemberState]:
    """The States that adopted this edition, in English alphabetical order."""
    return MemberState.objects.filter(adoptions__plan=plan, adoptions__role=Adoption.Role.ADOPTED).order_by("name")
