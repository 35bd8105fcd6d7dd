"""What may stand in a body about reports: names for the reader and the OpenAPI document. What fits is the domain's to
say."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as drf

from commitments.content import LANGUAGES, MAX_REASON, MAX_TEXT
from commitments.workflow import Audience
from reporting.models import Addressee, Form, Kind, Outcome, Verdict
from reporting.models.reports import MASTHEAD
from reporting.renderers import RENDERERS
from reporting.reports import AUDIENCES
from reporting.reports import LANGUAGES as REPORT_LANGUAGES


def _text(limit: int = MAX_TEXT, help_text: str = "", *, required: bool = False) -> drf.CharField:
    return drf.CharField(max_length=limit, required=required, allow_blank=not required, help_text=help_text)


def _code(help_text: str, *, required: bool = True, null: bool = False) -> drf.CharField:
    return drf.CharField(required=required, allow_null=null, help_text=help_text)


def _codes(help_text: str) -> drf.ListField:
    return drf.ListField(child=drf.CharField(), required=False, help_text=help_text)


def _choice(choices: Any, *, required: bool = False, help_text: str = "") -> drf.ChoiceField:
    return drf.ChoiceField(choices=choices, required=required, help_text=help_text)


def _translations(names: str) -> drf.DictField:
    texts = drf.DictField(child=drf.CharField(allow_blank=True))
    return drf.DictField(child=texts, required=False, help_text=f"{{language: {{field: text}}}}, fields: {names}.")


class BeginReport(drf.Serializer):
    kind = _choice(Kind.choices, required=True)
    cycle = _code("Slug of the review cycle.")
    audience = _choice(AUDIENCES, help_text="`public` where it is left out.")
    member_state = _code("`KAZ`: what a note on one Member State is on.", required=False, null=True)
    scope = _text(60, "What a thematic report is of: `pillar:II`, `objective:IV.1`, `theme:youth`.")


class SetMasthead(drf.Serializer):
    """Only what is given is changed."""

    symbol = _text(MASTHEAD["symbol"])
    session = _text(MASTHEAD["session"])
    agenda_item = _text(MASTHEAD["agenda_item"])


class StepWithReason(drf.Serializer):
    reason = _text(MAX_REASON, "For a corrigendum: what changed.", required=True)


class StepWithEarlyReason(drf.Serializer):
    reason = _text(MAX_REASON, "Required while States can still comment: why not wait.")


class Circulate(drf.Serializer):
    comments_due_on = drf.DateField(help_text="The last day for comments, by the clock of each capital.")


class PreviewText(drf.Serializer):
    text = _text(required=True, help_text="With placeholders, such as `{{ reported }}`.")
    language = _choice(REPORT_LANGUAGES, help_text="`en` where it is left out.")


class EditPassage(drf.Serializer):
    """Only what is given is changed."""

    title = _text(200, "Of a good practice, which stands in a box.")
    text = _text(help_text="`{{ name }}` is a figure of the report's list.")
    form = _choice(Form.choices)
    cites = _codes("Updates of the report's cycle that it rests on: `KAZ:I.1.1`.")
    translations = _translations("title, text")


class AddPassage(EditPassage):
    report = _code("Slug of the report.")
    section = _code("Slug of one of its sections.")


class MovePassage(drf.Serializer):
    before = drf.UUIDField(required=False, allow_null=True, help_text="A passage of the same section; else last.")


class TakeSeat(drf.Serializer):
    report = _code("Slug of the report.")
    section = _code("Slug of one of its sections.")


class EditRecommendation(drf.Serializer):
    """Only what is given is changed."""

    text = _text(help_text="Of a follow-up: remarks on what became of the earlier one.")
    addressee = _choice(Addressee.choices, help_text="Of a new recommendation.")
    items = _codes("Action items or roadmap provisions, of a new recommendation.")
    outcome = _choice(Outcome.choices, help_text="Of a follow-up: what became of the earlier one.")
    translations = _translations("text")


class AddRecommendation(EditRecommendation):
    report = _code("Slug of the report.")
    follows = drf.UUIDField(
        required=False, allow_null=True, help_text="A recommendation of an earlier report: this says what became of it."
    )


class MakeRemark(drf.Serializer):
    report = _code("Slug of the circulated report.")
    paragraph = _text(12, "Its number, as the draft shows it.", required=True)
    text = _text(required=True, help_text="What should be different.")
    member_state = _code("`KAZ`; yours, where you coordinate one State and leave it out.", required=False, null=True)
    language = _choice(LANGUAGES, help_text="`en` where it is left out.")


class AnswerRemark(drf.Serializer):
    verdict = _choice(Verdict.choices, required=True)
    reason = _text(MAX_REASON, required=True)


class AskForFile(drf.Serializer):
    """Of an edition, or of a report as it stands, which is for the secretariat."""

    edition = _code("Key of the edition: `slug:2`.", required=False, null=True)
    report = _code("Slug of the report.", required=False, null=True)
    format = _choice(tuple(RENDERERS), required=True)
    language = _choice(REPORT_LANGUAGES, help_text="`en` where it is left out.")


class WriteContribution(drf.Serializer):
    """Only what is given is changed."""

    text = _text(help_text="The statement.")
    explanation = _text(help_text="Why updates that are due are not cleared.")
    original_language = _choice(LANGUAGES)
    audience = _choice(Audience.choices, help_text="Who may read the statement once it is signed.")
    translations = _translations("text, explanation")
