"""Types of values, as the OpenAPI document names them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as drf

from commitments.content import LANGUAGES, SECTIONS, Answer, Rating, Trend
from commitments.workflow import MOVE_NAMES, Audience, Role, Status


def text(help_text: str = "", **extra: Any) -> drf.CharField:
    return drf.CharField(help_text=help_text, **extra)


def texts(help_text: str = "") -> drf.ListField:
    return drf.ListField(child=drf.CharField(), help_text=help_text)


def codes(help_text: str = "") -> drf.ListField:
    return texts(help_text)


def number(help_text: str = "", *, null: bool = False) -> drf.IntegerField:
    return drf.IntegerField(help_text=help_text, allow_null=null)


def day(help_text: str = "", *, null: bool = False) -> drf.DateField:
    return drf.DateField(help_text=help_text, allow_null=null)


def instant(help_text: str = "", *, null: bool = False) -> drf.DateTimeField:
    return drf.DateTimeField(help_text=help_text, allow_null=null)


def yes_no(help_text: str = "") -> drf.BooleanField:
    return drf.BooleanField(help_text=help_text)


def uid() -> drf.UUIDField:
    return drf.UUIDField()


def thing(help_text: str = "", *, null: bool = False) -> drf.DictField:
    return drf.DictField(help_text=help_text, allow_null=null)


def things(help_text: str = "") -> drf.ListField:
    return drf.ListField(child=drf.DictField(), help_text=help_text)


def one_of(choices: Any, help_text: str = "", *, blank: bool = False) -> drf.ChoiceField:
    return drf.ChoiceField(choices=choices.choices, help_text=help_text, allow_blank=blank)


def rating(*, blank: bool = False) -> drf.ChoiceField:
    return one_of(Rating, "The State's own judgement of how far the action has come.", blank=blank)


def trend() -> drf.ChoiceField:
    return one_of(Trend, blank=True)


def yes_partly_no(help_text: str) -> drf.ChoiceField:
    return one_of(Answer, help_text, blank=True)


def status() -> drf.ChoiceField:
    return one_of(Status, "The position in the workflow.")


def audience() -> drf.ChoiceField:
    return one_of(Audience, "Who may read it once it is released.")


def role() -> drf.ChoiceField:
    return one_of(Role)


def moves() -> drf.ListField:
    return drf.ListField(child=drf.ChoiceField(choices=MOVE_NAMES), help_text="The moves that you could make now.")


def language() -> drf.ChoiceField:
    return drf.ChoiceField(choices=LANGUAGES)


def sections(help_text: str) -> drf.ListField:
    return drf.ListField(child=drf.ChoiceField(choices=SECTIONS), help_text=help_text)
