"""What may stand in an update: its fields, what text is fit to keep, and what makes it complete."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Problem

MAX_TEXT = 20_000  # characters in one section
MAX_REASON = 2_000
MAX_MARKS = 30  # combining characters in a row
YEARS = (2000, 2100)


class Rating(TextChoices):
    """How far the action has come, in the State's own judgement, and only that."""

    NOT_STARTED = "not_started", _("Not started")
    LIMITED = "limited", _("Limited progress")
    SUBSTANTIAL = "substantial", _("Substantial progress")
    IMPLEMENTED = "implemented", _("Implemented and being sustained")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
    NO_INFORMATION = "no_information", _("No information")


class Trend(TextChoices):
    FORWARD = "forward", _("Forward")
    UNCHANGED = "unchanged", _("Unchanged")
    BACKWARD = "backward", _("Backward")
    FIRST_REPORT = "first_report", _("First report")


class Answer(TextChoices):
    """The two questions that reviewers ask apart: adopted in law or policy, and applied in practice."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    NOT_STATED = "not_stated", _("Not stated")


PROGRESS = (Rating.LIMITED, Rating.SUBSTANTIAL, Rating.IMPLEMENTED)
NEEDS_REASON = (Rating.NOT_STARTED, Rating.NOT_APPLICABLE, Rating.NO_INFORMATION)

CHOICES: dict[str, type[TextChoices]] = {"rating": Rating, "trend": Trend, "adopted": Answer, "applied": Answer}
SECTIONS: tuple[str, ...] = (
    "rating_reason",
    "measures_taken",
    "results",
    "challenges",
    "lessons_learned",
    "next_steps",
    "assistance_needed",
    "resources_in_cash",
    "resources_in_kind",
    "gender_and_age",
    "human_rights",
)
FIELDS: tuple[str, ...] = (*CHOICES, *SECTIONS, "next_steps_on", "original_language", "translations")
LANGUAGES = ("en", "ru", "kk", "ky", "tg", "tk", "uz")
ADOPTED, COMMON = "en", "ru"  # what the plan was adopted in, and what it and the reports are translated into

# Letters and digits as passports and national identity numbers have them: 12 (Kazakhstan) or 14 (Kyrgyzstan,
# Uzbekistan) digits in a row; one or two letters and seven or eight digits.
_IDENTIFIERS = re.compile(r"(?<!\w)(?:\d{12}|\d{14}|[A-ZА-Я]{1,2}[ №-]{0,2}\d{7,8})(?!\w)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def reading() -> tuple[str, ...]:
    """The languages whose words the reader of these pages is shown, the best first.

    Who reads English reads that alone; who reads another language, Russian where nothing is kept in their own.
    """
    own = (get_language() or ADOPTED).split("-", maxsplit=1)[0]
    return (own,) if own == ADOPTED else tuple(dict.fromkeys((own, COMMON)))


def reader_language() -> str:
    """Of the two languages that the plan and the reports are in, the one that is read: English, or else Russian."""
    return reading()[-1]


def translation_read(texts: Mapping[str, Any], written_in: str) -> tuple[str, Any]:
    """The translation that belongs beneath words: its language and itself. Empty where they are read as written."""
    for language in reading():
        if language == written_in:
            break
        if texts.get(language):
            return language, texts[language]
    return "", ""


def clean_text(field: str, value: Any, *, limit: int = MAX_TEXT) -> str:
    """Text fit to keep: a string, composed (NFC), with line ends as newlines and no control characters.

    Text in which there is nothing to see is no text. Raises Invalid naming the field, the rule and the place.
    """
    if not isinstance(value, str):
        raise Invalid(problems=[Problem(field, "text", _("This must be text."))])
    if found := _CONTROL.search(value):
        message = _("Character %(place)d cannot be kept (U+%(code)04X). Remove it.")
        place = {"place": found.start() + 1, "code": ord(found.group())}
        raise Invalid(problems=[Problem(field, "characters", message % place)])
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    _check_length(field, text, limit)
    _check_marks(field, text)
    text = unicodedata.normalize("NFC", text)
    _check_length(field, text, limit)
    return text if any(unicodedata.category(character)[0] not in "CZ" for character in text) else ""


def _check_length(field: str, text: str, limit: int) -> None:
    if len(text) > limit:
        message = _("At most %(limit)d characters; this has %(length)d.") % {"limit": limit, "length": len(text)}
        raise Invalid(problems=[Problem(field, "length", message)])


def _check_marks(field: str, text: str) -> None:
    """Signs above and below a letter: no script has so many, and to put them in order takes the square of their number.

    The same bound as Unicode's own, of its "stream-safe" text (UAX 15).
    """
    in_a_row = 0
    for character in "" if text.isascii() else text:
        in_a_row = in_a_row + 1 if unicodedata.combining(character) else 0
        if in_a_row > MAX_MARKS:
            message = _("A letter here bears more than %(limit)d signs above and below. Remove them.")
            raise Invalid(problems=[Problem(field, "characters", message % {"limit": MAX_MARKS})])


def _named(name: Any) -> str:
    """A name that a caller made up, short and printable, so that a refusal can repeat it."""
    return "".join(character if character.isprintable() else "?" for character in str(name)[:60])


def clean_section(field: str, value: Any) -> str:
    """Text of an update: as `clean_text`, and without obvious identifiers of persons."""
    text = clean_text(field, value)
    if found := _IDENTIFIERS.search(text):
        message = _("Character %(place)d begins what looks like a passport or identity number. Remove it.")
        raise Invalid(problems=[Problem(field, "personal-data", message % {"place": found.start() + 1})])
    return text


def clean_reason(value: Any) -> str:
    """A reason that another person will read: never empty."""
    reason = clean_text("reason", value, limit=MAX_REASON)
    if not reason:
        raise Invalid(problems=[Problem("reason", "required", _("Give a reason."))])
    return reason


def clean_choice(field: str, value: Any, choices: type[TextChoices]) -> str:
    """One of the choices, or empty for not yet answered."""
    if value in ("", None):
        return ""
    if not isinstance(value, str) or value not in choices.values:
        message = _("One of: %(choices)s.") % {"choices": ", ".join(choices.values)}
        raise Invalid(problems=[Problem(field, "choice", message)])
    return value


def clean_date(field: str, value: Any) -> dt.date | None:
    """A date within YEARS, or a string YYYY-MM-DD, or nothing."""
    if value in ("", None):
        return None
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            value = dt.date.fromisoformat(value)
        if type(value) is dt.date and YEARS[0] <= value.year <= YEARS[1]:
            return value
    except ValueError:
        pass
    message = _("A date as YYYY-MM-DD, between the years %(first)d and %(last)d.")
    raise Invalid(problems=[Problem(field, "date", message % {"first": YEARS[0], "last": YEARS[1]})])


def clean_language(field: str, value: Any) -> str:
    if value not in LANGUAGES:
        message = _("One of: %(choices)s.") % {"choices": ", ".join(LANGUAGES)}
        raise Invalid(problems=[Problem(field, "choice", message)])
    return str(value)


def clean_translations(field: str, value: Any) -> dict[str, dict[str, str]]:
    """{language: {section: text}}; which text it translates is stamped by the update itself."""
    if not isinstance(value, Mapping):
        raise Invalid(problems=[Problem(field, "object", _("An object of languages."))])
    cleaned: dict[str, dict[str, str]] = {}
    for language, texts in value.items():
        path = f"{field}.{_named(language)}"
        clean_language(path, language)
        if not isinstance(texts, Mapping):
            raise Invalid(problems=[Problem(path, "object", _("An object of sections."))])
        given = {section: text for section, text in texts.items() if section != "of"}
        if unknown := [section for section in given if section not in SECTIONS]:
            raise Invalid(problems=[Problem(f"{path}.{_named(unknown[0])}", "unknown", _("There is no such section."))])
        cleaned[language] = {section: clean_section(f"{path}.{section}", text) for section, text in given.items()}
    return cleaned


def clean_flag(field: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Invalid(problems=[Problem(field, "flag", _("This must be true or false."))])
    return value


def clean_sections_list(field: str, value: Any) -> list[str]:
    """Names of sections, in the order of the form."""
    if isinstance(value, str) or not isinstance(value, list | tuple | set):
        raise Invalid(problems=[Problem(field, "list", _("A list of section names."))])
    if unknown := [name for name in value if name not in SECTIONS]:
        message = _("There is no section “%(name)s”.") % {"name": _named(unknown[0])}
        raise Invalid(problems=[Problem(field, "unknown", message)])
    return [section for section in SECTIONS if section in value]


def clean_fields_list(field: str, value: Any) -> list[str]:
    """Names of fields of an update, in the order of the form."""
    if isinstance(value, str) or not isinstance(value, list | tuple | set):
        raise Invalid(problems=[Problem(field, "list", _("A list of field names."))])
    if [name for name in value if name not in FIELDS]:
        raise Invalid(problems=[Problem(field, "unknown", _("There is no such field."))])
    return [name for name in FIELDS if name in value]


def clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """Every given field fit to keep. Raises one Invalid that names all that is wrong."""
    cleaned, problems = {}, []
    for field, value in values.items():
        try:
            cleaned[field] = _clean_field(field, value)
        except Invalid as refusal:
            problems += refusal.problems
    if problems:
        raise Invalid(problems=problems)
    return cleaned


def _clean_field(field: str, value: Any) -> Any:
    if field in CHOICES:
        return clean_choice(field, value, CHOICES[field])
    if field in SECTIONS:
        return clean_section(field, value)
    cleaners = {"next_steps_on": clean_date, "original_language": clean_language, "translations": clean_translations}
    if field not in cleaners:
        raise Invalid(problems=[Problem(_named(field), "unknown", _("There is no such field."))])
    return cleaners[field](field, value)


def missing(content: Any) -> list[Problem]:
    """What this content still lacks before it can be submitted. Empty when it is complete for its rating."""
    problems = []

    def need(field: str, rule: str, message: Any) -> None:
        if not getattr(content, field):
            problems.append(Problem(field, rule, message))

    need("rating", "required", _("Choose a rating."))
    need("trend", "required", _("Say which way things have moved."))
    if content.rating in NEEDS_REASON or content.trend == Trend.BACKWARD:
        need("rating_reason", "required", _("Give the reason for this rating or trend."))
    if content.rating in PROGRESS:
        need("measures_taken", "required", _("Say what has been done."))
        need("adopted", "required", _("Say whether it is adopted in law or policy."))
        need("applied", "required", _("Say whether it is applied in practice."))
    return problems


def blank(row: dict[str, Any], withheld: Iterable[str] | None) -> None:
    """Empty in a row of content the withheld sections, their translations, and the date that belongs to the next steps.

    For a reader to whom `Mandate.reads_withheld` says no; on every screen and channel.
    """
    for section in withheld or ():
        if section in row:
            row[section] = ""
        if section == "next_steps" and "next_steps_on" in row:
            row["next_steps_on"] = None
        for texts in row.get("translations", {}).values():
            texts.pop(section, None)
