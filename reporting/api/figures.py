"""The figures that editors put into their words: the closed list with its values, and a preview of a text."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request

from commitments.api import types
from commitments.api.answers import answer
from commitments.api.asking import read_parameters, refuse
from commitments.api.shapes import Shape
from commitments.api.views import Noun, Write
from commitments.api.writing import once
from commitments.content import clean_text
from reporting.api import bodies
from reporting.api.working import TAG, report_seen
from reporting.issuing import facts_of
from reporting.placeholders import fill, names, unknown
from reporting.reports import LANGUAGES


class FiguresSerializer(serializers.Serializer):
    results = types.things("For each figure: name, as it stands between braces, and value, as the text will show it.")


class PreviewSerializer(serializers.Serializer):
    text = types.text("With every known placeholder replaced by its figure.")
    unknown = types.texts("What stands between braces and is no figure of the list.")


class ReportFigures(Noun):
    """Figures of a report in the making, as its audience may read them now. For the secretariat."""

    tag = TAG
    shape = Shape("ReportFigures", ())
    documented = FiguresSerializer
    detail_parameters = {"language": "Numbers as this language writes them; `en` where it is left out."}

    def figures(self, request: Request, key: str) -> HttpResponse:
        """The closed list of placeholders, each with its value."""
        asked = read_parameters(request, ("language", "format"))
        report = report_seen(self.mandate, key)
        with translation.override(known_language(asked.get("language", LANGUAGES[0]))):
            rows = [{"name": name, "value": value} for name, value in names(facts_of(report)).items()]
        return answer({"results": rows})


class ReportPreview(Noun):
    """An editor's text as readers will see it. For the secretariat; nothing is written."""

    tag = TAG
    shape = Shape("ReportPreview", ())
    documented = PreviewSerializer
    writes = {"preview": Write(bodies.PreviewText, ("text",))}

    def preview(self, request: Request, key: str) -> HttpResponse:
        """Fill the placeholders of a text."""
        return once(request, lambda: self._filled(key))

    def _filled(self, key: str) -> HttpResponse:
        report = report_seen(self.mandate, key)
        body = self.body()
        text = clean_text("text", body["text"])
        language = known_language(body.get("language", LANGUAGES[0]))
        facts = facts_of(report)
        with translation.override(language):
            return answer({"text": fill(text, facts), "unknown": unknown(text, facts)})


def known_language(value: Any) -> str:
    """One of the languages that reports are made in, or Invalid."""
    if value not in LANGUAGES:
        raise refuse("language", "choice", _("One of: %(choices)s.") % {"choices": ", ".join(LANGUAGES)})
    return value
