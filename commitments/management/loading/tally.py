"""Counts what a load did, noun by noun."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model

from commitments.content import LANGUAGES

M = TypeVar("M", bound=Model)


def fixture(name: str) -> Any:
    """The parsed fixture `name`.json."""
    return json.loads((settings.BASE_DIR / "fixtures" / f"{name}.json").read_text(encoding="utf-8"))


def russian(source: dict[str, Any], *fields: str) -> dict[str, str]:
    """The Russian of these fields, as far as the fixture has it under `<field>_ru`."""
    return {field: source[f"{field}_ru"] for field in fields if source.get(f"{field}_ru")}


def in_languages(source: dict[str, Any], *fields: str) -> dict[str, dict[str, str]]:
    """These fields in every language that the fixture has them in, under `<field>_<language>`."""
    told = {code: {one: source[f"{one}_{code}"] for one in fields if source.get(f"{one}_{code}")} for code in LANGUAGES}
    return {code: texts for code, texts in told.items() if texts}


class Tally:
    """Writes rows by their natural key, and counts the created, the changed and the unchanged."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def put(self, model: type[M], key: dict[str, Any], values: dict[str, Any]) -> M:
        """The row with this key, made or brought up to these values."""
        row = model._default_manager.filter(**key).first()
        if row is None:
            self.count(model, "created")
            return model._default_manager.create(**key, **values)
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, values[name])
        if changed:
            row.save(update_fields=changed)
        self.count(model, "changed" if changed else "unchanged")
        return row

    def count(self, model: type[Model], verb: str, number: int = 1) -> None:
        self.counts[str(model._meta.verbose_name_plural), verb] += number

    def lines(self) -> list[str]:
        """One line a noun: "action items: 176 created"."""
        nouns = dict.fromkeys(noun for noun, _ in self.counts)
        verbs = ("created", "changed", "unchanged")
        return [
            f"{noun}: " + ", ".join(f"{self.counts[noun, verb]} {verb}" for verb in verbs if self.counts[noun, verb])
            for noun in nouns
        ]
