"""What editors' words are checked for: the same for passages and for recommendations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from commitments.content import LANGUAGES, clean_text
from commitments.errors import Invalid, Problem
from commitments.models import ActionItem, MemberState

MAX_LISTED = 200

Cleaner = Callable[[Any], Any]


def clean_words(words: Mapping[str, Any], cleaners: Mapping[str, Cleaner]) -> dict[str, Any]:
    """Each word given, fit to keep. Raises one Invalid that names all that is wrong."""
    cleaned, problems = {}, []
    for name, value in words.items():
        try:
            if name not in cleaners:
                raise Invalid(problems=[Problem(name, "unknown", _("There is no such field."))])
            cleaned[name] = cleaners[name](value)
        except Invalid as refusal:
            problems += refusal.problems
    if problems:
        raise Invalid(problems=problems)
    return cleaned


def one_of(field: str, choices: Any) -> Cleaner:
    """One of these choices, and never nothing."""

    def clean(value: Any) -> str:
        if not isinstance(value, str) or value not in choices.values:
            message = _("One of: %(choices)s.") % {"choices": ", ".join(choices.values)}
            raise Invalid(problems=[Problem(field, "choice", message)])
        return value

    return clean


def one_line(field: str, limit: int) -> Cleaner:
    return lambda value: " ".join(clean_text(field, value, limit=limit).split())


def clean_cites(value: Any, report: Any) -> list[str]:
    """Keys such as `KAZ:I.1.1`, each of a State and an item of the plan under review; whether there is an update
    is not asked here, so that a citation never tells."""
    keys = clean_list("cites", value)
    states = set(MemberState.objects.values_list("iso_alpha3", flat=True))
    items = set(ActionItem.objects.filter(plan=report.cycle.plan_id).values_list("code", flat=True))
    for key in keys:
        state, _colon, item = key.partition(":")
        if state not in states or item not in items:
            message = _("“%(key)s” is not a Member State and an action item, such as KAZ:I.1.1.") % {"key": key}
            raise Invalid(problems=[Problem("cites", "unknown", message)])
    return keys


def clean_items(value: Any, report: Any) -> list[str]:
    """Codes of action items or roadmap provisions of the plan under review."""
    codes = clean_list("items", value)
    known = set(ActionItem.objects.filter(plan=report.cycle.plan_id).values_list("code", flat=True))
    known |= set(report.cycle.plan.roadmap.values_list("code", flat=True))
    if unknown := [code for code in codes if code not in known]:
        message = _("“%(code)s” is not a code of the plan.") % {"code": unknown[0]}
        raise Invalid(problems=[Problem("items", "unknown", message)])
    return codes


def clean_list(field: str, value: Any) -> list[str]:
    """Short texts, each once, in the order given."""
    if isinstance(value, str) or not isinstance(value, list | tuple) or len(value) > MAX_LISTED:
        raise Invalid(problems=[Problem(field, "list", _("A list of codes."))])
    return list(dict.fromkeys(clean_text(field, one, limit=60) for one in value))


def clean_translations(value: Any, fields: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """{language: {field: text}} with none but these fields; empty texts are left out."""
    if not isinstance(value, Mapping):
        raise Invalid(problems=[Problem("translations", "object", _("An object of languages."))])
    cleaned: dict[str, dict[str, str]] = {}
    for language, texts in value.items():
        if language not in LANGUAGES or not isinstance(texts, Mapping) or set(texts) - set(fields):
            message = _("Languages of %(choices)s, each with texts.") % {"choices": ", ".join(LANGUAGES)}
            raise Invalid(problems=[Problem("translations", "object", message)])
        kept = {name: clean_text(f"translations.{language}.{name}", text) for name, text in texts.items()}
        cleaned[language] = {name: text for name, text in kept.items() if text}
    return {language: texts for language, texts in cleaned.items() if texts}
